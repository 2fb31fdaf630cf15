"""Logs with their tree heads, checkpoints, disclosures; entries get a place in a log, empty at first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0001_entries")]

    operations = [
        migrations.CreateModel(
            name="LogRow",
            fields=[
                ("id", models.SmallAutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=20, unique=True)),
                ("origin", models.CharField(max_length=255, unique=True)),
                ("own", models.BooleanField(default=False)),
                ("size", models.BigIntegerField(default=0)),
                ("root", models.CharField(max_length=64)),
                ("frontier", models.TextField(blank=True)),
                ("last_at", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "db_table": "record_log",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(own=True), fields=["own"], name="record_log_at_most_one_own"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckpointRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("complete", models.BooleanField()),
                ("made_at", models.CharField(max_length=20)),
                (
                    "log",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkpoints",
                        to="record.logrow",
                    ),
                ),
            ],
            options={
                "db_table": "record_checkpoint",
                "constraints": [
                    models.UniqueConstraint(fields=["log", "size"], name="record_checkpoint_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureRow",
            fields=[
                ("commitment", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("object_id", models.CharField(db_index=True, max_length=200)),
                ("field", models.CharField(max_length=80)),
                ("salt", models.CharField(max_length=44)),
                ("value", models.TextField()),
            ],
            options={"db_table": "record_disclosure"},
        ),
        migrations.CreateModel(
            name="WaitingRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("object_id", models.CharField(db_index=True, max_length=200)),
                ("needs", models.CharField(blank=True, db_index=True, max_length=200)),
            ],
            options={"db_table": "record_waiting"},
        ),
        migrations.AddField(
            model_name="entryrow",
            name="log",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="record.logrow",
            ),
        ),
        migrations.AddField(
            model_name="entryrow",
            name="index",
            field=models.BigIntegerField(db_column="leaf_index", null=True),
        ),
    ]
