"""Proofs in the shell: whoever has the two files and the policy needs nothing else."""

import json

import pytest

from hled.record import decode
from hled.web.record import queries
from tests.cli import published

URN = "urn:hled:action:supply-chain-working-group"


@pytest.fixture
def signed(home):
    return published.cosigned(home)


def checked(record, *arguments):
    code, out, _ = record("check", *arguments, "--json")
    return code, json.loads(out)


def test_an_entry_is_proven_by_number_place_and_urn(record, signed, tmp_path):
    wanted = queries.latest([URN])[URN]
    for which in (str(wanted.seq), f"local/{wanted.index}", URN):
        code, out, _ = record("prove", which, "--out", tmp_path / "the.tlog-proof")
        assert code == 0
        assert f"Entry {wanted.index:,} of local ({wanted.entry.type})" in out
        assert decode((tmp_path / "the.json").read_bytes()) == wanted.entry
        code, said = checked(record, tmp_path / "the.json", tmp_path / "the.tlog-proof")
        assert (code, said["ok"], said["index"], said["id"]) == (0, True, wanted.index, URN)
        assert (said["state"], list(said["cosigned"])) == ("cosigned", ["mx", "us"])


def test_files_are_named_after_their_place_unless_said(record, signed, tmp_path):
    record("prove", "local/3")
    assert {path.name for path in tmp_path.iterdir()} == {"home", "local-3.tlog-proof", "local-3.json"}
    record("prove", "local/3", "--out", tmp_path / "proof", "--entry", tmp_path / "act")
    assert (tmp_path / "act").read_bytes() == queries.raw("local", 3)


def test_a_receipt_is_small_unless_the_large_cosignatures_are_asked_for(record, signed, tmp_path):
    record("prove", "local/3", "--out", tmp_path / "small.tlog-proof")
    record("prove", "local/3", "--out", tmp_path / "large.tlog-proof", "--hybrid")
    small, large = ((tmp_path / f"{name}.tlog-proof").stat().st_size for name in ("small", "large"))
    assert small <= 2_048
    assert 6_000 < large <= 12_288
    said = checked(record, tmp_path / "large.json", tmp_path / "large.tlog-proof")[1]
    assert list(said["cosigned"]) == ["mx", "mx-pq", "us", "us-pq"]


def test_checking_needs_no_node(signed, record, tmp_path, monkeypatch, django_assert_num_queries):
    record("prove", "local/3", "--out", tmp_path / "the.tlog-proof")
    (tmp_path / "trusted").write_text(signed.policy.text)
    monkeypatch.setenv("HLED_HOME", str(tmp_path / "other"))
    files = (tmp_path / "the.json", tmp_path / "the.tlog-proof")
    with django_assert_num_queries(0):
        code, out, _ = record("check", *files, "--policy", tmp_path / "trusted", "--language", "es")
    assert code == 0
    assert out.startswith("AUTÉNTICO: este es el asiento 3 de demonstration.invalid/record/")
    assert "Con firma conjunta de México, 2026-11-23T12:00:00Z." in out
    assert "Son claves de demostración" in out
    code, _, err = record("check", *files, "--language", "es")
    assert code == 2
    assert "No hay ninguna política" in err


@pytest.mark.parametrize("file", ["the.json", "the.tlog-proof"])
def test_a_changed_byte_is_refused(record, signed, tmp_path, file):
    record("prove", "local/3", "--out", tmp_path / "the.tlog-proof")
    data = bytearray((tmp_path / file).read_bytes())
    data[60] ^= 1
    (tmp_path / file).write_bytes(data)
    code, said = checked(record, tmp_path / "the.json", tmp_path / "the.tlog-proof")
    assert (code, said["ok"]) == (1, False)
    assert said["problems"][0]["code"].startswith("record.")
    assert record("check", tmp_path / "the.json", tmp_path / "the.tlog-proof")[1].startswith("REFUSED. ")


def test_a_receipt_without_the_quorum_is_refused_and_says_who_is_missing(record, signed, tmp_path):
    record("prove", "local/3", "--out", tmp_path / "the.tlog-proof")
    lines = (tmp_path / "the.tlog-proof").read_bytes().splitlines(keepends=True)
    (tmp_path / "cut.tlog-proof").write_bytes(b"".join(line for line in lines if b"mx.example" not in line))
    code, said = checked(record, tmp_path / "the.json", tmp_path / "cut.tlog-proof")
    assert (code, said["problems"][0]["code"]) == (1, "record.no_quorum")


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("nonsense", "«nonsense» no nombra ningún asiento"),
        ("urn:hled:action:nobody", "no nombra ningún asiento"),
        ("999999", "no tiene ningún asiento"),
        ("local/999999", "no tiene ningún asiento"),
        ("mx/0", "no tiene ningún asiento"),
    ],
)
def test_what_names_no_entry_is_said(record, signed, tmp_path, which, words):
    code, out, err = record("prove", which, "--language", "es")
    assert (code, out) == (2, "")
    assert words in err
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_an_entry_that_is_not_yet_on_the_record_has_no_receipt(record, home):
    code, _, err = record("prove", "0")
    assert code == 2
    assert "waits for its log's next checkpoint" in err


def test_bytes_of_no_known_format_can_be_proven_too(tmp_path):
    from hled.cli.receipts import checked as check
    from hled.record.checkpoints import Checkpoint
    from hled.record.merkle import leaf_hash
    from hled.record.notes import Algorithm, Note, SigningKey
    from hled.record.policies import Log, Policy
    from hled.record.proofs import Receipt

    key = SigningKey.generate("example.org/log", Algorithm.ED25519)
    text = Checkpoint(key.name, 1, leaf_hash(b"any bytes")).text
    receipt = Receipt(0, (), Note(text, (key.sign(text),))).encode()
    found = check(b"any bytes", receipt, Policy((Log(key.verifier),)))
    assert (found.ok, found.type, found.demonstration) == (True, "", False)
    assert "no es un asiento del formato v1" in found.lines("es")
