"""The database behind the commands: opened on first need, prepared with the bundled record if new."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing did: migrations applied, and entries appended from the bundled record."""

    migrations: int
    appended: int


def open_database() -> Prepared:
    """Start Django, bring the database to the current tables and load the bundled record where it is new."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hled.web.settings.base")
    import django

    django.setup()
    with _alone():
        return _prepare()


def _prepare() -> Prepared:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
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
