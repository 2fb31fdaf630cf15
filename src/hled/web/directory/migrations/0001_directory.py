"""Agencies, bodies and the actions they take part in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AgencyRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("party", models.CharField(max_length=2)),
                ("short_en", models.CharField(max_length=100)),
                ("short_es", models.CharField(max_length=100)),
                ("name_en", models.TextField()),
                ("name_es", models.TextField()),
            ],
            options={
                "db_table": "directory_agency",
            },
        ),
        migrations.CreateModel(
            name="BodyRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("name_en", models.TextField()),
                ("name_es", models.TextField()),
                ("purpose_en", models.TextField()),
                ("purpose_es", models.TextField()),
                ("track_en", models.TextField()),
                ("track_es", models.TextField()),
                ("adjacent", models.BooleanField()),
                ("sources", models.JSONField()),
            ],
            options={
                "db_table": "directory_body",
            },
        ),
        migrations.CreateModel(
            name="BodyActionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action_id", models.CharField(db_index=True, max_length=100)),
                ("position", models.PositiveIntegerField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="directory.bodyrow",
                    ),
                ),
            ],
            options={
                "db_table": "directory_body_action",
                "constraints": [
                    models.UniqueConstraint(fields=("body", "action_id"), name="directory_body_action_once")
                ],
            },
        ),
    ]
