"""What was erased is kept by object and commitment: an entry about one object says nothing of another's."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_COLUMNS = ("commitment", "seq", "object_id", "field", "basis", "authority", "at")


def _copy(apps: Apps, *, source: str, target: str) -> None:
    rows = apps.get_model("record", source).objects.values(*_COLUMNS)
    table = apps.get_model("record", target)
    table.objects.bulk_create([table(**row) for row in rows], batch_size=500, ignore_conflicts=True)


def forwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _copy(apps, source="OldRedactionRow", target="RedactionRow")


def backwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _copy(apps, source="RedactionRow", target="OldRedactionRow")


class Migration(migrations.Migration):
    dependencies = [("record", "0006_redactions")]
    operations = [
        migrations.RenameModel("RedactionRow", "OldRedactionRow"),
        migrations.CreateModel(
            name="RedactionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("commitment", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("object_id", models.CharField(max_length=200)),
                ("field", models.CharField(max_length=80)),
                ("basis", models.CharField(max_length=20)),
                ("authority", models.CharField(max_length=4)),
                ("at", models.CharField(max_length=20)),
            ],
            options={
                "db_table": "record_erasure",
                "constraints": [
                    models.UniqueConstraint(fields=["object_id", "commitment"], name="record_erasure_once")
                ],
            },
        ),
        migrations.RunPython(forwards, backwards),
        migrations.DeleteModel("OldRedactionRow"),
    ]
