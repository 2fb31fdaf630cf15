"""Erasing personal data: salt and value go, entries and proofs stay, replays and backups erase again."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from hled.record.commitments import CommitmentError, Disclosure, commit, verify
from hled.record.redactions import TYPE, Authority, Basis, RedactionError
from hled.web.record import actions, erasing, projection, queries
from hled.web.record.actions import Act
from hled.web.record.models import DisclosureRow, RedactionRow, WaitingRow
from tests.web.record.scribe import Scribe

URN = "urn:hled:contribution:c1"
PERSON = {"name": "Ana Muñoz", "email": "ana@example.org"}


def contribute(person: dict[str, object] = PERSON) -> dict[str, str]:
    """Record a contribution whose personal data are commitments."""
    commitments, disclosures = commit(person)
    content = {"text": "Open the bridge on Sundays.", "committed": commitments}
    actions.append([Act("test.contribution.received", URN, content, disclosures)])
    return commitments


def test_the_entry_holds_commitments_and_no_personal_data(empty):
    commitments = contribute()
    data = queries.raw("local", 0).decode()
    assert not any(value in data for value in PERSON.values())
    assert all(commitment in data for commitment in commitments.values())
    kept = queries.disclosures(URN)
    assert {item.field: item.value for item in kept.values()} == PERSON
    for commitment, disclosure in kept.items():
        verify(commitment, disclosure)


def test_one_field_is_erased_and_the_rest_stays(empty):
    commitments = contribute()
    before = (queries.raw("local", 0), queries.own().root)
    seq = actions.redact(URN, ["email"], "lfpdppp_arco", "MX")
    assert {item.field for item in queries.disclosures(URN).values()} == {"name"}
    assert queries.raw("local", 0) == before[0]
    assert queries.leaf(seq).entry.type == TYPE
    assert queries.leaf(seq).entry.content == {
        "erased": [{"field": "email", "commitment": commitments["email"]}],
        "basis": "lfpdppp_arco",
        "authority": "MX",
    }
    (found,) = queries.redactions(URN)
    assert (found.field, found.commitment, found.seq) == ("email", commitments["email"], seq)
    assert (found.basis, found.authority) == (Basis.LFPDPPP_ARCO, Authority.MX)
    assert [mark.type for mark in queries.history(URN)] == ["test.contribution.received", TYPE]


def test_without_fields_everything_is_erased_in_every_version(empty):
    first, second = contribute(), contribute({"name": "Ana M. Muñoz"})
    actions.redact(URN, [], "gdpr_17", "both")
    assert queries.disclosures(URN) == {}
    assert {item.commitment for item in queries.redactions(URN)} == {*first.values(), *second.values()}


@pytest.mark.parametrize(
    ("fields", "basis", "authority"),
    [
        (["address"], "other", "US"),
        (["name", "address"], "other", "US"),
        (["name"], "because", "US"),
        (["name"], "other", "CA"),
    ],
)
def test_what_cannot_be_erased_is_said_and_changes_nothing(empty, fields, basis, authority):
    contribute()
    with pytest.raises(RedactionError) as caught:
        actions.redact(URN, fields, basis, authority)
    assert caught.value.message.en != caught.value.message.es
    assert len(queries.disclosures(URN)) == 2
    assert queries.head().size == 1


def test_erasing_twice_is_said(empty):
    contribute()
    actions.redact(URN, ["name"], "privacy_act", "US")
    with pytest.raises(RedactionError, match="erased already"):
        actions.redact(URN, ["name"], "privacy_act", "US")


def test_a_restored_backup_is_erased_again_at_the_start(empty):
    contribute()
    backup = list(DisclosureRow.objects.values())
    actions.redact(URN, ["name"], "foia_b6", "US")
    DisclosureRow.objects.all().delete()
    DisclosureRow.objects.bulk_create(DisclosureRow(**row) for row in backup)
    assert erasing.erase_again() == 1
    assert {item.field for item in queries.disclosures(URN).values()} == {"email"}
    assert erasing.erase_again() == 0


def test_a_replay_erases_again(empty):
    contribute()
    backup = list(DisclosureRow.objects.values())
    actions.redact(URN, [], "foia_b6", "US")
    DisclosureRow.objects.bulk_create(DisclosureRow(**row) for row in backup)
    before = sorted(RedactionRow.objects.values_list("commitment", "seq", "basis", "at"))
    projection.replay()
    assert queries.disclosures(URN) == {}
    assert sorted(RedactionRow.objects.values_list("commitment", "seq", "basis", "at")) == before


def test_what_was_erased_is_not_taken_again(empty):
    commitments, disclosures = commit(PERSON)
    act = Act("test.contribution.received", URN, {"committed": commitments}, disclosures)
    actions.append([act])
    actions.redact(URN, ["name"], "other", "both")
    actions.disclose(URN, disclosures)
    assert {item.field for item in queries.disclosures(URN).values()} == {"email"}


def test_the_other_nodes_redaction_erases_here_whenever_it_arrives(empty):
    commitments = contribute()
    for name, at in (("email", "08:00:00"), ("name", "07:00:00")):
        one = Scribe("mx" if name == "email" else "mx-old").add(
            TYPE,
            URN,
            {
                "erased": [{"field": name, "commitment": commitments[name]}],
                "basis": "lfpdppp_arco",
                "authority": "MX",
            },
            at=f"2026-11-23T{at}Z",
        )
        actions.receive(*one.delivery(0, 1))
    assert queries.disclosures(URN) == {}
    assert len(queries.redactions(URN)) == 2


def erasing_all(log: str, urn: str, commitments: dict[str, str], authority: str) -> None:
    """Another node's log orders that these commitments be erased, as if they were of this object."""
    erased = [{"field": field, "commitment": item} for field, item in commitments.items()]
    content = {"erased": erased, "basis": "other", "authority": authority}
    actions.receive(*Scribe(log).add(TYPE, urn, content).delivery(0, 1))


@pytest.mark.parametrize(("log", "authority"), [("mx", "US"), ("mx", "both"), ("us", "MX"), ("us", "both")])
def test_no_government_erases_in_the_name_of_the_other(empty, log, authority):
    commitments = contribute()
    erasing_all(log, URN, commitments, authority)
    assert len(queries.disclosures(URN)) == 2
    assert queries.redactions(URN) == ()
    assert WaitingRow.objects.get().needs == ""
    projection.replay()
    assert len(queries.disclosures(URN)) == 2
    assert WaitingRow.objects.count() == 1


def test_a_redaction_of_one_object_erases_nothing_of_another(empty):
    commitments = contribute()
    erasing_all("mx", "urn:hled:contribution:other", commitments, "MX")
    assert len(queries.disclosures(URN)) == 2
    actions.redact(URN, [], "other", "US")
    assert queries.disclosures(URN) == {}
    assert {item.commitment for item in queries.redactions(URN)} == set(commitments.values())


def test_the_earliest_redaction_is_remembered_in_any_order(empty):
    commitments = contribute()
    found = []
    for logs in (("us", "mx"), ("mx", "us")):
        mark = transaction.savepoint()
        for log in logs:
            erasing_all(log, URN, commitments, log.upper())
        found.append([(item.commitment, item.authority) for item in queries.redactions(URN)])
        transaction.savepoint_rollback(mark)
    assert sorted(found[0]) == sorted(found[1])
    assert {authority for _, authority in found[0]} == {Authority.MX}


def test_the_log_of_one_government_takes_no_redaction_by_another_authority(empty):
    actions.adopt("us", "us.example/record/us")
    contribute()
    before = queries.head()
    for authority in ("MX", "both"):
        with pytest.raises(RedactionError, match="each puts it on its own log") as caught:
            actions.redact(URN, [], "other", authority)
        assert "Estados Unidos" in caught.value.message.es
    assert queries.head() == before
    actions.redact(URN, [], "other", "US")
    assert queries.disclosures(URN) == {}


def test_a_redaction_of_before_the_log_had_its_government_is_replayed(empty):
    contribute()
    actions.redact(URN, [], "other", "both")
    actions.adopt("us", "us.example/record/us")
    projection.replay()
    assert len(queries.redactions(URN)) == 2


def test_a_malformed_salt_is_not_kept(empty):
    with pytest.raises(CommitmentError):
        actions.disclose(URN, [Disclosure("name", "AAAA", "Ana")])
    assert queries.disclosures(URN) == {}


SHRED = """
import json, sys
import django; django.setup()
from hled.record.commitments import commit
from hled.web.record import actions, queries
commitments, disclosures = commit({"name": "Somebody Unmistakable"})
content = {"committed": commitments}
urn = "urn:hled:contribution:c1"
actions.append([actions.Act("test.contribution.received", urn, content, disclosures)])
print(json.dumps([item.salt for item in disclosures] + list(commitments.values())), flush=True)
sys.stdin.readline()
"""
ERASE = """
import django; django.setup()
from hled.web.record import actions
actions.redact("urn:hled:contribution:c1", [], "other", "both")
"""


@pytest.mark.slow
def test_the_bytes_are_gone_from_every_file_while_another_process_has_them_open(tmp_path: Path):
    """The process that recorded the value stays: with it the write-ahead log would stay too."""
    home = tmp_path / "home"
    variables = os.environ | {
        "HLED_HOME": str(home),
        "HLED_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "hled.web.settings.base",
    }

    def start(*command: str) -> subprocess.Popen[str]:
        words, pipe = [sys.executable, *command], subprocess.PIPE
        return subprocess.Popen(words, env=variables, stdin=pipe, stdout=pipe, text=True)

    with start("-m", "hled.cli", "prepare") as done:
        done.communicate()
    with start("-c", SHRED) as holder:
        salt, commitment = json.loads(holder.stdout.readline())
        held = b"".join(file.read_bytes() for file in home.glob("hled.sqlite3*"))
        assert salt.encode() in held
        with start("-c", ERASE) as eraser:
            eraser.communicate()
        held = b"".join(file.read_bytes() for file in home.glob("hled.sqlite3*"))
        modes = {file.stat().st_mode & 0o077 for file in home.glob("hled.sqlite3*")}
        holder.communicate("\n")
    assert eraser.returncode == holder.returncode == 0
    assert commitment.encode() in held
    assert salt.encode() not in held
    assert b"Somebody Unmistakable" not in held
    assert modes == {0}
    assert home.stat().st_mode & 0o077 == 0


def test_a_reader_in_the_way_is_said(monkeypatch, caplog):
    class Blocked:
        vendor = "sqlite"

        @contextmanager
        def cursor(self):
            yield SimpleNamespace(execute=lambda _: None, fetchone=lambda: (1, 9, 3))

    monkeypatch.setattr(erasing, "connection", Blocked())
    monkeypatch.setattr(erasing, "_PAUSE", 0)
    assert erasing.overwritten() is False
    assert "hled.sqlite3-wal" in caplog.text


def test_the_check_of_constraints_passes(empty):
    contribute()
    actions.redact(URN, [], "other", "both")
    connection.check_constraints()
