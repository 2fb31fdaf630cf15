"""The audit log, and the triggers that let rows only be inserted."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SAID = (
    "audit_entry is append-only: acts are never changed or removed / "
    "los actos de la bitácora de auditoría nunca se modifican ni se eliminan"
)
_IS_THERE = "EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq)"
_SQLITE = (
    f"""CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry BEGIN
        SELECT RAISE(ABORT, '{_SAID}'); END""",
    f"""CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry BEGIN
        SELECT RAISE(ABORT, '{_SAID}'); END""",
    f"""CREATE TRIGGER audit_entry_once BEFORE INSERT ON audit_entry WHEN {_IS_THERE} BEGIN
        SELECT RAISE(ABORT, '{_SAID}'); END""",
)
_SQLITE_BACK = (
    "DROP TRIGGER audit_entry_kept",
    "DROP TRIGGER audit_entry_stays",
    "DROP TRIGGER audit_entry_once",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_stays BEFORE TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
)
_POSTGRESQL_BACK = ("DROP FUNCTION audit_entry_refuse CASCADE",)


STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}  # what the start compares with


def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else _SQLITE_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditRow",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=20)),
                ("actor", models.CharField(max_length=200)),
                ("act", models.CharField(max_length=80)),
                ("object_id", models.CharField(blank=True, max_length=200)),
                ("detail", models.TextField()),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"db_table": "audit_entry"},
        ),
        migrations.RunPython(forwards, backwards),
    ]
