"""What the pages of the record show: rows of lists, an entry with its proof, checkpoints, histories.

It serves the promise of transparency under every work-plan line: the same facts that programs get, in words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from hled.language import Bilingual, Language, PartialDate
from hled.record import encode
from hled.record.redactions import AUTHORITY, BASIS
from hled.web.record import queries, reading, receipts
from hled.web.record.acts import kind_of, log_name, noun, said
from hled.web.record.errors import NoSuchEntryError
from hled.web.record.pictures.ladder import ladder
from hled.web.record.pictures.pathway import Pathway, pathway
from hled.web.record.receipts import NotYetError
from hled.web.record.standing import (
    EntryStanding,
    Signature,
    kept,
    moment,
    seals,
    signatures,
    standing_of,
)

_APART: Final = Bilingual(
    "personal data, kept apart: the entry holds only a salted commitment",
    "dato personal, conservado aparte: el asiento contiene solo un compromiso criptográfico",
)
_ERASED: Final = Bilingual(
    "erased on {date}; basis: {basis}; ordered by: {authority}",
    "suprimido el {date}; fundamento: {basis}; ordenado por: {authority}",
)
_HASH: Final = re.compile(r'(?<!"prev":)"[0-9a-f]{64}"')  # only a content that holds one can hide something
WIDE: Final = 760
NARROW: Final = 360


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in a list, in words."""

    mark: queries.Mark
    what: Bilingual
    kind: Bilingual
    log: Bilingual
    thing: reading.Thing


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of an entry as a picture, wide and narrow, with the same path in figures."""

    path: Pathway
    wide: SafeString
    narrow: SafeString
    has_large: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with what it says, how far it is confirmed, and the ones before and after about its object."""

    leaf: queries.Leaf
    listed: Listed
    lines: tuple[reading.Line, ...]
    exact: str
    standing: EntryStanding
    proof: Proof | None
    not_yet: Bilingual | None
    before: queries.Mark | None
    after: queries.Mark | None
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in the history of an object, with what it changed; None for the first one."""

    listed: Listed
    differences: tuple[reading.Difference, ...] | None
    lines: tuple[reading.Line, ...]


@dataclass(frozen=True, slots=True)
class CheckpointShown:
    """A checkpoint in a table: when, how many entries, how many of them new, who signed.

    `signed` is None where it was signed under keys that the policy of today no longer names.
    """

    size: int
    added: int
    made_at: str
    complete: bool
    signed: tuple[Signature, ...] | None


def listed(marks: Iterable[queries.Mark]) -> tuple[Listed, ...]:
    """Return entries in words, in one query."""
    rows = tuple(marks)
    things = reading.things(mark.object_id for mark in rows)
    return tuple(_listed(mark, things[mark.object_id]) for mark in rows)


def on_record(urn: str, marks: queries.Marks) -> dict[str, object]:
    """Return what the page of a thing shows of its entries: its URN, and the marks, those of its own last.

    `written` counts them all; where they are many the latest are listed.
    """
    listed = tuple(sorted(marks.listed, key=lambda mark: mark.object_id == urn))
    return {"urn": urn, "history": listed, "written": marks.total}


def latest(kind: str, keys: Sequence[str]) -> tuple[queries.Mark | None, ...]:
    """Return the latest entry about each thing of a kind, for pages that show many, in one query.

    None stands where the record has none: rows that were edited beside it break no page.
    """
    urns = [f"urn:hled:{kind}:{key}" for key in keys]
    found = queries.latest_marks(urns)
    return tuple(found.get(urn) for urn in urns)


def entry_page(log: str, index: int, language: Language) -> EntryPage:
    """Return an entry with everything around it.

    Raises:
        NoSuchEntryError: the log is not held here, or is shorter.
    """
    leaf = queries.leaf_at(log, index)
    around = queries.around(leaf)
    proof, not_yet = _proof(leaf, language)
    content, urn, exact = leaf.entry.content, leaf.entry.id, encode(leaf.entry).decode()
    names = reading.known([content], _hidden(urn) if _HASH.search(exact) else {}, about=[urn])
    return EntryPage(
        leaf=leaf,
        listed=_of_leaf(leaf, reading.thing(urn, names)),
        lines=reading.read(content, names),
        exact=exact,
        standing=standing_of(log, index),
        proof=proof,
        not_yet=not_yet,
        before=around.before,
        after=around.after,
        count=around.count,
    )


def history(urn: str, limit: int) -> tuple[Told, ...]:
    """Return the latest entries about an object, newest first, each with what it changed.

    Raises:
        NoSuchEntryError: nothing was ever recorded about it.
    """
    leaves = queries.told(urn, limit + 1)
    if not leaves:
        raise NoSuchEntryError(
            Bilingual(
                en="The record has no entry about {urn}.",
                es="El registro no tiene ningún asiento sobre {urn}.",
            ).format(urn=urn)
        )
    names = reading.known((leaf.entry.content for leaf in leaves), _hidden(urn), about=[urn])
    thing = reading.thing(urn, names)
    return tuple(_told(leaf, leaves[place + 1 :], thing, names) for place, leaf in enumerate(leaves[:limit]))


def _told(
    leaf: queries.Leaf, older: Sequence[queries.Leaf], thing: reading.Thing, names: reading.Known
) -> Told:
    """Compare with the entry of the same type before; an entry without one is shown as it is."""
    content = leaf.entry.content
    before = next((item.entry.content for item in older if item.entry.type == leaf.entry.type), None)
    if before is None:
        return Told(_of_leaf(leaf, thing), None, reading.read(content, names))
    return Told(_of_leaf(leaf, thing), reading.differences(before, content, names), ())


def _hidden(urn: str) -> dict[str, Bilingual]:
    """Say of each commitment about an object that its value is kept apart, or when and why it was erased."""
    words = dict.fromkeys(queries.disclosures(urn), _APART)
    for item in queries.redactions(urn):
        day = PartialDate(item.at[:10])
        words[item.commitment] = _ERASED.format(
            date=Bilingual(day.text("en"), day.text("es")),
            basis=BASIS[item.basis],
            authority=AUTHORITY[item.authority],
        )
    return words


def checkpoints(log: str, limit: int, below: int | None = None) -> tuple[CheckpointShown, ...]:
    """Return the checkpoints of a log with their signatures, the newest first.

    One more than `limit` is returned where there are more.
    """
    found = queries.checkpoints(log, limit + 1, below=below)
    olds = [*(item.size for item in found[1:]), 0]
    return tuple(_shown(item, old) for item, old in zip(found, olds, strict=False))


def _shown(item: queries.KeptCheckpoint, old: int) -> CheckpointShown:
    rules = receipts.policy()
    signed = kept(item.note, rules)
    names = [witness.name for witness in rules.witnesses] if rules else []
    return CheckpointShown(
        size=item.size,
        added=item.size - old,
        made_at=moment(signed.since) if signed and signed.since else item.made_at,
        complete=item.complete,
        signed=signatures(signed.cosigned, names) if signed else None,
    )


def _proof(leaf: queries.Leaf, language: Language) -> tuple[Proof | None, Bilingual | None]:
    try:
        receipt = receipts.receipt(leaf.log, leaf.index)
    except NotYetError as error:
        return None, error.message
    signed = receipts.complete(leaf.log)
    if signed is None:
        return None, None
    path = pathway(receipt, bytes.fromhex(leaf.leaf_hash), signed.checkpoint.size)
    marks = seals(leaf.log, signed)
    wide, narrow = (SafeString(ladder(path, marks, language, width=width)) for width in (WIDE, NARROW))
    has_large = receipt.classic().checkpoint != receipt.checkpoint
    return Proof(path, wide, narrow, has_large), None


def _of_leaf(leaf: queries.Leaf, thing: reading.Thing) -> Listed:
    entry = leaf.entry
    mark = queries.Mark(
        leaf.seq, entry.type, entry.id, entry.at, leaf.leaf_hash, log=leaf.log, index=leaf.index
    )
    return _listed(mark, thing)


def _listed(mark: queries.Mark, thing: reading.Thing) -> Listed:
    return Listed(mark, said(mark.type), noun(kind_of(mark.object_id)), log_name(mark.log), thing)
