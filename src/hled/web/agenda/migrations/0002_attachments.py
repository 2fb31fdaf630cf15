"""Copies of official texts that an operator attached to sources."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_agenda")]

    operations = [
        migrations.CreateModel(
            name="AttachmentRow",
            fields=[
                ("id", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("at", models.CharField(max_length=20)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("media_type", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=150)),
                ("note_en", models.TextField(blank=True)),
                ("note_es", models.TextField(blank=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="agenda.sourcerow",
                    ),
                ),
            ],
            options={
                "db_table": "agenda_attachment",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "sha256"), name="agenda_attachment_once")
                ],
            },
        ),
    ]
