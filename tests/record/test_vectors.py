"""Published vectors: RFC 6962 trees and proofs, the signed-note example, the checkpoints of another log."""

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from hled.record.checkpoints import Checkpoint
from hled.record.errors import ProofError, RecordError
from hled.record.merkle import Frontier, leaf_hash, root_of, verify_consistency, verify_inclusion
from hled.record.notes import Note, SigningKey, VerifierKey, parse_note, verify_note

OWN = Path(__file__).parent / "vectors"
CASES = Path(os.environ.get("HLED_CASES", ""), "record_vectors")
outside = pytest.mark.skipif(
    not os.environ.get("HLED_CASES") or not CASES.is_dir(),
    reason="the outside vectors are not here: HLED_CASES names no folder with record_vectors",
)


def own(name: str) -> Any:
    return json.loads((OWN / f"{name}.json").read_text())


def cases(kind: str) -> list[Any]:
    """Every case of one kind, or one that stands for the missing folder."""
    files = sorted((CASES / "merkle" / kind).rglob("*.json")) if os.environ.get("HLED_CASES") else []
    return [
        pytest.param(json.loads(file.read_text()), id=f"{file.parent.name}-{file.stem}") for file in files
    ] or [None]


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def test_the_roots_of_rfc_6962():
    vectors = own("rfc6962")
    hashes = [leaf_hash(bytes.fromhex(leaf)) for leaf in vectors["leaves"]]
    assert [root_of(hashes[:size]).hex() for size in range(9)] == vectors["roots"]


def test_the_checkpoints_of_another_log_byte_for_byte():
    vectors = own("tessera")
    signer = SigningKey.parse(vectors["signer"])
    assert str(signer.verifier) == vectors["verifier"]
    frontier = Frontier()
    for size, wanted in enumerate(vectors["checkpoints"]):
        if size:
            frontier.append(leaf_hash(vectors["leaves"][size - 1].encode()))
        text = f"{signer.name}\n{size}\n{wanted['root']}\n"
        assert Checkpoint(signer.name, size, frontier.root()).text == text
        whole = f"{text}\n— {signer.name} {wanted['signature']}\n".encode()
        assert Note(text, (signer.sign(text),)).encode() == whole
        assert verify_note(parse_note(whole), [signer.verifier]) == {signer.verifier: None}


def test_the_signed_note_example():
    example = own("signed_note")
    note = parse_note(example["note"].encode())
    assert note.text == example["text"]
    key = VerifierKey.parse(example["verifier"])
    assert verify_note(note, [key]) == {key: None}
    with pytest.raises(RecordError):
        verify_note(Note(note.text.replace("example", "Example"), note.signatures), [key])


@outside
@pytest.mark.parametrize("case", cases("inclusion"))
def test_inclusion(case):
    proof = [raw(item) for item in case["proof"] or ()]
    facts = raw(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, raw(case["root"])
    if case["wantErr"]:
        with pytest.raises(ProofError):
            verify_inclusion(*facts)
    else:
        verify_inclusion(*facts)


@outside
@pytest.mark.parametrize("case", cases("consistency"))
def test_consistency(case):
    proof = [raw(item) for item in case["proof"] or ()]
    roots = {"old_root": raw(case["root1"]), "new_root": raw(case["root2"])}
    if case["wantErr"]:
        with pytest.raises(ProofError):
            verify_consistency(case["size1"], case["size2"], proof, **roots)
    else:
        verify_consistency(case["size1"], case["size2"], proof, **roots)


@outside
def test_all_outside_cases_were_there():
    assert len(cases("inclusion")) == 50
    assert len(cases("consistency")) == 43
    published = json.loads((CASES / "rfc6962_8_leaf_roots.json").read_text())
    assert [published["root_hex_by_tree_size"][str(size)] for size in range(9)] == own("rfc6962")["roots"]
    example = json.loads((CASES / "c2sp_signed_note_example.json").read_text())
    assert verify_note(parse_note(example["note"].encode()), [VerifierKey.parse(example["verifier_key"])])
