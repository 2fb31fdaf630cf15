"""A home of an earlier version keeps its entries: they become its own log, and the way back is open."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hled.record.merkle import leaf_hash, root_of
from tests.web.record.apart import Node, apart

BEFORE = """
import django; django.setup()
from django.db import connection
from hled.record import Entry, encode
from hled.record.formats.v1.entry import leaf_hash
with connection.cursor() as cursor:
    for seq in range(21):
        entry = Entry("test.note.added", f"urn:hled:note:n{seq % 4}", "2026-11-20T08:00:00Z", {"n": seq})
        data = encode(entry)
        cursor.execute(
            "INSERT INTO record_entry (seq, type, object_id, at, data, leaf_hash)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [seq, entry.type, entry.id, entry.at, data.decode(), leaf_hash(data)],
        )
"""
NOW = """
import json
import django; django.setup()
from hled.web.record import queries, wholeness
wholeness.refuse_damaged()
log = queries.own()
places = [queries.place(seq) for seq in range(log.size)]
rows = [data.decode() for data in queries.rows_after("local", 0, 100)]
print(json.dumps([log.name, log.origin, log.size, log.root.hex(), log.last_at, places, rows]))
"""
APPEND = """
import django; django.setup()
from hled.web.record.actions import Act, append
append([Act("test.note.added", "urn:hled:note:n0", {"n": "after"})])
"""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    with apart(tmp_path) as found:
        yield found


@pytest.mark.slow
def test_entries_become_the_own_log_and_can_go_back(node):
    node.django("migrate", "record", "0001", "-v0")
    node.python(BEFORE)
    node.django("migrate", "-v0")
    name, origin, size, root, last_at, places, rows = json.loads(node.python(NOW))
    assert (name, size, last_at) == ("local", 21, "2026-11-20T08:00:00Z")
    assert origin.startswith("demonstration.invalid/record/")
    assert len(origin) == len("demonstration.invalid/record/") + 8
    assert places == [["local", seq] for seq in range(21)]
    assert root == root_of(leaf_hash(row.encode()) for row in rows).hex()

    node.python(APPEND)
    after = json.loads(node.python(NOW))
    assert after[2] == 22
    assert after[6][:21] == rows
    assert json.loads(after[6][21])["prev"] == leaf_hash(rows[20].encode()).hex()

    for app in ("record", "audit"):
        node.django("migrate", app, "zero" if app == "audit" else "0001", "-v0")
    node.django("migrate", "-v0")
    again = json.loads(node.python(NOW))
    assert (again[2:4], again[5:]) == (after[2:4], after[5:])
    assert again[1] != origin


@pytest.mark.slow
def test_a_new_home_gets_its_log_with_the_first_act(node):
    node.django("migrate", "-v0")
    assert (
        node.python(
            "import django; django.setup(); from hled.web.record import queries; print(queries.own())"
        )
        == "None\n"
    )
    node.python(APPEND)
    assert json.loads(node.python(NOW))[2] == 1
