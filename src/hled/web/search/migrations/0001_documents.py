"""The table of what can be found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=2)),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("folded_title", models.TextField(blank=True)),
                ("folded_text", models.TextField(blank=True)),
                ("pillar", models.CharField(blank=True, max_length=20)),
                ("status", models.CharField(blank=True, max_length=40)),
                ("date", models.CharField(blank=True, max_length=10)),
                ("url_name", models.CharField(max_length=80)),
                ("url_key", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "search_document",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "language"), name="search_document_once")
                ],
            },
        ),
    ]
