"""The database behind the commands: opened on first need, prepared with the bundled record if new."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hled.language import Bilingual, DialogueError


class DatabaseUnavailableError(DialogueError):
    """The database cannot be opened."""

    code = "cli.database"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing did: migrations applied, and entries appended from the bundled record."""

    migrations: int
    appended: int


def open_database() -> Prepared:
    """Start Django, bring the database to the current tables and load the bundled record where it is new.

    Raises:
        EnvironmentVariableError: HLED_HOME or HLED_DATABASE_URL cannot be used.
        DatabaseUnavailableError: the database does not answer, or its file is none.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hled.web.settings.base")
    import django

    django.setup()
    _keep_private()
    _connect()
    with _alone():
        return _prepare()


def _keep_private() -> None:
    """Let only the owner read SQLite's files, which hold personal data that the record leaves out.

    Files beside the database take its permissions when SQLite makes them.
    """
    from django.db import connection

    path = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or not isinstance(path, Path):  # one in memory has no file
        return
    with suppress(OSError):  # opening it says what is wrong
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for place in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if place.exists():
                place.chmod(0o600)


def _connect() -> None:
    """Open the connection here, where its failure can still be named."""
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        first = str(error).strip().partition("\n")[0]
        raise _unavailable(connection.vendor, connection.settings_dict, first) from error


def _unavailable(vendor: str, found: Mapping[str, object], why: str) -> DatabaseUnavailableError:
    if vendor == "sqlite":
        text = Bilingual(
            en="The database {name} cannot be opened ({why}). Restore it from the backup, mend its "
            "permissions, or set HLED_HOME to another folder.",
            es="No se puede abrir la base de datos {name} ({why}). Restáurela del respaldo, corrija sus "
            "permisos o indique otra carpeta en HLED_HOME.",
        )
    else:
        text = Bilingual(
            en="The PostgreSQL database {name} on {host} cannot be reached ({why}). Start it, or mend "
            "HLED_DATABASE_URL.",
            es="No se puede llegar a la base de datos PostgreSQL {name} en {host} ({why}). Iníciela o "
            "corrija HLED_DATABASE_URL.",
        )
    host = f"{found['HOST'] or 'localhost'}:{found['PORT'] or 5432}"
    return DatabaseUnavailableError(text.format(name=found["NAME"], host=host, why=why))


def _prepare() -> Prepared:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()  # one that changed the tables stays slow on SQLite
    from hled.web.nodes.home import home
    from hled.web.nodes.signer import is_behind

    if is_behind(home()):  # what is written now would stand where lost entries belong
        return Prepared(migrations=len(pending), appended=0)
    from hled.web.record import actions
    from hled.workplan import bundled_record

    return Prepared(migrations=len(pending), appended=actions.bring_in(bundled_record()).appended)


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process prepare at a time; a second one waits and finds the work done."""
    from django.conf import settings

    with (settings.HOME / ".prepare").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
