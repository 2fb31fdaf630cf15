"""The database itself refuses to change or remove entries, logs and audited acts."""

import pytest
from django.db import DatabaseError, connection, transaction

from hled.web.audit import actions as audit
from hled.web.record import actions, queries, wholeness
from hled.web.record.actions import Act
from hled.web.record.errors import DamagedRecordError
from tests.conftest import without_triggers

CHANGES = {
    "an entry's text": "UPDATE record_entry SET data = 'x' WHERE seq = 0",
    "an entry's place": "UPDATE record_entry SET leaf_index = leaf_index + 10",
    "one entry": "DELETE FROM record_entry WHERE seq = 1",
    "all entries": "DELETE FROM record_entry",
    "a shorter log": "UPDATE record_log SET size = size - 1",
    "another root": "UPDATE record_log SET root = 'ab'",
    "a log": "DELETE FROM record_log",
    "an audited act": "UPDATE audit_entry SET actor = 'somebody else'",
    "no audited act": "DELETE FROM audit_entry",
}
ON_SQLITE = {
    "an entry in place of another": "INSERT OR REPLACE INTO record_entry SELECT * FROM record_entry",
    "a log in place of another": "INSERT OR REPLACE INTO record_log SELECT * FROM record_log",
    "an audited act in place of another": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
    "an upsert": "INSERT INTO record_entry SELECT * FROM record_entry WHERE true "
    "ON CONFLICT (seq) DO UPDATE SET data = 'x'",
}
ON_POSTGRESQL = {
    "no entry left": "TRUNCATE record_entry CASCADE",
    "no log left": "TRUNCATE record_log CASCADE",
    "no act left": "TRUNCATE audit_entry",
    "an upsert": "INSERT INTO record_entry SELECT * FROM record_entry "
    "ON CONFLICT (seq) DO UPDATE SET data = 'x'",
}


@pytest.fixture
def written(empty):
    actions.append([Act("test.note.added", "urn:hled:note:one", {"n": n}) for n in range(3)])
    audit.note("officer", "draft.read", "urn:hled:note:one", {})


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refuse(sql: str, words: str) -> None:
    before = (queries.leaves(0, 10), queries.logs())
    with pytest.raises(DatabaseError, match=words):
        execute(sql)
    assert (queries.leaves(0, 10), queries.logs()) == before


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_changed_or_removed(written, name):
    refuse(CHANGES[name], "append-only|only grows")


@pytest.mark.parametrize("name", ON_SQLITE)
def test_nothing_is_replaced_on_sqlite(written, name):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own statements")
    refuse(ON_SQLITE[name], "append-only|only grows")


@pytest.mark.parametrize("name", ON_POSTGRESQL)
def test_nothing_is_truncated_on_postgresql(written, name):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own statements")
    refuse(ON_POSTGRESQL[name], "append-only|only grows")


def test_the_refusal_says_in_both_languages_what_to_do(written):
    with pytest.raises(DatabaseError) as caught:
        execute("DELETE FROM record_entry")
    assert "append a correction instead" in str(caught.value)
    assert "agregue una corrección" in str(caught.value)


def test_a_lifted_trigger_stops_the_start(written):
    wholeness.refuse_damaged()
    with without_triggers(), pytest.raises(DamagedRecordError, match="record_entry_kept") as caught:
        wholeness.refuse_damaged()
    assert "faltan los disparadores" in caught.value.message.es
    wholeness.refuse_damaged()
