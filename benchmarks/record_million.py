"""A record of a million entries: how quickly it grows, proves and is verified, and how large a receipt is.

The entries are synthetic (contributions of about 450 bytes). Ours is what the record really does: entry,
canonical JSON, leaf hash, tree, tiles and bundles on the disk, and with every 100,000 entries a checkpoint
signed by the log and both governments and brought to the disk. The peer, pymerkle's tree in memory, gets the
finished bytes: no JSON, no files, no signatures. Our proofs read their tiles from the disk, each with a new
reader; the peer's come from memory. Verifiers run in processes of their own; Go's only where it is installed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pymerkle import InmemoryTree
from results import Goal, Result

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.log_files import CHECKPOINT, LogWriter, read_folder
from hled.record.notes import Algorithm, Note, SigningKey, parse_note
from hled.record.objects import write_whole
from hled.record.policies import Group, Log, Policy, Witness
from hled.record.proofs import Receipt
from hled.record.tiles import TileReader

SIZE, STEP, PROOFS = 1_000_000, 100_000, 1_000
OUTSIDE = Path(__file__).parents[1] / "tests/outside"
GOPATH = "/usr/share/gocode"  # where Debian's golang-golang-x-mod-dev puts its sources
KINDS = {
    "log": Algorithm.ED25519,
    "us": Algorithm.COSIGNATURE_ED25519,
    "mx": Algorithm.COSIGNATURE_ED25519,
    "us-pq": Algorithm.COSIGNATURE_MLDSA44,
    "mx-pq": Algorithm.COSIGNATURE_MLDSA44,
}
KEYS = {name: SigningKey.generate(f"demonstration.invalid/{name}", kind) for name, kind in KINDS.items()}
POLICY = Policy(
    (Log(KEYS["log"].verifier),),
    tuple(Witness(name, KEYS[name].verifier) for name in KINDS if name != "log"),
    (Group("governments", 2, ("us", "mx")),),
    "governments",
)
VERIFY = """
import json, re, sys, time
from pathlib import Path
from hled.record.log_files import CHECKPOINT, read_folder
from hled.record.policies import Policy
from hled.record.verify import verify_log
folder = Path(sys.argv[1])
read, policy = read_folder(folder / "log"), Policy.parse((folder / "policy").read_bytes())
started = time.perf_counter()
found = verify_log(read, policy, note=read(CHECKPOINT))
seconds = time.perf_counter() - started
# The highest resident size of this program itself; getrusage would also count the process that started it.
kilobytes = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"entries": found.entries, "seconds": seconds, "megabytes": kilobytes / 1024}))
"""


def act(number: int) -> Entry:
    """Make a synthetic contribution, different from every other."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    text = {"en": f"Waiting times, lane {number % 17}", "es": f"Tiempos de espera, carril {number % 17}"}
    content = {"line": number % 15 + 1, "party": "US", "author": digest, "title": text, "public": True}
    return Entry(
        "contribution.received",
        f"urn:hled:contribution:2026-{number}",
        f"2026-11-23T{number % 24:02}:{number % 60:02}:00Z",
        content,
        digest,
    )


def main() -> None:
    """Build the log beside the peer's tree, then measure what can be done with it."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        (folder / "policy").write_text(POLICY.text)
        root, ours = _append(folder / "log")
        places = list(range(SIZE // PROOFS // 2, SIZE, SIZE // PROOFS))
        theirs, their_proofs = _peer(root, places)
        goal = Goal("absolute", 30_000)
        _write("record_append", "entries/s", ours, goal, peer=theirs)
        read = read_folder(folder / "log")
        our_proofs = _milliseconds(lambda place: TileReader(read, SIZE).inclusion_proof(place), places)
        _write("inclusion_proof", "ms", our_proofs, Goal("absolute", 1), peer=their_proofs)
        _receipts(folder / "log", places)
        _verify(folder)
        _outside(folder)


def _append(folder: Path) -> tuple[bytes, list[float]]:
    """Return the root of the finished log, and entries per second of each step."""
    writer, rates = LogWriter(folder), []
    for start in range(0, SIZE, STEP):
        started = time.perf_counter()
        frontier = writer.extend(encode(act(number)) for number in range(start, start + STEP))
        checkpoint = Checkpoint(KEYS["log"].name, frontier.size, frontier.root())
        write_whole(folder / CHECKPOINT, _signed(checkpoint, ("log", "us", "mx")).encode())
        rates.append(round(STEP / (time.perf_counter() - started)))
    return frontier.root(), rates


def _signed(checkpoint: Checkpoint, names: Iterable[str]) -> Note:
    now = int(time.time())
    return Note(checkpoint.text, tuple(KEYS[name].sign(checkpoint.text, now) for name in names))


def _peer(root: bytes, places: list[int]) -> tuple[list[float], list[float]]:
    """Return the peer's entries per second, and milliseconds per proof."""
    tree, rates = InmemoryTree(algorithm="sha256"), []
    for start in range(0, SIZE, STEP):
        data = [encode(act(number)) for number in range(start, start + STEP)]
        started = time.perf_counter()
        tree.append_entries(data)
        rates.append(round(STEP / (time.perf_counter() - started)))
    if tree.get_root() != root:
        raise SystemExit("the peer computes another root")
    return rates, _milliseconds(lambda place: tree.prove_inclusion(place + 1), places)


def _milliseconds(prove: Callable[[int], object], places: list[int]) -> list[float]:
    """Return the mean of each hundred proofs."""
    samples = []
    for first in range(0, len(places), 100):
        started = time.perf_counter()
        for place in places[first : first + 100]:
            prove(place)
        samples.append(round((time.perf_counter() - started) * 10, 4))
    return samples


def _receipts(folder: Path, places: list[int]) -> None:
    """Measure the largest of many receipts: with Ed25519 signatures, and with all."""
    read = read_folder(folder)
    reader, checkpoint = TileReader(read, SIZE), Checkpoint.parse(parse_note(read(CHECKPOINT)).text)
    hybrid = _signed(checkpoint, KEYS)
    receipts = [Receipt(place, reader.inclusion_proof(place), hybrid) for place in places]
    for receipt, place in zip(receipts[:10], places, strict=False):
        receipt.verify(reader.entry(place), POLICY)
        receipt.classic().verify(reader.entry(place), POLICY)
    small = max(len(receipt.classic().encode()) for receipt in receipts)
    large = max(len(receipt.encode()) for receipt in receipts)
    _write("receipt_size", "bytes", [small], Goal("absolute", 2_048))
    _write("receipt_size_hybrid", "bytes", [large], Goal("absolute", 12_288))


def _verify(folder: Path) -> None:
    """Verify the whole log in processes of their own."""
    times, sizes = [], []
    for _ in range(3):
        command = [sys.executable, "-c", VERIFY, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        if found["entries"] != SIZE:
            raise SystemExit("not every entry was verified")
        times.append(round(found["seconds"], 2))
        sizes.append(round(found["megabytes"], 1))
    _write("record_verify", "s", times, Goal("absolute", 30))
    _write("record_verify_memory", "MB", sizes, Goal("absolute", 500))


def _outside(folder: Path) -> None:
    """Let Go's golang.org/x/mod/sumdb verify the same log."""
    go = shutil.which("go")
    if not go or not Path(GOPATH, "src/golang.org/x/mod/sumdb/tlog").is_dir():
        print("record_verify_go: skipped, Go or golang.org/x/mod is not installed")
        return
    program, times = folder / "verify", []
    settings = {"GO111MODULE": "off", "GOPATH": GOPATH, "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    build = [go, "build", "-o", program, "."]
    subprocess.run(build, check=True, cwd=OUTSIDE, env=os.environ | settings)
    for _ in range(3):
        started = time.perf_counter()
        command = [program, "-policy", folder / "policy", "log", folder / "log"]
        subprocess.run(command, check=True, capture_output=True)
        times.append(round(time.perf_counter() - started, 2))
    _write("record_verify_go", "s", times, Goal("absolute", 10))


def _write(claim: str, unit: str, ours: list[float], goal: Goal, *, peer: list[float] | None = None) -> None:
    Result(
        claim,
        "record",
        unit,
        "higher" if unit.endswith("/s") else "lower",
        ours,
        goal,
        peer,
        "pymerkle, in memory" if peer else None,
        {"kind": "synthetic", "checksum": None},
    ).write()


if __name__ == "__main__":
    main()
