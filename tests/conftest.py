"""What tests share: a database that holds the bundled public record, loaded once for each worker."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.chromium import browser, desktop, no_script, phone, site

__all__ = ["browser", "desktop", "no_script", "phone", "site"]  # fixtures of the browser tests


# Machines are busy: how long an example takes says nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Extend pytest-django: after the migrations, load the bundled record and keep it for the session."""
    with django_db_blocker.unblock():
        _load()


@pytest.fixture
def loaded(db: None) -> None:
    """A database with the bundled record, also after a test that emptied it for good."""
    _load()


@pytest.fixture
def empty(db: None) -> None:
    """A database without any log, entry or public row, for the length of a test."""
    from hled.web.record.models import CheckpointRow, DisclosureRow, EntryRow, LogRow
    from hled.web.record.projection import replay

    with without_triggers():
        for table in (DisclosureRow, CheckpointRow, EntryRow, LogRow):
            table.objects.all().delete()
    replay()


@contextmanager
def without_triggers() -> Iterator[None]:
    """Lift what keeps the record append-only, inside the transaction of a test, and put it back."""
    from django.db import connection

    tables = ("record_entry", "record_log", "audit_entry")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            checked = "SET CONSTRAINTS ALL IMMEDIATE"  # a table with checks to come cannot be altered
            lifted = [checked, *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables)]
            put_back = [checked, *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables)]
        else:
            cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
            found = [row[:2] for row in cursor.fetchall() if row[2] in tables]
            lifted, put_back = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        for statement in lifted:
            cursor.execute(statement)
        yield
        for statement in put_back:
            cursor.execute(statement)


def _load() -> None:
    from hled.web.record import actions
    from hled.workplan import bundled_record

    actions.bring_in(bundled_record())
