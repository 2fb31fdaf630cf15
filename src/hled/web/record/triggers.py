"""The triggers that keep the record and the audit log append-only: there, switched on, and as they were made.

A trigger of the right name that does nothing would let rows be rewritten, so what the database holds is
compared with the statements of the migrations. It serves the promise of transparency under every work-plan
line.
"""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Final

from django.db import connection

_MIGRATIONS: Final = ("hled.web.record.migrations.0005_append_only", "hled.web.audit.migrations.0001_audit")
_NAME: Final = re.compile(r"CREATE (?:TRIGGER|FUNCTION) (\w+)")
_CALLED: Final = re.compile(r"EXECUTE FUNCTION (\w+)")
_BODY: Final = re.compile(r"\$\$(.*)\$\$", re.DOTALL)
_EVENTS: Final = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}  # bits of pg_trigger.tgtype
_ROW: Final = 1
_BEFORE: Final = 2
_SQLITE: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_POSTGRESQL: Final = (
    "SELECT t.tgname, t.tgtype, t.tgqual IS NOT NULL, p.proname, p.prosrc FROM pg_trigger t"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
)


def lifted() -> tuple[str, ...]:
    """Return the names of triggers that are missing, switched off, or not as the migrations made them."""
    statements = [item for name in _MIGRATIONS for item in import_module(name).STATEMENTS[connection.vendor]]
    is_sqlite = connection.vendor == "sqlite"
    expected = _written(statements) if is_sqlite else _described(statements)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if is_sqlite else _POSTGRESQL)
        rows = cursor.fetchall()
    found = {row[0]: _plain(row[1]) if is_sqlite else _fact(*row[1:]) for row in rows}
    return tuple(sorted(name for name, said in expected.items() if found.get(name) != said))


def _written(statements: Iterable[str]) -> dict[str, str]:
    return {_found(_NAME, item): _plain(item) for item in statements}


def _described(statements: Iterable[str]) -> dict[str, str]:
    """Say of each trigger on PostgreSQL, which keeps no statement, what it is known by there."""
    bodies: Mapping[str, str] = {
        _found(_NAME, item): _found(_BODY, item) for item in statements if "CREATE FUNCTION" in item
    }
    facts = {}
    for item in statements:
        if "CREATE TRIGGER" not in item:
            continue
        events = item[: item.index(" ON ")]
        kind = _BEFORE + (_ROW if "FOR EACH ROW" in item else 0)
        kind += sum(bit for event, bit in _EVENTS.items() if event in events)
        called = _found(_CALLED, item)
        facts[_found(_NAME, item)] = _fact(kind, " WHEN (" in item, called, bodies[called])
    return facts


def _fact(kind: int, has_condition: object, function: str, body: str) -> str:
    return f"{kind} {bool(has_condition)} {function} {_plain(body)}"


def _plain(statement: str) -> str:
    return " ".join(statement.split())


def _found(pattern: re.Pattern[str], statement: str) -> str:
    match = pattern.search(statement)
    return match[1] if match else ""
