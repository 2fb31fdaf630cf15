"""A client that others wrote verifies our record: Go's x/mod/sumdb, another language, other hands."""

import base64
import subprocess
import time
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from hled.record import verify_record
from hled.record.log_files import LogWriter, read_folder
from hled.record.tiles import TileReader
from hled.record.verify_record import Refused, verify_log, verify_receipt
from tests.outside.go import Client, build
from tests.record import agreed
from tests.record.small_log import BOTH, LOG, MX, ORIGIN, POLICY, PQ, US, VECTORS, Signer, SmallLog

pytestmark = pytest.mark.slow  # it needs Go, which is there for make check

RECEIPT = "receipt.tlog-proof"


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("go"))


@pytest.fixture
def client(program, tmp_path) -> Client:
    return client_of(program, tmp_path, POLICY)


def client_of(program: Path, tmp_path: Path, policy: bytes) -> Client:
    (tmp_path / "policy").write_bytes(policy)
    return Client(program, tmp_path / "policy")


def signed(size: int, root: bytes, signers=(LOG, US, MX)) -> str:
    body = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
    return f"{body}\n" + "".join(signer.line(body) for signer in signers)


def grow(folder: Path, entries, before: int = 0) -> TileReader:
    """Write entries as the project does, sign the checkpoint, and keep a copy of it by its size."""
    writer = LogWriter(folder, size=before)
    root = writer.extend(entries).root()
    for name in ("checkpoint", f"checkpoint-{writer.size}"):
        (folder / name).write_text(signed(writer.size, root), encoding="utf-8")
    return TileReader(read_folder(folder), writer.size)


def spelled(hashes) -> str:
    return "".join(f"{base64.b64encode(item).decode()}\n" for item in hashes)


def test_the_vectors(client):
    said = client.accepts("log", VECTORS)
    assert f"verified: {ORIGIN}, 5 entries\n" in said
    assert "cosigned by us, 2026-11-18T11:06:40Z\n" in said
    assert "entry 2 of 5" in client.accepts("receipt", VECTORS / "2.json", VECTORS / "2.tlog-proof")
    assert "1 proofs are the same" in client.accepts("proofs", VECTORS, VECTORS / "2.tlog-proof")


@pytest.mark.parametrize("words", [[], ["log"], ["log", "a", "b"], ["receipt", "a"], ["unknown", "a"]])
def test_wrong_use(client, words):
    assert client.run(*words).returncode == 2


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 1_000])
def test_logs_of_the_project(client, tmp_path, size):
    grow(tmp_path, (b"entry %d" % n for n in range(size)))
    assert f"{size} entries" in client.accepts("log", tmp_path)


def test_an_empty_log(client, tmp_path):
    SmallLog([]).write(tmp_path)
    assert "0 entries" in client.accepts("log", tmp_path)
    (tmp_path / "checkpoint").write_text(signed(0, bytes(32)), encoding="utf-8")
    assert "root of an empty log" in client.refuses("log", tmp_path)


@pytest.mark.parametrize("size", [1, 7, 300])
def test_every_inclusion_proof_is_the_same(client, tmp_path, size):
    reader = grow(tmp_path, (b"entry %d" % n for n in range(size)))
    ours = "".join(f"index {index}\n{spelled(reader.inclusion_proof(index))}\n" for index in range(size))
    assert client.accepts("prove", tmp_path, "all") == ours


def test_receipts_stay_the_same_when_the_log_grows(client, tmp_path):
    entries = [b"entry %d" % n for n in range(700)]
    sizes, receipts = (3, 200, 256, 300, 511, 700), []
    for before, size in pairwise((0, *sizes)):
        reader = grow(tmp_path, entries[before:size], before)
        for index in {0, size // 2, size - 1}:
            receipts.append(tmp_path / f"{size}-{index}.tlog-proof")
            head = f"c2sp.org/tlog-proof@v1\nindex {index}\n{spelled(reader.inclusion_proof(index))}\n"
            receipts[-1].write_text(head + (tmp_path / "checkpoint").read_text("utf-8"), encoding="utf-8")
    assert f"{len(receipts)} proofs are the same" in client.accepts("proofs", tmp_path, *receipts)
    ours = [(old, spelled(TileReader(read_folder(tmp_path), 700).consistency_proof(old))) for old in sizes]
    theirs = client.accepts("consistency", tmp_path, *(tmp_path / f"checkpoint-{size}" for size in sizes))
    assert theirs == "".join(f"old {old}\n{proof}\n" for old, proof in ours)
    (tmp_path / "tile/0/000.p/3").unlink()
    (tmp_path / "tile/entries/000.p/200").unlink()
    assert client.accepts("proofs", tmp_path, *receipts)


def test_a_log_of_a_million_entries_in_ten_seconds(client, tmp_path):
    filler = b"x" * 200
    grow(tmp_path, (b'{"id":"urn:hled:test:%d","text":"%s","v":1}' % (n, filler) for n in range(1_000_000)))
    before = time.perf_counter()
    assert "1000000 entries" in client.accepts("log", tmp_path)
    assert time.perf_counter() - before <= 10


class TestAttacks:
    def test_another_entry_is_named(self, client, tmp_path):
        SmallLog([b"a", b"b", b"c"]).write(tmp_path)
        (tmp_path / "tile/entries/000.p/3").write_bytes(b"\0\1a\0\1x\0\1c")
        assert "entry 1 differs" in client.refuses("log", tmp_path)

    def test_a_split_view_and_a_rewritten_history(self, client, tmp_path):
        grow(tmp_path, [b"%d" % n for n in range(20)])
        for forged in ([b"x"] * 20, [b"x"] * 10):
            other = tmp_path / str(len(forged))
            grow(other, forged)
            assert client.accepts("log", other)
            assert "was changed since" in client.refuses("consistency", tmp_path, other / "checkpoint")

    def test_a_rollback(self, client, tmp_path):
        longer = tmp_path / "longer"
        grow(longer, [b"%d" % n for n in range(20)])
        grow(tmp_path, [b"%d" % n for n in range(10)])
        assert "do not begin" in client.refuses("consistency", tmp_path, longer / "checkpoint")

    def test_a_receipt_for_another_place(self, client, tmp_path):
        log = SmallLog()
        (tmp_path / RECEIPT).write_bytes(log.receipt(2).replace(b"index 2", b"index 3"))
        assert client.refuses("receipt", VECTORS / "2.json", tmp_path / RECEIPT)
        assert client.refuses("proofs", VECTORS, tmp_path / RECEIPT)

    @pytest.mark.parametrize(
        "signers", [(), (LOG,), (LOG, US), (US, MX), (LOG, US, Signer("mx.invalid/w", 1)), (LOG, US, MX, MX)]
    )
    def test_signatures_that_are_not_enough(self, client, tmp_path, signers):
        SmallLog(signers=signers).write(tmp_path)
        assert client.refuses("log", tmp_path)

    def test_a_quorum_of_groups_within_groups(self, program, tmp_path):
        policy = BOTH + f"witness ngo {Signer('ngo').vkey}\ngroup any-of any governments ngo\nquorum any-of\n"
        client = client_of(program, tmp_path, policy.encode())
        for signers, right in (((LOG, US, MX), True), ((LOG, Signer("ngo")), True), ((LOG, US), False)):
            SmallLog(signers=signers).write(tmp_path)
            assert (client.run("log", tmp_path).returncode == 0) == right

    def test_ml_dsa_is_said_to_be_unchecked(self, program, tmp_path):
        policy = f"{BOTH}witness us-pq {PQ.vkey}\nquorum governments\n"
        client = client_of(program, tmp_path, policy.encode())
        SmallLog(signers=(LOG, US, MX, PQ)).write(tmp_path)
        assert "not checked here: us-pq (ML-DSA-44)" in client.accepts("log", tmp_path)


class TestAgreement:
    """Go's verdict and that of the single-file verifier are the same on every changed byte."""

    @pytest.fixture(autouse=True)
    def _quick_signatures(self, monkeypatch):
        """Each signature is checked once, however often the same bytes come back."""
        monkeypatch.setattr(verify_record, "ed25519_holds", lru_cache(None)(verify_record.ed25519_holds))

    def changes(self, data: bytes):
        for place in range(len(data)):
            yield data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            yield data[:place] + data[place + 1 :]
        yield data + b"\n"

    def verdicts(self, done: subprocess.CompletedProcess[str], check) -> tuple[bool, bool]:
        try:
            check()
        except Refused:
            return done.returncode == 0, False
        return done.returncode == 0, True

    def test_on_what_all_verifiers_agree(self, program, tmp_path):
        (tmp_path / "entry").write_bytes(agreed.ENTRY)
        said = {}
        for case in agreed.note_cases():
            client = client_of(program, tmp_path, case.policy.encode())
            (tmp_path / RECEIPT).write_bytes(case.receipt)
            done = client.run("receipt", tmp_path / "entry", tmp_path / RECEIPT)
            if (done.returncode == 0) != case.genuine:
                said[case.name] = done.stderr
        assert said == {}

    def test_on_a_log(self, client, tmp_path):
        log = SmallLog([b"one", b"", b"three"])
        log.write(tmp_path)
        for name, data in log.files().items():
            for changed in self.changes(data):
                (tmp_path / name).write_bytes(changed)
                done = client.run("log", tmp_path)
                assert self.verdicts(done, lambda: verify_log(tmp_path, POLICY)) == (False, False), changed
            (tmp_path / name).write_bytes(data)
        assert client.accepts("log", tmp_path)

    def test_on_a_receipt(self, client, tmp_path):
        log = SmallLog()
        entry = tmp_path / "4.json"
        entry.write_bytes(log.entries[4])
        (tmp_path / RECEIPT).write_bytes(log.receipt(4))
        assert "entry 4 of 5" in client.accepts("receipt", entry, tmp_path / RECEIPT)
        for changed in self.changes(log.receipt(4)):
            (tmp_path / RECEIPT).write_bytes(changed)
            done = client.run("receipt", entry, tmp_path / RECEIPT)
            check = (log.entries[4], changed, POLICY)
            assert self.verdicts(done, lambda check=check: verify_receipt(*check)) == (False, False), changed
