"""Proofs in the shell: write the receipt of an entry, and check one without a network or a database.

Checking is a verb of its own beside `verify`: it takes two files instead of a place, needs no node, and
answers another question (this entry is on the record) than `verify` does (this record is whole), so that
neither's output depends on an option. It serves the promise of transparency under every work-plan line.
"""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli.commands import UsageError, Verbs
from hled.cli.output import write, write_json
from hled.language import Bilingual

if TYPE_CHECKING:
    from hled.web.record.queries import Leaf

_JSON: Final = Bilingual("write JSON, in both languages", "escribe JSON, en ambos idiomas")
_SEQ: Final = re.compile(r"[0-9]{1,15}\Z")
_PLACE: Final = re.compile(r"([a-z][a-z0-9-]{0,19})/([0-9]{1,15})\Z")
_URN: Final = "urn:hled:"
_WRITTEN: Final = Bilingual(
    "Entry {index} of {log} ({type}) is proven under {origin}, {size} entries: {state}.\nEntry    {entry}\n"
    "Receipt  {receipt} ({bytes} bytes)",
    "El asiento {index} de {log} ({type}) queda probado bajo {origin}, {size} asientos: {state}.\n"
    "Asiento      {entry}\nComprobante  {receipt} ({bytes} bytes)",
)
_HOW: Final = Bilingual(
    "Anyone verifies it offline: hled record check {entry} {receipt} --policy POLICY",
    "Cualquiera lo verifica sin red: hled record check {entry} {receipt} --policy POLÍTICA",
)


def declare(verbs: Verbs) -> None:
    """Declare the verbs of single entries."""
    command = verbs.add(
        "prove",
        Bilingual("write the receipt of an entry", "escribe el comprobante de un asiento"),
        prove,
    )
    command.argument(
        "which",
        Bilingual(
            "number on this node, LOG/INDEX, or URN of an object (its latest entry)",
            "número en este nodo, BITÁCORA/ÍNDICE o URN de un objeto (su último asiento)",
        ),
    )
    command.value("--out", Bilingual("file of the receipt", "archivo del comprobante"), "FILE")
    command.value(
        "--entry",
        Bilingual("file of the entry's exact bytes", "archivo con los bytes exactos del asiento"),
        "FILE",
    )
    command.switch(
        "--hybrid",
        Bilingual("with the large ML-DSA-44 cosignatures", "con las firmas ML-DSA-44, que son grandes"),
    )
    command = verbs.add(
        "check",
        Bilingual("check a receipt, offline", "comprueba un comprobante, sin red"),
        check,
    )
    command.argument("entry", Bilingual("file of the entry", "archivo del asiento"))
    command.argument("receipt", Bilingual("file of the receipt", "archivo del comprobante"))
    command.value(
        "--policy",
        Bilingual(
            "policy that you trust; this node's if left out", "política de confianza; si falta, la del nodo"
        ),
        "FILE",
    )
    command.switch("--json", _JSON)


def prove(options: argparse.Namespace) -> int:
    """Write the receipt of an entry and the entry itself, after checking them as anybody will."""
    from hled.cli.database import open_database
    from hled.cli.files import save

    open_database()
    from hled.cli.places import home_policy
    from hled.web.record import queries, receipts

    leaf = _found(options.which)
    whole = receipts.receipt(leaf.log, leaf.index)
    receipt = whole if options.hybrid else whole.classic()
    entry, policy = queries.raw(leaf.log, leaf.index), home_policy()
    accepted = receipt.verify(entry, policy)
    proof = Path(options.out or f"{leaf.log}-{leaf.index}.tlog-proof")
    body = Path(options.entry) if options.entry else proof.with_suffix(".json")
    save(receipt.encode().decode(), proof)
    save(entry.decode(), body)
    from hled.record.examining import state_of

    checkpoint = accepted.checkpoint
    said = _WRITTEN.format(
        index=f"{leaf.index:,}",
        log=leaf.log,
        type=leaf.entry.type,
        origin=checkpoint.origin,
        size=f"{checkpoint.size:,}",
        state=state_of(policy).said,
        entry=body,
        receipt=proof,
        bytes=f"{len(receipt.encode()):,}",
    )
    write(said.text(options.language), _HOW.format(entry=body, receipt=proof).text(options.language))
    return 0


def check(options: argparse.Namespace) -> int:
    """Check a receipt against an entry and a policy: 0 genuine, 1 refused."""
    from hled.cli.files import content_of
    from hled.cli.places import home_policy, read_policy
    from hled.record.formats.v1.entry import MAX_BYTES
    from hled.record.proofs import MAX_RECEIPT

    policy = read_policy(options.policy) if options.policy else home_policy()
    entry, receipt = content_of(options.entry, MAX_BYTES), content_of(options.receipt, MAX_RECEIPT)
    from hled.cli.receipts import checked

    found = checked(entry, receipt, policy)
    if options.json:
        write_json(found)
    else:
        write(*found.lines(options.language))
    return 0 if found.ok else 1


def _found(which: str) -> "Leaf":
    """Return the entry that a number, a place or a URN names.

    Raises:
        UsageError: it is none of these, or the record has nothing about the object.
        NoSuchEntryError: the record has no entry there.
    """
    from hled.web.record import queries

    if _SEQ.match(which):
        return queries.leaf(int(which))
    if place := _PLACE.match(which):
        return queries.leaf_at(place[1], int(place[2]))
    if which.startswith(_URN):
        found = queries.latest([which]).get(which)
        if found is not None:
            return found
    raise UsageError(
        Bilingual(
            en="“{which}” names no entry. Write its number, LOG/INDEX (local/12), or the URN of an object of "
            "the record (urn:hled:action:…).",
            es="«{which}» no nombra ningún asiento. Escriba su número, BITÁCORA/ÍNDICE (local/12) o la URN "
            "de un objeto del registro (urn:hled:action:…).",
        ).format(which=which[:80])
    )
