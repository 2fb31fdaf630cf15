"""Before anything is served the rows of each log are put together again, as far as seconds allow."""

import pytest
from django.db import connection

from hled.cli.__main__ import main
from hled.record.checkpoints import Checkpoint
from hled.record.merkle import EMPTY_ROOT, Frontier, leaf_hash, root_of
from hled.record.notes import Algorithm, Note, SigningKey
from hled.web.audit import actions as audit
from hled.web.record import actions, queries, wholeness
from hled.web.record.actions import Act
from hled.web.record.errors import DamagedRecordError
from hled.web.record.models import CheckpointRow
from tests.conftest import without_triggers
from tests.web.record.scribe import Scribe

SIZE = 20


@pytest.fixture
def whole(empty):
    """A log of 20 entries with a signed checkpoint of 13, and a log of another node."""
    actions.append([Act("test.note.added", f"urn:hled:note:n{n}", {"n": n}) for n in range(13)])
    log = queries.own()
    text = Checkpoint(log.origin, 13, log.root).text
    key = SigningKey.generate(log.origin, Algorithm.ED25519)
    actions.put_checkpoint("local", Note(text, (key.sign(text),)).encode(), complete=True)
    actions.append([Act("test.note.added", f"urn:hled:note:m{n}", {"n": n}) for n in range(SIZE - 13)])
    scribe = Scribe("mx")
    for number in range(5):
        scribe.add("test.note.added", "urn:hled:note:mx", {"n": number})
    actions.receive(*scribe.delivery(0, 5))
    wholeness.refuse_damaged()


def tamper(sql: str, *parameters: object) -> None:
    """Do what the triggers refuse."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def refused(words: str) -> DamagedRecordError:
    with pytest.raises(DamagedRecordError, match=words) as caught:
        wholeness.refuse_damaged()
    assert "hled node heal" in caught.value.message.es
    return caught.value


def test_an_empty_node_is_whole(empty):
    wholeness.refuse_damaged()
    actions.own_log()
    wholeness.refuse_damaged()


EDGES = {0, 7, SIZE - 1, SIZE, SIZE + 4}
SEQS = [pytest.param(n, marks=[] if n in EDGES else pytest.mark.slow) for n in range(SIZE + 5)]


@pytest.mark.parametrize("seq", SEQS)
def test_a_changed_text_is_found(whole, seq):
    tamper("UPDATE record_entry SET data = replace(data, '\"n\":', '\"m\":') WHERE seq = %s", seq)
    refused("is not what its leaf hash says")


@pytest.mark.parametrize("seq", SEQS)
def test_a_changed_text_with_its_hash_is_found(whole, seq):
    leaf = queries.leaf(seq)
    data = queries.raw(leaf.log, leaf.index).replace(b'"n":', b'"m":')
    tamper(
        "UPDATE record_entry SET data = %s, leaf_hash = %s WHERE seq = %s",
        data.decode(),
        leaf_hash(data).hex(),
        seq,
    )
    refused("do not give its tree head|was signed")


@pytest.mark.parametrize("seq", SEQS)
def test_a_missing_entry_is_found(whole, seq):
    tamper("DELETE FROM record_entry WHERE seq = %s", seq)
    refused("do not give its tree head|was signed")


@pytest.mark.parametrize("leaf", ["0" * 64, "", "z" * 64])
def test_a_hash_that_is_none_is_found(whole, leaf):
    tamper("UPDATE record_entry SET leaf_hash = %s WHERE seq = 4", leaf)
    refused("do not give its tree head|was signed")


def test_two_entries_in_each_others_place_are_found(whole):
    tamper("UPDATE record_entry SET leaf_index = 100 WHERE seq = 3")
    tamper("UPDATE record_entry SET leaf_index = 3 WHERE seq = 4")
    tamper("UPDATE record_entry SET leaf_index = 4 WHERE seq = 3")
    refused("do not give its tree head|was signed")


def test_an_entry_behind_the_head_is_found(whole):
    tamper("UPDATE record_log SET size = size - 1 WHERE own")
    refused("“local” do not give its tree head at 19")


def test_a_changed_head_is_found(whole):
    tamper("UPDATE record_log SET root = %s WHERE own", "0" * 64)
    refused("“local” do not give its tree head at 20")


def test_a_history_made_anew_contradicts_what_was_signed(whole):
    """Whoever changes an entry, its hash and the head still does not have the key of the log."""
    data = queries.raw("local", 2).replace(b'"n":2', b'"n":9')
    tamper(
        "UPDATE record_entry SET data = %s, leaf_hash = %s WHERE seq = 2",
        data.decode(),
        leaf_hash(data).hex(),
    )
    root = root_of(map(leaf_hash, queries.rows_after("local", 0, 100)))
    tamper("UPDATE record_log SET root = %s WHERE own", root.hex())
    refused("is not the one whose checkpoint of 13 entries was signed")


def test_an_old_backup_behind_a_signed_checkpoint_is_found(whole):
    CheckpointRow.objects.update(size=30)
    refused("checkpoint of 30 entries was signed")
    CheckpointRow.objects.update(size=SIZE)
    refused("checkpoint of 20 entries was signed")


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE record_entry SET type = %s WHERE seq = %s", "test.note.removed"),
        ("UPDATE record_entry SET object_id = %s WHERE seq = %s", "urn:hled:note:other"),
        ("UPDATE record_entry SET at = %s WHERE seq = %s", "2026-01-01T00:00:00Z"),
    ],
)
@pytest.mark.parametrize("seq", [0, 7, SIZE - 1, SIZE + 4])
def test_a_column_beside_the_bytes_is_found(whole, statement, value, seq):
    tamper(statement, value, seq)
    refused("is not what its bytes say")
    with pytest.raises(DamagedRecordError, match="is not what its bytes say"):
        wholeness.refuse_untrue(queries.place(seq)[0])


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE record_log SET frontier = '' WHERE own",
        "UPDATE record_log SET frontier = 'z' WHERE own",
        "UPDATE record_log SET frontier = frontier || ' 00' WHERE own",
        "UPDATE record_log SET frontier = root WHERE own",
    ],
)
def test_a_damaged_edge_is_found(whole, damage):
    tamper(damage)
    refused("to continue it at 20")


def test_a_time_ahead_is_found(whole):
    tamper("UPDATE record_log SET last_at = '2099-01-01T00:00:00Z' WHERE own")
    refused("beside entry 19 of")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE record_checkpoint SET note = 'x'",
        "UPDATE record_checkpoint SET note = replace(note, '13', '12')",
    ],
)
def test_a_damaged_checkpoint_is_found(whole, damage):
    tamper(damage)
    refused("is not what was signed")
    with pytest.raises(DamagedRecordError, match="is not what was signed"):
        wholeness.refuse_untrue("local")


def test_what_is_true_passes(whole):
    for log in queries.logs():
        wholeness.refuse_untrue(log.name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["record_entry_once", "record_log_once", "audit_entry_once"])
def test_every_trigger_is_missed(whole, name):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE, so no such trigger")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
    refused(name)


def test_a_trigger_that_does_nothing_is_found(whole):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER record_entry_kept")
            cursor.execute(
                "CREATE TRIGGER record_entry_kept BEFORE UPDATE ON record_entry BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION record_entry_refuse() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
    refused("record_entry_kept")


@pytest.mark.slow
def test_a_broken_audit_log_is_told_and_stops_the_start(whole, capsys):
    audit.note("ana", "test.done", "", {})
    tamper("UPDATE audit_entry SET actor = 'eve'")
    assert main(["serve", "--port", "65111"]) == 2
    assert "audit log" in capsys.readouterr().err
    assert main(["record", "verify"]) != 0
    assert "audit log" in "".join(capsys.readouterr())


def test_the_site_does_not_start(whole, capsys):
    tamper("UPDATE record_entry SET leaf_hash = %s WHERE seq = 3", "0" * 64)
    assert main(["serve", "--port", "65111", "--language", "es"]) == 2
    assert "hled node heal" in capsys.readouterr().err


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 8192, 10_000])
def test_roots_are_those_of_the_tree(size):
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]
    wanted = {0, 1, size // 2, 4095, 4096, 4097, size, size + 1}
    expected, frontier = {0: EMPTY_ROOT}, Frontier()
    for leaf in leaves:
        frontier.append(leaf)
        expected[frontier.size] = frontier.root()
    assert wholeness.roots(iter(leaves), wanted) == {n: expected[n] for n in wanted if n <= size}
