"""The public record of actions as rows, and the error reports."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DiscrepancyRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("title_en", models.TextField()),
                ("title_es", models.TextField()),
                ("explanation_en", models.TextField()),
                ("explanation_es", models.TextField()),
                ("versions", models.JSONField()),
            ],
            options={
                "db_table": "agenda_discrepancy",
            },
        ),
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("source", models.TextField()),
                ("email", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(max_length=2)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "agenda_error_report",
            },
        ),
        migrations.CreateModel(
            name="LoadRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("checksum", models.CharField(max_length=64)),
                ("compiled", models.CharField(max_length=10)),
                ("title_en", models.TextField()),
                ("title_es", models.TextField()),
                ("notes", models.JSONField()),
            ],
            options={
                "db_table": "agenda_load",
            },
        ),
        migrations.CreateModel(
            name="SourceRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("url", models.TextField(blank=True)),
                ("publisher_en", models.TextField()),
                ("publisher_es", models.TextField()),
                ("published", models.CharField(blank=True, max_length=10)),
                ("read", models.CharField(max_length=20)),
            ],
            options={
                "db_table": "agenda_source",
            },
        ),
        migrations.CreateModel(
            name="ActionRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("pillar", models.CharField(max_length=20)),
                ("objective", models.CharField(max_length=100)),
                ("line", models.PositiveSmallIntegerField(null=True)),
                ("title_en", models.TextField()),
                ("title_es", models.TextField()),
                ("summary_en", models.TextField()),
                ("summary_es", models.TextField()),
                ("origin_en", models.TextField()),
                ("origin_es", models.TextField()),
                ("adjacent", models.BooleanField()),
                ("computed", models.CharField(max_length=20)),
                ("recorded", models.CharField(max_length=20)),
                ("event_count", models.PositiveIntegerField(default=0)),
                ("reported", models.CharField(blank=True, max_length=10)),
                ("reported_last", models.DateField(null=True)),
            ],
            options={
                "db_table": "agenda_action",
                "indexes": [
                    models.Index(fields=["pillar", "position"], name="agenda_action_pillar"),
                    models.Index(fields=["line", "position"], name="agenda_action_line"),
                    models.Index(fields=["computed"], name="agenda_action_computed"),
                    models.Index(fields=["reported_last"], name="agenda_action_reported"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("date", models.CharField(blank=True, max_length=10)),
                ("basis", models.CharField(max_length=20)),
                ("reported", models.CharField(blank=True, max_length=10)),
                ("kind", models.CharField(max_length=20)),
                ("summary_en", models.TextField()),
                ("summary_es", models.TextField()),
                ("read", models.CharField(max_length=20)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="agenda.actionrow",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="agenda.sourcerow",
                    ),
                ),
            ],
            options={
                "db_table": "agenda_event",
            },
        ),
        migrations.CreateModel(
            name="DeliverableRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("title_en", models.TextField()),
                ("title_es", models.TextField()),
                ("due", models.CharField(max_length=10)),
                ("due_last", models.DateField(db_index=True)),
                ("note_en", models.TextField(blank=True)),
                ("note_es", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliverables",
                        to="agenda.actionrow",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="agenda.eventrow",
                    ),
                ),
                (
                    "promised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="agenda.eventrow",
                    ),
                ),
            ],
            options={
                "db_table": "agenda_deliverable",
            },
        ),
        migrations.CreateModel(
            name="ClaimRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("quantity", models.CharField(db_index=True, max_length=100)),
                ("label_en", models.TextField()),
                ("label_es", models.TextField()),
                ("period", models.CharField(blank=True, max_length=40)),
                ("value_en", models.TextField()),
                ("value_es", models.TextField()),
                ("unit_en", models.TextField()),
                ("unit_es", models.TextField()),
                ("is_target", models.BooleanField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="agenda.sourcerow",
                    ),
                ),
            ],
            options={
                "db_table": "agenda_claim",
            },
        ),
        migrations.CreateModel(
            name="ActionAgencyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency_id", models.CharField(db_index=True, max_length=100)),
                ("party", models.CharField(max_length=2)),
                ("position", models.PositiveIntegerField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="agenda.actionrow",
                    ),
                ),
            ],
            options={
                "db_table": "agenda_action_agency",
                "constraints": [
                    models.UniqueConstraint(fields=("action", "agency_id"), name="agenda_action_agency_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="eventrow",
            index=models.Index(fields=["-date", "-position"], name="agenda_event_date"),
        ),
        migrations.AddIndex(
            model_name="eventrow",
            index=models.Index(fields=["kind"], name="agenda_event_kind"),
        ),
    ]
