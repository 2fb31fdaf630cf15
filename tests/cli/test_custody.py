"""What an operator does for the record in the shell: take it out, erase personal data, make rows anew."""

import json

import pytest
from django.db import connection

from hled.record.commitments import commit
from hled.web.agenda.models import ActionRow
from hled.web.record import queries
from hled.web.record.actions import Act, append
from tests.cli import published

URN = "urn:hled:test:person"


def exported(record, folder):
    code, out, _ = record("export", folder, "--json")
    return code, json.loads(out)


def test_an_export_is_complete_incremental_and_said_where_nothing_is_published(record, home, tmp_path):
    code, _, err = record("export", tmp_path / "stick")
    assert code == 2
    assert "Nothing is published yet" in err
    published.local(home)
    body = queries.objects().keep(b"an official text")
    append([Act("test.made", "urn:hled:test:body", {"sha256": body})])
    first = exported(record, tmp_path / "stick")[1]
    assert first["written"] > 5
    copy = tmp_path / "stick/record/objects/sha256" / body[:2] / body[2:]
    assert copy.read_bytes() == b"an official text"
    again = exported(record, tmp_path / "stick")[1]
    assert (again["written"], again["same"]) == (0, first["written"])
    said = record("export", tmp_path / "stick", "--language", "es")[1]
    assert f"0 archivos escritos, {first['written']} ya estaban" in " ".join(said.split())
    assert f"`hled record verify {tmp_path / 'stick'}`" in " ".join(said.split())  # to be copied whole


def test_a_damaged_body_is_named_and_not_exported(record, home, tmp_path):
    published.local(home)
    body = queries.objects().keep(b"an official text")
    append([Act("test.made", "urn:hled:test:body", {"text": f"sha256:{body}"})])
    (home / "objects/sha256" / body[:2] / body[2:]).write_bytes(b"rot")
    code, said = exported(record, tmp_path / "stick")
    assert (code, said["damaged"]) == (1, [body])
    assert not (tmp_path / "stick/record/objects").exists()
    (tmp_path / "file").write_text("")
    assert record("export", tmp_path / "file")[0] == 2


@pytest.mark.slow
def test_replay_compares_and_changes_nothing_when_asked(record, home):
    assert record("replay", "--check")[0] == 0
    ActionRow.objects.update(pillar="edited")
    before = list(ActionRow.objects.values())
    code, out, _ = record("replay", "--check")
    assert code == 1
    assert ActionRow._meta.db_table in out
    assert list(ActionRow.objects.values()) == before


def test_replay_makes_the_public_rows_anew(record, home):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agenda_action SET title_en = 'edited by hand'")
    code, out, _ = record("replay")
    assert code == 0
    assert f"from {queries.head().size:,} entries" in out
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agenda_action WHERE title_en = 'edited by hand'")
        assert cursor.fetchone() == (0,)


@pytest.fixture
def person(home):
    """An object with two fields of personal data behind its entry."""
    commitments, disclosures = commit({"name": "Ana", "mail": "ana@example.org"})
    (seq,) = append([Act("test.made", URN, dict(commitments), disclosures)])
    return seq


def test_a_field_is_erased_and_every_proof_stays_valid(record, home, person, tmp_path):
    published.local(home)
    record("prove", URN, "--out", tmp_path / "the.tlog-proof")
    code, out, _ = record("redact", URN, "--field", "mail", "--basis", "lfpdppp_arco", "--authority", "MX")
    assert code == 0
    assert f"Erased of {URN}: mail." in out
    assert [item.field for item in queries.disclosures(URN).values()] == ["name"]
    assert record("check", tmp_path / "the.json", tmp_path / "the.tlog-proof")[0] == 0
    assert record("verify")[0] == 0
    assert "ana@example.org" not in str(list(queries.leaves(person, 5)))


def test_everything_of_an_object_is_erased_in_one_entry(record, person):
    found = ("redact", URN, "--all", "--basis", "privacy_act", "--authority", "both", "--json")
    said = json.loads(record(*found)[1])
    assert said["seq"] == person + 1
    assert {item["field"] for item in said["erased"]} == {"name", "mail"}
    assert queries.disclosures(URN) == {}
    code, out, err = record("redact", URN, "--all", "--basis", "privacy_act", "--authority", "US")
    assert (code, out) == (2, "")
    assert "Nothing was erased" in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--basis", "other", "--authority", "US"), "--field NOMBRE"),
        (("--all", "--field", "name", "--basis", "other", "--authority", "US"), "--field NOMBRE"),
        (("--all", "--authority", "US"), "fundamento jurídico"),
        (("--all", "--basis", "other"), "por orden de quién"),
        (("--all", "--basis", "whim", "--authority", "US"), "whim"),
        (("--field", "phone", "--basis", "other", "--authority", "US"), "phone"),
    ],
)
def test_an_unfounded_erasure_changes_nothing(record, person, options, words):
    code, out, err = record("redact", URN, *options, "--language", "es")
    assert (code, out, queries.head().size) == (2, "", person + 1)
    assert words in err
    assert len(queries.disclosures(URN)) == 2
