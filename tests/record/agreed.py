"""What every verifier must say of the same receipt: the library, the single file, the browser's and Go's.

One rule holds everywhere; a receipt that some accept and others refuse would prove nothing to anybody.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.record.small_log import AT, BOTH, LOG, MX, ORIGIN, US, Signer, SmallLog, b64

YEAR_10000 = 253_402_300_800
ENTRY = SmallLog().entries[2]


@dataclass(frozen=True)
class Case:
    """A receipt of ENTRY under a policy (of the small log unless said), and whether it is genuine."""

    name: str
    receipt: bytes
    genuine: bool
    policy: str = field(default=BOTH + "quorum governments\n")


def cases() -> tuple[Case, ...]:
    """The whole table."""
    return (*_signatures(), *_times(), *_names(), *_origins(), *_sizes(), *_policies(), *_lengths())


def note_cases() -> tuple[Case, ...]:
    """The part of it that does not turn on how a policy is spelled."""
    return (*_signatures(), *_times(), *_names(), *_origins(), *_sizes())


def unknown(name: str, blob: bytes = b"abcdx") -> str:
    """A signature line by a key that nobody knows."""
    return f"— {name} {b64(blob)}\n"


def _case(name: str, genuine: bool, more: str = "", receipt: bytes = SmallLog().receipt(2)) -> Case:
    return Case(name, receipt + more.encode(), genuine)


def _signatures() -> Iterator[Case]:
    for count in (60, 61, 62, 97, 98, 997):
        lines = "".join(unknown(f"n{number}") for number in range(count))
        yield _case(f"{count + 3} signatures", count <= 61, lines)
    yield _case("a key that signs twice", False, US.line(SmallLog().body, AT + 1))
    yield _case("a key id without a signature", False, unknown("n", b"abcd"))


def _times() -> Iterator[Case]:
    log = SmallLog(signers=(LOG, US))
    for at in (0, 2**31, YEAR_10000 - 1, YEAR_10000, 2**40, 2**62, 2**63 - 1, 2**63, 2**64 - 1):
        yield Case(f"cosigned at {at}", log.receipt(2) + MX.line(log.body, at).encode(), at < YEAR_10000)


def _names() -> Iterator[Case]:
    for name in ("é", "x" * 255, "é" * 127, "a\u200bb", "\ufeffq", "a\u0081b", "🌵"):
        yield _case(f"a stranger called {name[:5]!a}", True, unknown(name))
    wrong = ("", "x" * 256, "x" * 5_000, "é" * 128, "a+b", "a b")
    for name in (*wrong, *(f"a{sign}b" for sign in "\x01\x1c\x7f\x85\xa0\u1680\u2028\u3000\t\r")):
        yield _case(f"a stranger called {name[:5]!a}, {len(name)}", False, unknown(name))


def _origins() -> Iterator[Case]:
    right = ("é/record/us", "x" * 255, "é" * 127, "o\u200bb")
    for origin in (*right, "x" * 256, "é" * 128, "o+b", "o b", "o\x7f", "o\u00a0b", "o\u2028", "o\x85"):
        log = Signer(origin, 1)
        body = SmallLog().body.replace(ORIGIN, origin)
        head = SmallLog().receipt(2).partition(b"\n\n")[0].decode()
        lines = "".join(signer.line(body) for signer in (log, US, MX))
        policy = BOTH.replace(LOG.vkey, log.vkey) + "quorum governments\n"
        name = f"the origin {origin[:5]!a}, {len(origin)}"
        yield Case(name, f"{head}\n\n{body}\n{lines}".encode(), origin in right, policy)


def _sizes() -> Iterator[Case]:
    """Logs that nobody has, with a path that leads to a root made for it."""
    import hashlib

    for size in (10**15 - 1, 10**15, 2**53 - 1, 2**53, 2**62, 2**63 - 1, 2**63, 10**19):
        root, path = hashlib.sha256(b"\0" + ENTRY).digest(), [bytes([level]) * 32 for level in range(64)]
        path = path[: (size - 1).bit_length()]
        for sibling in path:
            root = hashlib.sha256(b"\1" + root + sibling).digest()
        body = f"{ORIGIN}\n{size}\n{b64(root)}\n"
        head = "\n".join(["c2sp.org/tlog-proof@v1", "index 0", *map(b64, path)])
        lines = "".join(signer.line(body) for signer in (LOG, US, MX))
        yield Case(f"{size} entries", f"{head}\n\n{body}\n{lines}".encode(), size < 10**15)
    for index in ("02", "+2", "2 ", "-1", "2.0", "", "٢"):
        receipt = SmallLog().receipt(2).replace(b"index 2", f"index {index}".encode())
        yield _case(f"the index {index!a}", False, receipt=receipt)


def _policies() -> Iterator[Case]:
    end = "quorum governments\n"
    odd = Signer("x" * 256)
    right = (
        BOTH + end + "\n# a word \u00e9\n",
        BOTH.replace("group", "\tgroup") + end,
        BOTH.replace("witness us ", "witness us  ") + end,
        BOTH.replace("all us mx", "2 us mx") + end,
        BOTH.replace(LOG.vkey, LOG.vkey + " http://x") + end,
        BOTH + "quorum none\n",
        BOTH + "quorum us",
        "\n" * 990 + BOTH + end,
        BOTH.replace("witness us ", "witness \u200b+ ").replace("all us", "all \u200b+") + end,
    )
    wrong = (
        "",
        BOTH,
        "\ufeff" + BOTH + end,
        (BOTH + end).replace("\n", "\r\n"),
        BOTH + end + end,
        BOTH.replace("all us mx", "02 us mx") + end,
        BOTH.replace("all us mx", "3 us mx") + end,
        BOTH.replace("all us mx", "10000 us mx") + end,
        BOTH.replace("all us mx", "0 us mx") + end,
        BOTH.replace("us mx", "us us") + end,
        BOTH.replace("group governments", "group us") + end,
        BOTH.replace("log ", "log\u00a0") + end,
        BOTH.replace(LOG.vkey, LOG.vkey + " http://x y") + end,
        BOTH + f"log {LOG.vkey}\n" + end,
        BOTH + f"witness odd {odd.vkey}\n" + end,
        BOTH + f"witness none {Signer('n').vkey}\n" + end,
        BOTH + "group more any governments us\nquorum more\n",
        "# \x7f\n" + BOTH + end,
        BOTH + end + "# \x01\n",
        BOTH + "quorum nobody\n",
        "\n" * 1_000 + BOTH + end,
        BOTH + end + "#" * 1_000_000,
    )
    for genuine, texts in ((True, right), (False, wrong)):
        for number, text in enumerate(texts):
            yield Case(
                f"{'right' if genuine else 'wrong'} policy {number}", SmallLog().receipt(2), genuine, text
            )


def _lengths() -> Iterator[Case]:
    head, _, note = SmallLog().receipt(2).partition(b"\nindex")
    for size in (300_000, 600_000):
        extra = b"\nextra " + base64.b64encode(bytes(size // 4 * 3))
        line = unknown("n", b"abcd" + bytes(size // 4 * 3)).encode()
        yield Case(f"a receipt of {2 * size}", head + extra + b"\nindex" + note + line, size == 300_000)
