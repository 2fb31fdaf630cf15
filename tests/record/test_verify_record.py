"""The single-file verifier: what it accepts, and that it refuses everything else with a sentence."""

import ast
import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record import verify_record
from hled.record.verify_record import Refused, read_checkpoint, verify_receipt
from tests.record.small_log import (
    AT,
    BOTH,
    LOG,
    MX,
    ORIGIN,
    POLICY,
    PQ,
    US,
    VECTORS,
    Signer,
    SmallLog,
    vectors,
)

FILE = Path(verify_record.__file__)
CASES = os.environ.get("HLED_CASES", "")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the file as a stranger does: alone, without the project."""
    command = [sys.executable, "-I", "-S", FILE, *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=60)


def in_place(log: SmallLog, old: bytes, new: bytes, index: int = 2) -> bytes:
    receipt = log.receipt(index)
    assert receipt.count(old) >= 1
    return receipt.replace(old, new, 1)


def refused(entry: bytes, receipt: bytes, policy: bytes = POLICY) -> str:
    with pytest.raises(Refused) as caught:
        verify_receipt(entry, receipt, policy)
    return str(caught.value)


class TestTheFile:
    def test_it_is_read_in_ten_minutes(self):
        assert len(FILE.read_text(encoding="utf-8").splitlines()) <= 300

    def test_python_3_10_can_read_it(self):
        assert ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 10)).body

    def test_it_imports_only_what_python_brings(self):
        nodes = list(ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))))
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
        assert {node.level for node in nodes if isinstance(node, ast.ImportFrom)} == {0}

    def test_every_refusal_has_its_sentence(self):
        nodes = ast.walk(ast.parse(FILE.read_text(encoding="utf-8")))
        calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        codes = {call.args[1].value for call in calls if call.func.id == "require"}
        codes |= {
            call.args[0].value
            for call in calls
            if call.func.id == "Refused"
            and call.args[0] is not None
            and isinstance(call.args[0], ast.Constant)
        }
        assert codes == set(verify_record.SENTENCES)

    def test_the_vectors_are_what_the_script_writes(self):
        kept = {
            str(path.relative_to(VECTORS)): path.read_bytes() for path in VECTORS.rglob("*") if path.is_file()
        }
        assert kept == vectors()

    def test_a_receipt(self):
        done = run("receipt", VECTORS / "2.json", VECTORS / "2.tlog-proof", "--policy", VECTORS / "policy")
        assert (done.returncode, done.stderr) == (0, "")
        assert "VERIFIED · VERIFICADO" in done.stdout
        assert ORIGIN in done.stdout
        assert "index (from 0) · índice (desde 0): 2" in done.stdout
        assert "firma conjunta: us, 2026-11-18 11:06:40 UTC" in done.stdout
        assert "firma conjunta: mx, 2026-11-18 11:06:40 UTC" in done.stdout

    def test_a_log(self):
        done = run("log", VECTORS, "--policy", VECTORS / "policy")
        assert (done.returncode, done.stderr) == (0, "")
        assert "size · tamaño: 5" in done.stdout
        assert "index" not in done.stdout

    def test_a_refusal_is_said_in_both_languages(self):
        done = run("receipt", VECTORS / "policy", VECTORS / "2.tlog-proof", "--policy", VECTORS / "policy")
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout == (
            "REFUSED: The hashes do not lead to the signed root.\n"
            "RECHAZADO: Los hashes no llevan a la raíz firmada.\n"
        )

    @pytest.mark.parametrize(
        "words", [[], ["log"], ["log", "x"], ["log", "x", "policy", "y"], ["prove", *"abc"]]
    )
    def test_wrong_use(self, words):
        done = run(*words)
        assert (done.returncode, done.stderr) == (2, "")
        assert "python verify_record.py receipt ENTRY.json" in done.stdout

    @pytest.mark.parametrize("missing", ["2.json", "2.tlog-proof", "policy"])
    def test_a_file_that_is_not_there(self, missing, tmp_path):
        names = [
            VECTORS / name if name != missing else tmp_path / name
            for name in ("2.json", "2.tlog-proof", "policy")
        ]
        done = run("receipt", *names[:2], "--policy", names[2])
        assert (done.returncode, done.stderr) == (1, "")
        assert missing in done.stdout

    def test_a_terminal_that_knows_no_accents(self):
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, FILE, "log", VECTORS, "--policy", VECTORS / "policy"]
        done = subprocess.run(command, check=False, capture_output=True, env=environment)
        assert done.returncode == 0
        assert b"VERIFIED" in done.stdout


class TestTree:
    def test_the_roots_of_rfc_6962(self):
        known = json.loads((VECTORS.parent / "rfc6962.json").read_text(encoding="utf-8"))
        leaves = [verify_record.sha256(b"\0", bytes.fromhex(leaf)) for leaf in known["leaves"]]
        roots = [verify_record.tree(leaves[:size]).hex() for size in range(1, 9)]
        assert roots == known["roots"][1:]

    @pytest.mark.skipif(not CASES, reason="HLED_CASES is not set: the outside vectors are not here")
    def test_the_roots_among_the_outside_vectors(self):
        known = json.loads((Path(CASES) / "record_vectors" / "rfc6962_8_leaf_roots.json").read_text())
        leaves = [verify_record.sha256(b"\0", bytes.fromhex(leaf)) for leaf in known["leaves_hex"]]
        for size in range(1, 9):
            assert verify_record.tree(leaves[:size]).hex() == known["root_hex_by_tree_size"][str(size)]

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 65])
    def test_every_place_of_a_small_log(self, size):
        log = SmallLog([b"entry %d" % n for n in range(size)], [LOG])
        policy = f"log {LOG.vkey}\nquorum none\n".encode()
        for index in range(size):
            assert verify_receipt(log.entries[index], log.receipt(index), policy).index == index

    @pytest.mark.parametrize("case", ["tests/record/vectors", CASES and "outside"])
    def test_the_worked_example_of_signed_note(self, case):
        if not case:
            pytest.skip("HLED_CASES is not set: the outside vectors are not here")
        path = VECTORS.parent / "signed_note.json"
        if case == "outside":
            path = Path(CASES) / "record_vectors" / "c2sp_signed_note_example.json"
        example = json.loads(path.read_text(encoding="utf-8"))
        vkey = example.get("verifier") or example["verifier_key"]
        policy = verify_record.Policy(f"log {vkey}\nquorum none\n".encode())
        (key,) = policy.keys.values()
        signature = verify_record.read_base64(example["note"].split(" ")[-1].strip(), (68,))
        assert verify_record.check_signature(key, "foo", example["text"], signature[4:]) == 0
        with pytest.raises(Refused, match="The signature of foo does not match"):
            verify_record.check_signature(key, "foo", example["text"] + "x", signature[4:])


class TestReceipts:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"c2sp.org/tlog-proof@v1\n", b""),
            (b"c2sp.org/tlog-proof@v1\n", b"c2sp.org/tlog-proof@v2\n"),
            (b"c2sp.org/tlog-proof@v1\n", b"c2sp.org/tlog-proof@v1\r\n"),
            (b"@v1\n", b"@v1\n\n"),
            (b"@v1\n", b"@v1\nc2sp.org/tlog-proof@v1\n"),
            (b"index 2", b"extra \nindex 2"),
            (b"index 2", b"extra AB==\nindex 2"),
            (b"index 2", b"extra AA==\nextra AA==\nindex 2"),
            (b"index 2", b"index 02"),
            (b"index 2", b"index +2"),
            (b"index 2", b"index -1"),
            (b"index 2", b"index 2 "),
            (b"index 2", b"index  2"),
            (b"index 2", b"Index 2"),
            (b"index 2", "index ２".encode()),
            (b"index 2", b"index 5"),
            (b"index 2", b"index 99999999999999999999999"),
            (b"index 2", b"index 1"),
            (b"index 2\n", b""),
            (b"index 2\n", b"index 2\nindex 2\n"),
            (b"index 2\n", b"index 2\n" + b"A" * 43 + b"=\n"),
            (b"index 2\n", b"index 2\n" + (b"A" * 43 + b"=\n") * 64),
            (b"index 2\n", b"index 2\nAAAA\n"),
            (b"\n\ndemonstration", b"\ndemonstration"),
            (b"\n\ndemonstration", b"\n\n\ndemonstration"),
        ],
    )
    def test_a_malformed_head_is_refused(self, old, new):
        log = SmallLog()
        said = refused(log.entries[2], in_place(log, old, new))
        assert said.startswith("REFUSED: ")
        assert "\nRECHAZADO: " in said

    def test_extra_data_is_let_pass(self):
        log = SmallLog()
        receipt = in_place(log, b"index 2", b"extra dGV4dA==\nindex 2")
        assert verify_receipt(log.entries[2], receipt, POLICY).index == 2

    def test_hashes_in_place_of_an_entry_are_no_entry(self):
        log = SmallLog()
        pair = b"\1" + log.leaves[2] + log.leaves[3]
        assert "signed root" in refused(pair, log.receipt(2))

    def test_an_entry_is_never_larger_than_a_bundle_can_hold(self):
        largest, larger = bytes(65_535), bytes(65_536)
        log = SmallLog([b"", largest])
        assert verify_receipt(b"", log.receipt(0), POLICY).index == 0
        assert verify_receipt(largest, log.receipt(1), POLICY).index == 1
        leaf = hashlib.sha256(b"\0" + larger).digest()
        object.__setattr__(log, "leaves", [log.leaves[0], leaf])
        assert "signed root" in refused(larger, log.receipt(1))

    def test_oversize_files_are_refused_at_once(self):
        log = SmallLog()
        for receipt in (log.receipt(2) + b"\n" * 9_000_000, b"\n" * 9_000_000, b"A" * 9_000_000):
            before = time.perf_counter()
            refused(log.entries[2], receipt)
            assert time.perf_counter() - before < 2

    @given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 900))
    def test_anything_else_is_refused_with_a_sentence(self, data, start, end):
        log = SmallLog()
        receipt = log.receipt(2)
        other = receipt[:start] + data + receipt[end:]
        if other != receipt:
            refused(log.entries[2], other)
        refused(log.entries[2], data)
        with pytest.raises(Refused):
            verify_receipt(log.entries[2], receipt, data)


class TestSignatures:
    def line(self, name: str, data: bytes) -> bytes:
        return f"— {name} ".encode() + base64.b64encode(data) + b"\n"

    def check(self, checkpoint: bytes, policy: bytes = POLICY) -> verify_record.Verified:
        return read_checkpoint(checkpoint, verify_record.Policy(policy))

    def refusal(self, checkpoint: bytes, policy: bytes = POLICY) -> str:
        with pytest.raises(Refused) as caught:
            self.check(checkpoint, policy)
        return str(caught.value)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("\n5\n", "\n05\n"),
            ("\n5\n", "\n-5\n"),
            ("\n5\n", "\n5 \n"),
            ("\n5\n", "\n٥\n"),
            ("\n5\n", "\n5\n\n"),
            ("ORIGIN", ""),
            ("ORIGIN\n", ""),
            ("ORIGIN", "ORIGIN\t"),
            ("ORIGIN", "\x7f\n"),
            ("ROOT", ""),
            ("ROOT", "ROOT\nan extension line"),
            ("— us", "- us"),
            ("— us", "—  us"),
            ("— us", "—\xa0us"),
            ("— us", "\n— us"),
            ("— us.invalid/w ", "— us.invalid/w\t"),
            ("— us.invalid/w", "— us.invalid/w+"),
            ("— us.invalid/w", "—"),
            ("— us.invalid/w", "AAAAAAAA\n— us.invalid/w"),
            ("— us.invalid/w", "— x AAAAAA==\n— us.invalid/w"),
            ("— us.invalid/w", "— x AAAAAAB=\n— us.invalid/w"),
            ("— us.invalid/w", "— x \n— us.invalid/w"),
        ],
    )
    def test_a_malformed_checkpoint_is_refused(self, old, new):
        log = SmallLog()
        root = log.body.split("\n")[2]
        known = {"ORIGIN": ORIGIN, "ROOT": root}
        for word, meaning in known.items():
            old, new = old.replace(word, meaning), new.replace(word, meaning)
        text = log.checkpoint.decode()
        assert old in text
        assert "malformed" in self.refusal(text.replace(old, new, 1).encode())

    @pytest.mark.parametrize(
        "body", ["O\n05\nR\n", "O\n5\nR\nextension\n", "O\n5\nAAAA\n", "O\n5\n", "\n5\nR\n", "O\n5\nR\n\nx\n"]
    )
    def test_a_malformed_checkpoint_is_refused_also_where_all_have_signed_it(self, body):
        root = SmallLog().body.split("\n")[2]
        body = body.replace("O", ORIGIN).replace("R", root)
        lines = "".join(signer.line(body) for signer in (LOG, US, MX))
        assert "malformed" in self.refusal(f"{body}\n{lines}".encode())

    def test_signatures_of_unknown_keys_say_nothing(self):
        log = SmallLog()
        others = (
            self.line("x", b"\0" * 5)
            + self.line(ORIGIN, b"\0" * 70)
            + Signer("other").line(log.body).encode()
        )
        found = self.check(log.checkpoint + others)
        assert found == self.check(log.checkpoint)
        assert found.cosigned == {"us": AT, "mx": AT}

    def test_a_wrong_signature_of_a_known_key_is_refused_even_where_nobody_asks_for_it(self):
        policy = f"{BOTH}quorum us\n".encode()
        log = SmallLog(signers=(LOG, US))
        assert self.check(log.checkpoint, policy).cosigned == {"us": AT}
        wrong = self.line(MX.name, MX.key_id + bytes(72))
        assert "The signature of mx.invalid/w does not match" in self.refusal(log.checkpoint + wrong, policy)

    def test_the_time_of_a_cosignature_is_signed(self):
        log = SmallLog(signers=(LOG, US))
        signature = base64.b64decode(MX.line(log.body).split(" ")[2])
        later = self.line(MX.name, signature[:11] + bytes([signature[11] ^ 1]) + signature[12:])
        assert "does not match" in self.refusal(log.checkpoint + later)
        for at in (253_402_300_800, 2**63, 2**64 - 1):
            assert "does not match" in self.refusal(log.checkpoint + MX.line(log.body, at).encode())
        assert self.check(log.checkpoint + MX.line(log.body, 0).encode()).cosigned == {"us": AT, "mx": 0}

    def test_the_log_itself_must_have_signed(self):
        for signers in ((US, MX), (US, MX, Signer("other.invalid", 1)), (US, MX, Signer(ORIGIN, 4))):
            assert "No log of the policy signed this" in self.refusal(SmallLog(signers=signers).checkpoint)

    def test_another_log_of_the_policy_cannot_sign_for_this_one(self):
        other = Signer("other.invalid/record", 1)
        policy = f"log {other.vkey}\n".encode() + POLICY
        assert "No log of the policy" in self.refusal(SmallLog(signers=(other, US, MX)).checkpoint, policy)
        assert self.check(SmallLog(signers=(LOG, other, US, MX)).checkpoint, policy).origin == ORIGIN

    def test_nobody_signs_twice(self):
        log = SmallLog(signers=(LOG, US, MX, MX))
        assert "malformed" in self.refusal(log.checkpoint)

    def test_ml_dsa_is_reported_and_never_counts(self):
        policy = BOTH.encode() + f"witness us-pq {PQ.vkey}\nquorum governments\n".encode()
        found = self.check(SmallLog(signers=(LOG, US, MX, PQ)).checkpoint, policy)
        assert (found.unchecked, [*found.cosigned]) == (["us-pq"], ["us", "mx"])
        assert "us-pq (ML-DSA-44)" in str(found)
        asked = BOTH.encode() + f"witness us-pq {PQ.vkey}\nquorum us-pq\n".encode()
        assert "Cosignatures are missing" in self.refusal(
            SmallLog(signers=(LOG, US, MX, PQ)).checkpoint, asked
        )
        short = SmallLog().checkpoint + self.line(PQ.name, PQ.key_id + bytes(2427))
        assert "does not match" in self.refusal(short, policy)

    def test_so_many_signatures_and_no_more(self):
        log = SmallLog()
        more = b"".join(self.line(f"x{n}", bytes(68)) for n in range(61))
        assert self.check(log.checkpoint + more).size == 5
        assert "malformed" in self.refusal(log.checkpoint + more + self.line("y", bytes(68)))
