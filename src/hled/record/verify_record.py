"""Check a receipt or a whole log of the dialogue's public record: one file, Python's own library alone.

It serves the promise of transparency under every line of the work plan: nobody has to trust a server, nor
the program that wrote the record (this file imports nothing of it). Read it, then run it, Python 3.10 on:

    python verify_record.py receipt ENTRY.json RECEIPT.tlog-proof --policy POLICY
    python verify_record.py log FOLDER --policy POLICY

POLICY holds the keys that you trust and the cosignatures that you ask for; get it from whom you trust. Exit
status: 0 verified, 1 refused, 2 wrong use. Formats: RFC 6962, RFC 8032, c2sp.org/tlog-proof, tlog-tiles, ...
"""

import base64
import hashlib
import re
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

SENTENCES = {  # why something is refused
    "format": ("This was altered or is malformed: {what}", "Esto fue alterado o está mal formado: {what}"),
    "policy": ("The policy is wrong at: {what}", "La política es errónea en: {what}"),
    "signature": ("The signature of {what} does not match.", "La firma de {what} no coincide."),
    "log": ("No log of the policy signed this: {what}", "Ninguna bitácora de la política firmó esto: {what}"),
    "cosigned": ("Cosignatures are missing; there are: {what}", "Faltan firmas conjuntas; hay: {what}"),
    "file": ("{what} is missing, damaged or does not match.", "{what} falta, está dañado o no coincide."),
    "root": ("The hashes do not lead to the signed root.", "Los hashes no llevan a la raíz firmada."),
}
LOG, COSIGNER, COSIGNER_MLDSA = 1, 4, 6  # types of keys; Python's own library cannot check ML-DSA-44
MAX_TEXT, MAX_ENTRY, MAX_SIGNATURES, WIDTH = 1_000_000, 65_535, 64, 256
NUMBER = "(0|[1-9][0-9]{0,14})"  # one spelling for each value, so that no altered byte goes unseen
NAME = r"([^\s+\0-\x20\x7f\ud800-\udfff]{1,255})"  # of a key, in 255 bytes; a log's is its origin


class Refused(Exception):
    """What was given does not verify; the message says why in English and Spanish."""

    def __init__(self, code: str, what: object = "") -> None:
        super().__init__("REFUSED: {}\nRECHAZADO: {}".format(*SENTENCES[code]).format(what=what))


def require(holds: object, code: str, what: object = "") -> None:
    """Refuse with the sentence `code` unless `holds`."""
    if not holds:
        raise Refused(code, what)


def sha256(*parts: bytes) -> bytes:
    """Hash the parts as one; in the tree a leaf is 0 || entry, a node 1 || left || right (RFC 6962)."""
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519. A point of the curve is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z, all modulo P.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]


def add(p: Point, q: Point) -> Point:
    """Add two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(factor: int, point: Point) -> Point:
    """Add a point to itself, `factor` times in all."""
    total = (0, 1, 1, 0)
    while factor:
        total = add(total, point) if factor & 1 else total
        point, factor = add(point, point), factor >> 1
    return total


def decode(data: bytes) -> Point | None:
    """Read a point: 32 bytes, y and the sign of x; None where they are no point in its only spelling."""
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or x * x % P != square or (sign and not x):
        return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)


def ed25519_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether `signature` = R || S is by `public` over `message`: whether S·B = R + k·A."""
    base, key, r = decode(b"\x58" + b"\x66" * 31), decode(public), decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if not base or not key or not r or len(signature) != 64 or s >= ORDER or not multiply(8, key)[0]:
        return False  # the last: a key of small order, for which anybody can sign
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = multiply(s, base), add(r, multiply(k, key))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def read_base64(text: str, sizes: range | tuple[int, ...]) -> bytes:
    """Read standard base64 of one of these sizes in bytes, as an encoder writes it, to the last bit."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    require(base64.b64encode(data).decode() == text and len(data) in sizes, "format", ascii(text[:80]))
    return data


class Policy:
    """Whose signatures count: keys by name and key id, groups in their order, the name of the quorum."""

    def __init__(self, data: bytes) -> None:
        self.keys: dict[tuple[str, bytes], tuple[int, bytes, str]] = {}  # type, public key, cosigner's name
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        self._once: list[tuple[str, object]] = [("name", "none"), ("member", "none")]  # no two the same
        lines = data.decode("utf-8", "surrogateescape").split("\n")
        require(re.fullmatch(rb"[\t\n -~\x80-\xff]{,1000000}", data) and not lines[1000:], "policy", "text")
        for line in lines:
            if (words := re.sub("[ \t]+", " ", line).strip(" ")) and not words.startswith("#"):
                self._read(words)
            require(len(self._once) == len(set(self._once)), "policy", line)
        require(self.quorum, "policy", "quorum")

    def _read(self, line: str) -> None:
        if found := re.fullmatch("log ([^ ]+)( [^ ]+)?", line):
            self._add_key(found[1], "", (LOG,))
        elif found := re.fullmatch("witness ([^ ]+) ([^ ]+)( [^ ]+)?", line):
            self._add_key(found[2], found[1], (COSIGNER, COSIGNER_MLDSA))
            self._once.append(("name", found[1]))
        elif found := re.fullmatch("group ([^ ]+) (all|any|[1-9][0-9]{0,5}) (.+)", line):
            members = found[3].split(" ")
            needed = {"all": len(members), "any": 1}.get(found[2]) or int(found[2])
            known = {("name", name) for name in members} <= set(self._once)
            require(known and needed <= len(members), "policy", line)
            self._once += [("name", found[1]), *(("member", name) for name in members)]
            self.groups[found[1]] = (needed, members)
        else:
            self.quorum, known = line[7:], ("name", line[7:]) in self._once and not self.quorum
            require(line.startswith("quorum ") and known, "policy", line)

    def _add_key(self, text: str, label: str, kinds: tuple[int, ...]) -> None:
        name, key_id, material = [*text.split("+", 2), "", ""][:3]
        data = read_base64(material, (33, 1313))
        digest = sha256(name.encode("utf-8", "surrogateescape"), b"\n", data)[:4]
        require(data[0] in kinds and len(data) == {COSIGNER_MLDSA: 1313}.get(data[0], 33), "policy", name)
        named = re.fullmatch(NAME, name) and len(name.encode()) < 256
        require(named and digest.hex() == key_id, "policy", name)
        self.keys[name, digest] = (data[0], data[1:], label)
        self._once.append(("key", data[1:]))


@dataclass(frozen=True)
class Verified:
    """What holds: a log's size and root, who cosigned when (POSIX seconds), and the index of an entry."""

    origin: str
    size: int
    root: bytes
    cosigned: dict[str, int]
    unchecked: list[str]
    index: int | None = None

    def __str__(self) -> str:
        said = f"VERIFIED · VERIFICADO\nlog · bitácora: {self.origin}\nsize · tamaño: {self.size:,}\n"
        said += "" if self.index is None else f"index (from 0) · índice (desde 0): {self.index:,}\n"
        for name, at in self.cosigned.items():
            said += f"cosigned · firma conjunta: {name}, {time.strftime('%F %X UTC', time.gmtime(at))}\n"
        for name in self.unchecked:
            said += f"not checked by this verifier · no revisada por este verificador: {name} (ML-DSA-44)\n"
        return said + ("" if self.cosigned else "not cosigned · sin firma conjunta\n")


def check_signature(key: tuple[int, bytes, str], name: str, text: str, body: bytes) -> int:
    """Check a known key's signature of a checkpoint; return when a cosigner gave it (a log: 0)."""
    at = 0 if key[0] == LOG else int.from_bytes(body[:8], "big")
    message = text if key[0] == LOG else f"cosignature/v1\ntime {at}\n{text}"
    size = {LOG: 64, COSIGNER: 8 + 64, COSIGNER_MLDSA: 8 + 2420}[key[0]]
    holds = key[0] == COSIGNER_MLDSA or ed25519_holds(key[1], message.encode(), body[-64:])
    require(holds and len(body) == size and at < 253_402_300_800, "signature", name)  # the year 10000
    return at


def read_checkpoint(data: bytes, policy: Policy) -> Verified:
    """Check a signed checkpoint: its three lines, each signature by a known key, and the quorum."""
    whole = data[:MAX_TEXT].decode("utf-8", "replace")
    text, _, block = whole.rpartition("\n\n")  # signatures stand after the last empty line
    lines, signatures = re.fullmatch(f"([^\0-\x1f]+)\n{NUMBER}\n(.+)", text), block.split("\n")
    if not lines or whole.encode() != data or signatures.pop() or len(signatures) > MAX_SIGNATURES:
        raise Refused("format", ascii(whole[:80]))
    times: dict[tuple[str, int, str], int] = {}
    for line in signatures:
        parts = re.fullmatch(f"— {NAME} ([^ ]+)", line) or ["", "", ""]
        blob = read_base64(parts[2] if len(parts[1].encode()) < 256 else "", range(5, MAX_TEXT))
        if key := policy.keys.get((parts[1], blob[:4])):  # signatures of unknown keys say nothing
            signer = (parts[1], key[0], key[2])
            require(signer not in times, "format", ascii(line[:80]))
            times[signer] = check_signature(key, parts[1], text + "\n", blob[4:])
    require(any(name == lines[1] and kind == LOG for name, kind, _ in times), "log", ascii(lines[1]))
    cosigned = {label: at for (_, kind, label), at in times.items() if kind == COSIGNER}
    reached = {"none", *cosigned}
    for group, (needed, members) in policy.groups.items():  # a group names only what stands before it
        reached |= {group} if len(reached.intersection(members)) >= needed else set()
    require(policy.quorum in reached, "cosigned", [*cosigned])
    unchecked = [label for _, kind, label in times if kind == COSIGNER_MLDSA]
    return Verified(lines[1], int(lines[2]), read_base64(lines[3], (32,)), cosigned, unchecked)


def verify_receipt(entry: bytes, receipt: bytes, policy: bytes) -> Verified:
    """Check that `entry` stands in the log where the receipt says; else raise Refused."""
    head, _, checkpoint = receipt.partition(b"\n\n")
    form = rf"c2sp\.org/tlog-proof@v1(\nextra (.+))?\nindex {NUMBER}((\n.+)*)"
    parts = re.fullmatch(form, head[:MAX_TEXT].decode("utf-8", "replace"))
    if not parts:
        raise Refused("format", ascii(head[:80]))
    read_base64(parts[2] or "AA==", range(1, MAX_TEXT))  # for applications; no signature covers it
    index, found = int(parts[3]), read_checkpoint(checkpoint, Policy(policy))
    require(index < found.size and len(entry) <= MAX_ENTRY and len(receipt) <= MAX_TEXT, "root")
    root, place, last = sha256(b"\0", entry), index, found.size - 1  # `last`: the row's last place
    for line in parts[4].split("\n")[1:]:
        sibling = read_base64(line, (32,))
        require(last, "root")
        while place == last and not place & 1:  # no neighbour: it moves up as it is
            place, last = place >> 1, last >> 1
        root = sha256(b"\1", sibling, root) if place & 1 else sha256(b"\1", root, sibling)
        place, last = place >> 1, last >> 1
    require(not last and root == found.root, "root")
    return replace(found, index=index)


def tree(row: list[bytes]) -> bytes:
    """Return the root over a row of hashes; an odd last one moves up as it is."""
    while len(row) > 1:
        pairs = [row[at : at + 2] for at in range(0, len(row), 2)]
        row = [sha256(b"\1", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return row[0]


def read_file(folder: Path, name: str = "") -> bytes:
    """Read a file, no more of it than the largest one has."""
    try:
        with (folder / name).open("rb") as file:
            return file.read(WIDTH * (2 + MAX_ENTRY) + 1)
    except OSError:
        raise Refused("file", name or folder) from None


def read_tile(folder: Path, level: str, number: int, width: int) -> tuple[str, list[bytes]]:
    """Return the path of a tile and what it holds; a full one may have taken the place of a partial one."""
    *high, low = f"{number:,}".split(",")  # number 1234067 is x001/x234/067
    path = "/".join(["tile", level, *(f"x{group:0>3}" for group in high), f"{low:0>3}"])
    path += f".p/{width}" if width < WIDTH and (folder / f"{path}.p/{width}").exists() else ""
    data, items, place = read_file(folder, path), [], 0
    while place < len(data):  # an entry stands behind its length in two bytes
        size = 32 if level != "entries" else 2 + int.from_bytes(data[place : place + 2], "big")
        items.append(data[place : place + size])
        place += size
    require(place == len(data) and len(items) == (width if ".p/" in path else WIDTH), "file", path)
    return path, items[:width]


def verify_log(folder: Path, policy: bytes) -> Verified:
    """Check the checkpoint, every entry, every tile of every level, and the root; else raise Refused."""
    found = read_checkpoint(read_file(folder, "checkpoint"), Policy(policy))
    level, count, row, root = 0, found.size, [b""], b""
    while count:
        above = []
        for start in range(0, count, WIDTH):
            number, width = start // WIDTH, min(WIDTH, count - start)
            hashes = row[start : start + width]
            if not level:
                hashes = [sha256(b"\0", item[2:]) for item in read_tile(folder, "entries", number, width)[1]]
            path, tile = read_tile(folder, str(level), number, width)
            require(tile == hashes, "file", path)
            if width == WIDTH:  # a full tile is one hash of the level above
                above.append(tree(hashes))
            else:  # a partial one stands at the right edge, before what is right of the levels below
                root = tree([*hashes, root] if root else hashes)
        level, count, row = level + 1, len(above), above
    require((root or sha256()) == found.root, "root")
    return found


def main(words: list[str]) -> int:
    """Run the command line and return the exit status."""
    status, said = 2, str(__doc__)
    try:
        if len(words) == 5 and (words[0], words[3]) == ("receipt", "--policy"):
            status, said = 0, str(verify_receipt(*(read_file(Path(words[at])) for at in (1, 2, 4))))
        elif len(words) == 4 and (words[0], words[2]) == ("log", "--policy"):
            status, said = 0, str(verify_log(Path(words[1]), read_file(Path(words[3]))))
    except Refused as why:
        status, said = 1, f"{why}\n"
    sys.stdout.buffer.write(said.encode(sys.stdout.encoding, "backslashreplace"))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
