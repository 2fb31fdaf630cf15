"""Erasing personal data: salt and value go, entries and proofs stay, replays and backups erase again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from hled.record.commitments import CommitmentError, Disclosure, commit, verify
from hled.record.redactions import TYPE, Authority, Basis, RedactionError
from hled.web.record import actions, erasing, projection, queries
from hled.web.record.actions import Act
from hled.web.record.models import DisclosureRow, RedactionRow
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
    before = list(RedactionRow.objects.order_by("commitment").values())
    projection.replay()
    assert queries.disclosures(URN) == {}
    assert list(RedactionRow.objects.order_by("commitment").values()) == before


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
        one = Scribe(f"mx-{name}").add(
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


def test_a_malformed_salt_is_not_kept(empty):
    with pytest.raises(CommitmentError):
        actions.disclose(URN, [Disclosure("name", "AAAA", "Ana")])
    assert queries.disclosures(URN) == {}


SHRED = """
import django; django.setup()
from hled.record.commitments import commit
from hled.web.record import actions, queries
commitments, disclosures = commit({"name": "Somebody Unmistakable"})
content = {"committed": commitments}
actions.append([actions.Act("test.contribution.received", "urn:hled:contribution:c1", content, disclosures)])
actions.redact("urn:hled:contribution:c1", [], "other", "both")
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
import json
print(json.dumps([item.salt for item in disclosures] + list(commitments.values())))
"""


def test_the_bytes_are_gone_from_the_file(tmp_path: Path):
    variables = os.environ | {
        "HLED_HOME": str(tmp_path),
        "HLED_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "hled.web.settings.base",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], env=variables, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("-m", "hled.cli", "prepare")
    salt, commitment = json.loads(run("-c", SHRED))
    held = (tmp_path / "hled.sqlite3").read_bytes()
    assert commitment.encode() in held
    assert salt.encode() not in held
    assert b"Somebody Unmistakable" not in held


def test_the_check_of_constraints_passes(empty):
    contribute()
    actions.redact(URN, [], "other", "both")
    connection.check_constraints()
