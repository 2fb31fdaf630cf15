"""The entry table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=200)),
                ("at", models.CharField(max_length=20)),
                ("data", models.TextField()),
                ("leaf_hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "db_table": "record_entry",
                "indexes": [models.Index(fields=["object_id", "-seq"], name="record_entry_object")],
            },
        ),
    ]
