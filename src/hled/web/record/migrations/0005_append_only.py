"""Triggers: entries are only inserted, and a log only grows. A later migration that rebuilds one of these
tables on SQLite must create its triggers again; the start-up check misses them otherwise.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_ENTRY = (
    "record_entry is append-only: entries are never changed or removed; append a correction instead / "
    "los asientos nunca se modifican ni se eliminan; agregue una corrección"
)
_LOG = (
    "record_log only grows: restore the database from a backup or a mirror instead / "
    "una bitácora solo crece; restaure la base de datos de un respaldo o de una copia espejo"
)
_SHRINKS = "NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)"

# INSERT OR REPLACE would remove a row without firing the trigger on DELETE.
_IS_THERE = """EXISTS (SELECT 1 FROM record_entry WHERE seq = NEW.seq
    OR (log_id = NEW.log_id AND leaf_index = NEW.leaf_index))"""
_LOG_IS_THERE = """EXISTS (SELECT 1 FROM record_log WHERE size > 0
    AND (id = NEW.id OR name = NEW.name OR origin = NEW.origin))"""

_SQLITE = (
    f"""CREATE TRIGGER record_entry_kept BEFORE UPDATE ON record_entry BEGIN
        SELECT RAISE(ABORT, '{_ENTRY}'); END""",
    f"""CREATE TRIGGER record_entry_stays BEFORE DELETE ON record_entry BEGIN
        SELECT RAISE(ABORT, '{_ENTRY}'); END""",
    f"""CREATE TRIGGER record_entry_once BEFORE INSERT ON record_entry WHEN {_IS_THERE} BEGIN
        SELECT RAISE(ABORT, '{_ENTRY}'); END""",
    f"""CREATE TRIGGER record_log_grows BEFORE UPDATE ON record_log WHEN {_SHRINKS} BEGIN
        SELECT RAISE(ABORT, '{_LOG}'); END""",
    f"""CREATE TRIGGER record_log_stays BEFORE DELETE ON record_log WHEN OLD.size > 0 BEGIN
        SELECT RAISE(ABORT, '{_LOG}'); END""",
    f"""CREATE TRIGGER record_log_once BEFORE INSERT ON record_log WHEN {_LOG_IS_THERE} BEGIN
        SELECT RAISE(ABORT, '{_LOG}'); END""",
)
_SQLITE_BACK = (
    "DROP TRIGGER record_entry_kept",
    "DROP TRIGGER record_entry_stays",
    "DROP TRIGGER record_entry_once",
    "DROP TRIGGER record_log_grows",
    "DROP TRIGGER record_log_stays",
    "DROP TRIGGER record_log_once",
)
_RAISE = "RAISE EXCEPTION '%s' USING ERRCODE = 'integrity_constraint_violation'"
_POSTGRESQL = (
    f"""CREATE FUNCTION record_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {_RAISE % _ENTRY}; END $$""",
    f"""CREATE FUNCTION record_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN {_RAISE % _LOG}; END $$""",
    """CREATE TRIGGER record_entry_kept BEFORE UPDATE OR DELETE ON record_entry
        FOR EACH ROW EXECUTE FUNCTION record_entry_refuse()""",
    """CREATE TRIGGER record_entry_stays BEFORE TRUNCATE ON record_entry
        FOR EACH STATEMENT EXECUTE FUNCTION record_entry_refuse()""",
    f"""CREATE TRIGGER record_log_grows BEFORE UPDATE ON record_log
        FOR EACH ROW WHEN ({_SHRINKS}) EXECUTE FUNCTION record_log_refuse()""",
    """CREATE TRIGGER record_log_stays BEFORE DELETE ON record_log
        FOR EACH ROW WHEN (OLD.size > 0) EXECUTE FUNCTION record_log_refuse()""",
    """CREATE TRIGGER record_log_whole BEFORE TRUNCATE ON record_log
        FOR EACH STATEMENT EXECUTE FUNCTION record_log_refuse()""",
)
_POSTGRESQL_BACK = (
    "DROP FUNCTION record_entry_refuse CASCADE",
    "DROP FUNCTION record_log_refuse CASCADE",
)


STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}  # what the start compares with


def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else _SQLITE_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("record", "0004_places")]
    operations = [migrations.RunPython(forwards, backwards)]
