"""Which SQLite releases may hold the record: none that can lose an acknowledged entry."""

import importlib
import sqlite3
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks

from hled.web import wsgi
from hled.web.record import checks
from hled.web.record.checks import is_safe, sqlite_is_fixed

SAFE = [
    (3, 44, 6),
    (3, 44, 9),
    (3, 50, 7),
    (3, 50, 99),
    (3, 51, 3),
    (3, 51, 4),
    (3, 52, 1),
    (3, 53, 0),
    (4, 0, 0),
]
UNSAFE = [
    (3, 7, 0),
    (3, 40, 1),
    (3, 44, 5),
    (3, 45, 0),
    (3, 45, 9),
    (3, 49, 2),
    (3, 50, 6),
    (3, 51, 0),
    (3, 51, 2),
    (3, 52, 0),  # withdrawn
]


@pytest.mark.parametrize("version", SAFE)
def test_a_release_with_the_fix_is_safe(version):
    assert is_safe(version)


@pytest.mark.parametrize("version", UNSAFE)
def test_a_release_without_the_fix_is_not(version):
    assert not is_safe(version)


def on(monkeypatch: pytest.MonkeyPatch, *, vendor: str, version: tuple[int, int, int]) -> None:
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor=vendor))
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))


@pytest.mark.parametrize("version", UNSAFE)
def test_an_unsafe_library_stops_the_start_and_is_named(monkeypatch, version):
    on(monkeypatch, vendor="sqlite", version=version)
    (error,) = sqlite_is_fixed()
    assert error.is_serious()
    assert error.id == "record.E001"
    assert ".".join(map(str, version)) in error.msg
    assert "PostgreSQL" in error.hint


def test_no_other_server_serves_from_an_unsafe_library(monkeypatch):
    on(monkeypatch, vendor="sqlite", version=(3, 51, 2))
    with pytest.raises(checks.UnsafeDatabaseError) as caught:
        importlib.reload(wsgi)
    assert "3.51.2" in caught.value.message.en
    assert caught.value.message.es.startswith("No se puede iniciar. record.E001")
    monkeypatch.undo()
    assert callable(importlib.reload(wsgi).application)


def test_with_postgresql_the_library_does_not_matter(monkeypatch):
    on(monkeypatch, vendor="postgresql", version=(3, 40, 1))
    assert sqlite_is_fixed() == []


def test_the_library_in_place_passes_the_check_that_runs_at_the_start(db):
    assert [found for found in run_checks(databases=["default"]) if found.id == "record.E001"] == []


def test_django_asks_the_check_where_a_database_is_used(db, monkeypatch):
    on(monkeypatch, vendor="sqlite", version=(3, 45, 0))
    assert "record.E001" in [found.id for found in run_checks(databases=["default"], tags=["database"])]
