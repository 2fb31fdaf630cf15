"""The single-file verifier on whole logs and policies: every changed byte, every missing file, every rule."""

import base64
import time
from functools import lru_cache
from pathlib import Path

import pytest

from hled.record import verify_record
from hled.record.errors import RecordError
from hled.record.log_files import LogWriter, read_folder
from hled.record.notes import Algorithm, SigningKey
from hled.record.policies import Policy
from hled.record.proofs import Receipt
from hled.record.tiles import TileReader
from hled.record.verify_record import Refused, read_checkpoint, verify_log, verify_receipt
from tests.record.small_log import (
    AT,
    BOTH,
    LOG,
    MX,
    ORIGIN,
    POLICY,
    PQ,
    US,
    Signer,
    SmallLog,
    audit_path,
    tree_head,
)

ALONE = f"log {LOG.vkey}\nquorum none\n".encode()

MEMBERS = {name: Signer(f"{name}.invalid") for name in ("x1", "x2", "x3", "y1", "y2", "y3")}
NESTED = (
    f"# who must have seen it\n \t log\t{LOG.vkey}  \n\n"
    + "".join(f"witness {name} {key.vkey} https://{name}.invalid/add\n" for name, key in MEMBERS.items())
    + "group xs 2 x1 x2 x3\ngroup ys any y1 y2 y3\ngroup both all xs ys\nquorum both"
)
# {us} and the like stand for keys, US and LOG for whole lines.
NO_POLICIES = [
    "",
    "quorum",
    "quorum nobody",
    "quorum none\nquorum none",
    "quorum none none",
    "log",
    "log x\nquorum none",
    "LOG\x00\nquorum none",
    "US\r\nquorum us",
    "quorum us\nUS",
    "US US2",
    "US\nUS\nquorum us",
    "US\nwitness mx {us}\nquorum us",
    "witness none {us}\nquorum none",
    "witness us {log}\nquorum none",
    "log {us}\nquorum none",
    "log {pq}\nquorum none",
    "witness us {upper}\nquorum none",
    "witness us {altered}\nquorum none",
    "witness us {spelled}\nquorum none",
    "witness us {us} url more\nquorum us",
    "US\ngroup g 0 us\nquorum g",
    "US\ngroup g 2 us\nquorum g",
    "US\ngroup g 01 us\nquorum g",
    "US\ngroup g most us\nquorum g",
    "US\ngroup g all\nquorum g",
    "US\ngroup g all us us\nquorum g",
    "US\ngroup g all mx\nquorum g",
    "US\ngroup g any g us\nquorum g",
    "US\ngroup us all us\nquorum us",
    "US\ngroup g all none\nquorum g",
    "US\ngroup g all us\ngroup h all us\nquorum g",
    "US\ngroup none all us\nquorum none",
    "US\nwitnesses us\nquorum us",
    "US\nquorum us # comment",
    "US\u00a0\nquorum us",
    "\n" * 1000 + "quorum none",
    "# " + "x" * 1_000_000 + "\nquorum none",
]


def spelled_out(text: str) -> bytes:
    known = {
        "{us}": US.vkey,
        "{log}": LOG.vkey,
        "{pq}": PQ.vkey,
        "{upper}": US.vkey.replace(US.key_id.hex(), US.key_id.hex().upper()),
        "{altered}": US.vkey.replace(US.key_id.hex(), "00000000"),
        "{spelled}": f"{US.vkey}=",
        "US": f"witness us {US.vkey}",
        "LOG": f"log {LOG.vkey}",
    }
    for word, meaning in known.items():
        text = text.replace(word, meaning)
    return text.encode()


KEYS = {
    "log": SigningKey(ORIGIN, Algorithm.ED25519, bytes(32)),
    "us": SigningKey("us.invalid/w", Algorithm.COSIGNATURE_ED25519, b"u" * 32),
    "us-pq": SigningKey("us.invalid/w", Algorithm.COSIGNATURE_MLDSA44, b"u" * 32),
}
KEYS_POLICY = (
    f"log {KEYS['log'].verifier}\nwitness us {KEYS['us'].verifier}\n"
    f"witness us-pq {KEYS['us-pq'].verifier}\nquorum us\n"
).encode()


def refusal(folder: Path, policy: bytes = POLICY) -> str:
    with pytest.raises(Refused) as caught:
        verify_log(folder, policy)
    return str(caught.value)


@pytest.fixture
def _quick_signatures(monkeypatch):
    """Each signature is checked once, however often the same bytes come back."""
    monkeypatch.setattr(verify_record, "ed25519_holds", lru_cache(None)(verify_record.ed25519_holds))


def changes(data: bytes, masks: tuple[int, ...], step: int = 1):
    """Every copy of `data` with one byte changed, and with one byte more or less."""
    for place in range(0, len(data), step):
        for mask in masks:
            yield data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
        yield data[:place] + data[place + 1 :]
        yield data[:place] + data[place : place + 1] + data[place:]
    yield data + b"\n"
    yield data + b"\0"


def check_every_change(folder: Path, masks: tuple[int, ...], step: int) -> int:
    log = SmallLog([b"one", b"", b"three"])
    log.write(folder)
    assert verify_log(folder, POLICY).size == 3
    tried = 0
    for name, data in log.files().items():
        for changed in changes(data, masks, step):
            if changed != data:
                (folder / name).write_bytes(changed)
                assert refusal(folder)
                tried += 1
        (folder / name).write_bytes(data)
    entry, receipt = log.entries[2], log.receipt(2)
    others = [(entry, changed) for changed in changes(receipt, masks, step) if changed != receipt]
    others += [(changed, receipt) for changed in changes(entry, masks) if changed != entry]
    for pair in others:
        with pytest.raises(Refused):
            verify_receipt(*pair, POLICY)
    return tried + len(others)


@pytest.mark.usefixtures("_quick_signatures")
class TestChanges:
    def test_changed_bytes_are_refused(self, tmp_path):
        assert check_every_change(tmp_path, (1,), step=5) > 500

    @pytest.mark.slow
    def test_every_changed_byte_is_refused(self, tmp_path):
        assert check_every_change(tmp_path, tuple(1 << bit for bit in range(8)), step=1) > 10_000

    def test_every_missing_file_is_named(self, tmp_path):
        log = SmallLog([b"%d" % n for n in range(300)])
        log.write(tmp_path)
        for name, data in log.files().items():
            (tmp_path / name).unlink()
            assert f"{name.split('.p/')[0]} is missing" in refusal(tmp_path)
            (tmp_path / name).mkdir()
            assert "is missing" in refusal(tmp_path)
            (tmp_path / name).rmdir()
            (tmp_path / name).write_bytes(data)
        assert verify_log(tmp_path, POLICY).size == 300

    def test_entries_that_moved_between_bundles_and_tiles_are_refused(self, tmp_path):
        log = SmallLog([b"a", b"b", b"c"])
        files = log.write(tmp_path) and log.files()
        swapped = SmallLog([b"b", b"a", b"c"]).files()
        for name in ("tile/entries/000.p/3", "tile/0/000.p/3"):
            (tmp_path / name).write_bytes(swapped[name])
            assert "does not match" in refusal(tmp_path)
            (tmp_path / name).write_bytes(files[name])
        for name in ("tile/entries/000.p/3", "tile/0/000.p/3"):
            (tmp_path / name).write_bytes(swapped[name])
        assert "signed root" in refusal(tmp_path)


class TestShapes:
    @pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, 700])
    def test_logs_of_every_shape(self, size, tmp_path):
        log = SmallLog([b"%d" % n for n in range(size)], [LOG])
        log.write(tmp_path)
        found = verify_log(tmp_path, ALONE)
        assert (found.size, found.root, found.index, found.cosigned) == (
            size,
            tree_head(log.leaves),
            None,
            {},
        )
        assert "not cosigned · sin firma conjunta" in str(found)

    def test_three_levels_of_tiles(self, tmp_path):
        """The worked example of tlog-tiles: 70,000 entries, 273 full tiles, then 112, 17 and 1."""
        root = LogWriter(tmp_path).extend(b"%d" % n for n in range(70_000)).root()
        body = f"{ORIGIN}\n70000\n{base64.b64encode(root).decode()}\n"
        (tmp_path / "checkpoint").write_text(f"{body}\n{LOG.line(body)}", encoding="utf-8")
        assert {path.name for path in (tmp_path / "tile").iterdir()} == {"entries", "0", "1", "2"}
        before = time.perf_counter()
        assert verify_log(tmp_path, ALONE).root == root
        assert time.perf_counter() - before < 5
        for name in ("tile/2/000.p/1", "tile/1/000.p/17", "tile/1/001.p/17", "tile/1/000", "tile/0/272"):
            if (tmp_path / name).exists():
                data = (tmp_path / name).read_bytes()
                (tmp_path / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
                assert f"{name} is missing, damaged" in refusal(tmp_path, ALONE)
                (tmp_path / name).write_bytes(data)

    def test_a_full_tile_may_stand_where_a_partial_one_was_deleted(self, tmp_path):
        entries = [b"%d" % n for n in range(300)]
        SmallLog(entries).write(tmp_path)
        (tmp_path / "checkpoint").write_bytes(SmallLog(entries[:200]).checkpoint)
        assert verify_log(tmp_path, POLICY).size == 200
        for name in ("tile/0/000", "tile/entries/000"):
            data = (tmp_path / name).read_bytes()
            (tmp_path / name).write_bytes(data[:-1])
            assert "damaged" in refusal(tmp_path)
            (tmp_path / name).write_bytes(data)

    def test_a_log_that_is_much_longer_than_its_files(self, tmp_path):
        body = f"{ORIGIN}\n{10**14}\n{base64.b64encode(bytes(32)).decode()}\n"
        (tmp_path / "checkpoint").write_text(f"{body}\n{LOG.line(body)}", encoding="utf-8")
        assert "tile/entries/000 is missing" in refusal(tmp_path, ALONE)

    def test_the_path_of_a_tile(self, tmp_path):
        (tmp_path / "tile/0/x001/x234").mkdir(parents=True)
        (tmp_path / "tile/0/x001/x234/067").write_bytes(bytes(8192))
        assert verify_record.read_tile(tmp_path, "0", 1234067, 256)[1] == [bytes(32)] * 256


class TestPolicies:
    """C2SP tlog-policy: what satisfies a quorum, and what is no policy."""

    @pytest.mark.parametrize(
        ("cosigners", "reached"),
        [
            ("x1 x2 y1", True),
            ("x3 x2 y3", True),
            ("x1 x2 x3 y1 y2 y3", True),
            ("x1 x2", False),
            ("x1 y1 y2 y3", False),
            ("y1", False),
            ("", False),
        ],
    )
    def test_nested_groups(self, cosigners, reached):
        checkpoint = SmallLog(signers=(LOG, *(MEMBERS[name] for name in cosigners.split()))).checkpoint
        policy = verify_record.Policy(NESTED.encode())
        if reached:
            assert [*read_checkpoint(checkpoint, policy).cosigned] == cosigners.split()
        else:
            with pytest.raises(Refused, match="Cosignatures are missing"):
                read_checkpoint(checkpoint, policy)

    @pytest.mark.parametrize("text", NO_POLICIES)
    def test_what_is_no_policy(self, text):
        with pytest.raises(Refused, match="REFUSED"):
            verify_record.Policy(spelled_out(text))
        with pytest.raises(RecordError):
            Policy.parse(spelled_out(text))

    def test_names_are_octets(self):
        policy = (
            f"witness \u212a {US.vkey}\nwitness K {MX.vkey}\n".encode()
            + b"group \xff all \xe2\x84\xaa K\nquorum \xff\n"
        )
        assert verify_record.Policy(policy).quorum == "\udcff"


class TestWithTheProject:
    """What the project writes is accepted, and both agree on what it means."""

    @pytest.mark.parametrize("size", [1, 2, 255, 256, 1_000])
    def test_a_log_and_its_receipts(self, size, tmp_path):
        entries = [b"entry %d" % n for n in range(size)]
        root = LogWriter(tmp_path).extend(entries).root()
        body = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
        lines = "".join(f"{key.sign(body, AT).line}\n" for key in KEYS.values())
        (tmp_path / "checkpoint").write_text(f"{body}\n{lines}", encoding="utf-8")
        found = verify_log(tmp_path, KEYS_POLICY)
        assert (found.root, found.cosigned, found.unchecked) == (root, {"us": AT}, ["us-pq"])
        reader = TileReader(read_folder(tmp_path), size)
        leaves = [verify_record.sha256(b"\0", entry) for entry in entries]
        for index in {0, size // 2, size - 1}:
            assert reader.inclusion_proof(index) == tuple(audit_path(index, leaves))
            head = "\n".join(
                ["c2sp.org/tlog-proof@v1", f"index {index}"]
                + [base64.b64encode(item).decode() for item in reader.inclusion_proof(index)]
            )
            receipt = head.encode() + b"\n\n" + (tmp_path / "checkpoint").read_bytes()
            assert verify_receipt(entries[index], receipt, KEYS_POLICY).index == index
            accepted = Receipt.parse(receipt).verify(entries[index], Policy.parse(KEYS_POLICY))
            assert accepted.cosigned == {"us": AT, "us-pq": AT}

    def test_the_project_accepts_the_vectors(self):
        log = SmallLog()
        accepted = Receipt.parse(log.receipt(2)).verify(log.entries[2], Policy.parse(POLICY))
        assert accepted.cosigned == {"us": AT, "mx": AT}

    @pytest.mark.parametrize(
        "text", [NESTED, f"{BOTH}quorum governments", f"{BOTH}quorum none", "quorum none"]
    )
    def test_both_read_the_same_policies(self, text):
        ours, theirs = verify_record.Policy(text.encode()), Policy.parse(text.encode())
        assert ours.quorum == theirs.quorum
        assert ours.groups == {group.name: (group.needed, [*group.members]) for group in theirs.groups}
        assert set(ours.keys) == {(key.name, key.key_id) for key in theirs.keys}
