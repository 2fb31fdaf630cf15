"""Auditing: whoever remembers one signed checkpoint cannot be shown another history."""

import json
import shutil

import pytest

from hled.record import decode
from hled.record.log_files import LogWriter
from hled.record.notes import Algorithm, SigningKey
from hled.record.policies import Log, Policy
from hled.web.record import queries
from hled.web.record.actions import Act, append
from tests.cli import published


@pytest.fixture
def signer(home):
    return published.cosigned(home)


@pytest.fixture
def audit(record, home, tmp_path):
    """Audit the published record and return the exit code and what was found."""

    def run(*more):
        code, out, _ = record("audit", home / "record", "--state", tmp_path / "seen.json", "--json", *more)
        return code, json.loads(out)

    return run


def grow(signer):
    """Append an act and publish it."""
    append([Act("test.made", "urn:hled:test:act", {"more": queries.own().size})])
    published.publish(signer)


def codes(said):
    return [problem["code"] for problem in said["problems"]]


def test_the_first_audit_remembers_and_the_next_says_what_is_new(audit, signer, record, home, tmp_path):
    size = queries.own().size
    code, said = audit()
    assert (code, said["ok"], said["new"]) == (0, True, size)
    assert said["logs"][0]["before"] is None
    assert sum(said["logs"][0]["types"].values()) == size
    grow(signer)
    code, said = audit()
    (log,) = said["logs"]
    assert (code, said["new"], log["before"], log["size"]) == (0, 1, size, size + 1)
    assert log["types"] == {"test.made": 1}
    assert [(item["index"], item["id"]) for item in log["entries"]] == [(size, "urn:hled:test:act")]
    grow(signer)
    _, out, _ = record("audit", home / "record", "--state", tmp_path / "seen.json")
    assert out.startswith("CONSISTENT with what was seen before. New entries: 1.")
    assert f"{size + 1}  " in out


def test_a_rollback_is_refused_loudly_and_the_evidence_is_kept(audit, signer, record, home, tmp_path):
    before = signer.folder / "checkpoint"
    old = before.read_bytes()
    grow(signer)
    audit()
    signed = before.read_bytes()
    before.write_bytes(old)
    code, said = audit()
    assert (code, codes(said), said["logs"][0]["state"]) == (1, ["record.rollback"], "refused")
    out = record("audit", home / "record", "--state", tmp_path / "seen.json", "--language", "es")[1]
    assert "RETROCESO" in out
    (kept,) = json.loads((tmp_path / "seen.json").read_text())["logs"].values()
    assert kept["checkpoint"] == signed.decode()
    assert [item["checkpoint"] for item in kept["contradicted_by"]] == [old.decode()]
    before.write_bytes(signed)
    assert audit()[0] == 0
    (kept,) = json.loads((tmp_path / "seen.json").read_text())["logs"].values()
    assert kept["contradicted_by"]


def test_a_rewritten_history_is_a_fork_even_when_everybody_signed_it(audit, signer):
    audit()
    entries = queries.rows_after("local", 0, queries.own().size)
    shutil.rmtree(signer.folder)
    signer.sign(LogWriter(signer.folder).extend([*reversed(entries), entries[0]]))
    code, said = audit()
    assert (code, codes(said)) == (1, ["record.fork"])


def test_a_damaged_copy_accuses_nobody(audit, signer, tmp_path):
    audit()
    tile = signer.folder / "tile/0/000"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    code, said = audit()
    assert (code, codes(said)) == (1, ["record.bad_tile"])
    (kept,) = json.loads((tmp_path / "seen.json").read_text())["logs"].values()
    assert "contradicted_by" not in kept


def test_a_log_that_is_gone_is_no_new_log(audit, signer):
    audit()
    shutil.rmtree(signer.folder)
    code, said = audit()
    assert (code, codes(said)) == (1, ["record.rollback"])
    assert "shows no checkpoint now" in said["problems"][0]["message"]["en"]


def test_another_policy_at_the_same_place_is_not_believed(audit, signer, home, tmp_path):
    audit()
    other = SigningKey.generate(signer.log.name, Algorithm.ED25519)
    mine = home / "record" / "policy"
    mine.write_text(Policy((Log(other.verifier),)).text)
    assert codes(audit()[1]) == ["record.policy_changed"]
    (tmp_path / "trusted").write_text(signer.policy.text)
    assert audit("--policy", tmp_path / "trusted")[0] == 0
    assert codes(audit()[1]) == ["record.policy_changed"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"logs": {"a": {"checkpoint": "no"}}, "policies": {}}'])
def test_a_memory_that_cannot_be_read_is_not_replaced(record, home, signer, tmp_path, text):
    (tmp_path / "seen.json").write_text(text)
    code, out, err = record("audit", home / "record", "--state", tmp_path / "seen.json")
    assert (code, out) == (2, "")
    assert "no memory of an earlier audit" in err
    assert (tmp_path / "seen.json").read_text() == text


def test_the_memory_lies_in_the_home_unless_said(record, home, signer):
    code, out, _ = record("audit", home / "record", "--language", "es")
    assert code == 0
    assert out.startswith(f"VERIFICADO y recordado: {queries.own().size} asientos.")
    assert len(json.loads((home / "audits/seen.json").read_text())["logs"]) == 1
    code, out, err = record("audit", home / "record", "--state", home / "record" / "policy" / "seen.json")
    assert (code, out) == (2, "")
    assert "cannot be written" in err


def test_entries_that_are_listed_are_those_of_the_log(audit, signer):
    audit()
    grow(signer)
    (item,) = audit()[1]["logs"][0]["entries"]
    entry = decode(queries.raw("local", item["index"]))
    assert (item["type"], item["id"], item["at"]) == (entry.type, entry.id, entry.at)
