"""Whether the two versions of a text say the same: numbers, dates, amounts, names, references, per paragraph.

Both versions are equally authentic, so neither is checked against the other: what one states and the other
does not is a mismatch of both, to be mended or explained by both parties. The check finds facts, not
meaning; it replaces no reader. Serves every work-plan line: nothing takes effect with an open mismatch.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hled.language.bilingual import Bilingual, Language
from hled.language.facts import Demand, Fact, Kind, without
from hled.language.moments import moments
from hled.language.names import NameTable, own_names, shared_names, slips
from hled.language.quantities import quantities
from hled.language.references import addresses, references

VERSION: Final = 1  # of the rules: who signs a text names the rules by which it was compared
_BREAK: Final = re.compile(r"\n[ \t]*\n\s*")


class Status(StrEnum):
    """How the two versions of a paragraph stand to each other."""

    CONCORDANT = "concordant"
    MISMATCH = "mismatch"
    MISSING = "missing"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in both versions under one id; a version that is not written yet is empty."""

    id: str
    en: str
    es: str

    @property
    def digest(self) -> str:
        """SHA-256 of both versions, in hex: what a resolution speaks of, so that an edit ends it."""
        data = json.dumps([self.id, self.en, self.es], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What one version states and the other does not; `en` and `es` as they stand, else empty."""

    paragraph: str
    kind: Kind
    en: str
    es: str
    message: Bilingual


@dataclass(frozen=True, slots=True)
class Resolution:
    """A party's word that the difference in a paragraph is right as it is, and why."""

    digest: str
    party: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Compared:
    """A paragraph, its status, its mismatches and the resolutions that speak of exactly this text."""

    paragraph: Paragraph
    status: Status
    mismatches: tuple[Mismatch, ...]
    resolutions: tuple[Resolution, ...] = ()


def align(en: str, es: str) -> tuple[Paragraph, ...]:
    """Pair the paragraphs of two texts (separated by empty lines) in order, as `p1`, `p2` and so on.

    Where one text has more of them, the rest stands alone and compares as missing.
    """
    texts = [_paragraphs(en), _paragraphs(es)]
    count = max(map(len, texts))
    english, spanish = ([*text, *[""] * (count - len(text))] for text in texts)
    pairs = zip(english, spanish, strict=True)
    return tuple(Paragraph(f"p{place}", *pair) for place, pair in enumerate(pairs, 1))


def compare(
    paragraphs: Iterable[Paragraph],
    names: NameTable | None = None,
    *,
    resolutions: Collection[Resolution] = (),
    parties: Collection[str] = ("US", "MX"),
) -> tuple[Compared, ...]:
    """Compare both versions of each paragraph.

    Args:
        paragraphs: the text.
        names: the concordance table of names; the shared one where none is given.
        resolutions: what parties said about mismatches; one counts only for the text that it names.
        parties: who all must have resolved a mismatch for the paragraph to be `resolved`.
    """
    table = names or shared_names()
    return tuple(_compared(paragraph, table, resolutions, parties) for paragraph in paragraphs)


def unresolved(compared: Iterable[Compared]) -> tuple[str, ...]:
    """Return the ids of the paragraphs that keep a text from taking effect."""
    open_ones = {Status.MISMATCH, Status.MISSING}
    return tuple(item.paragraph.id for item in compared if item.status in open_ones)


def facts(text: str, language: Language, names: NameTable | None = None) -> tuple[Fact, ...]:
    """Return the facts that `text` states, in their order."""
    found = list(addresses(text))
    found += (names or shared_names()).find(without(text, found), language)
    for reader in (references, moments):
        found += reader(without(text, found), language)
    rest = without(text, found)
    found += own_names(rest, language)
    found += quantities(without(text, found), language)
    return tuple(sorted(found, key=lambda fact: fact.start))


def mismatches(paragraph: Paragraph, names: NameTable | None = None) -> tuple[Mismatch, ...]:
    """Return what one version of a paragraph states and the other does not."""
    en, es = facts(paragraph.en, "en", names), facts(paragraph.es, "es", names)
    lonely_en, lonely_es = _lonely(en, es, paragraph.es), _lonely(es, en, paragraph.en)
    found = list(_paired(paragraph.id, lonely_en, lonely_es))
    found += [_mismatch(paragraph.id, Kind.NAME, one, other) for one, other in _rivals(en, es)]
    found += [_mismatch(paragraph.id, Kind.AMOUNT, one, other) for one, other in _currencies(en, es)]
    rests = without(paragraph.en, en), without(paragraph.es, es)
    found += [_mismatch(paragraph.id, Kind.NAME, one, other) for one, other in slips(*rests)]
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text.strip()) if part.strip()]


def _compared(
    paragraph: Paragraph, table: NameTable, resolutions: Collection[Resolution], parties: Collection[str]
) -> Compared:
    if not paragraph.en.strip() or not paragraph.es.strip():
        return Compared(paragraph, Status.MISSING, ())
    found = mismatches(paragraph, table)
    if not found:
        return Compared(paragraph, Status.CONCORDANT, ())
    said = tuple(item for item in resolutions if item.digest == paragraph.digest)
    resolved = {item.party for item in said} >= set(parties)
    return Compared(paragraph, Status.RESOLVED if resolved else Status.MISMATCH, found, said)


def _lonely(ours: Sequence[Fact], theirs: Sequence[Fact], their_text: str) -> list[Fact]:
    """Return the facts of one version that nothing in the other answers.

    An answer that is only implied answers any number of times, a stated one once.
    """
    stated = Counter(fact.key for fact in theirs if fact.demand is Demand.STATED)
    present = {fact.key for fact in theirs if fact.demand is not Demand.STATED}
    any_way = present | set(stated)
    words: set[str] | None = None
    lonely = []
    for fact in ours:
        if fact.demand is Demand.PRESENT and fact.key not in any_way:
            words = words if words is not None else _words(their_text)
            if fact.key not in words:
                lonely.append(fact)
        if fact.demand is Demand.STATED and fact.key not in present:
            stated[fact.key] -= 1
            if stated[fact.key] < 0:
                lonely.append(fact)
    return lonely


def _words(text: str) -> set[str]:
    from hled.language.names import folded

    return set(re.findall(r"\w+", folded(text)))


def _rivals(en: Sequence[Fact], es: Sequence[Fact]) -> list[tuple[str, str]]:
    """Return rivals of which one stands on each side only: Mexico here, Estados Unidos there."""
    said = [{fact.key: fact for fact in side if fact.kind is Kind.NAME and fact.unit} for side in (en, es)]
    only_en = [said[0][key] for key in said[0].keys() - said[1].keys()]
    only_es = [said[1][key] for key in said[1].keys() - said[0].keys()]
    return [(one.shown, other.shown) for one in only_en for other in only_es if one.unit == other.unit]


def _currencies(en: Sequence[Fact], es: Sequence[Fact]) -> list[tuple[str, str]]:
    """Return equal values in different currencies."""
    found = []
    for one in en:
        same = [fact for fact in es if fact.key == one.key and fact.kind is Kind.AMOUNT and fact.unit]
        if one.kind is Kind.AMOUNT and one.unit and same and one.unit not in {fact.unit for fact in same}:
            found.append((one.shown, same[0].shown))
    return found


def _paired(paragraph: str, en: list[Fact], es: list[Fact]) -> Iterable[Mismatch]:
    """Set what stands alone in one version beside what stands alone in the other, kind by kind."""
    for kind in Kind:
        ours, theirs = ([fact for fact in side if fact.kind is kind] for side in (en, es))
        for place in range(max(len(ours), len(theirs))):
            one = ours[place].shown.strip() if place < len(ours) else ""
            other = theirs[place].shown.strip() if place < len(theirs) else ""
            yield _mismatch(paragraph, kind, one, other)


_KINDS: Final = {
    Kind.NUMBER: Bilingual("number", "número"),
    Kind.DATE: Bilingual("date", "fecha"),
    Kind.AMOUNT: Bilingual("amount", "monto"),
    Kind.NAME: Bilingual("name", "nombre"),
    Kind.REFERENCE: Bilingual("reference", "referencia"),
}
_BOTH: Final = Bilingual(
    "The {kind} differs: English has “{en}”, Spanish has “{es}”. Correct the version that is wrong; if both "
    "are right, each government records why.",
    "Difiere en {kind}: el inglés dice «{en}» y el español «{es}». Corrija la versión equivocada; si ambas "
    "son correctas, cada gobierno deja constancia del motivo.",
)
_ONE: Final[dict[Language, Bilingual]] = {
    "en": Bilingual(
        "The {kind} “{shown}” stands in English only. Add it to the Spanish version or take it out of the "
        "English one; if both are right, each government records why.",
        "«{shown}» ({kind}) aparece solo en inglés. Agréguelo a la versión en español o quítelo de la "
        "versión en inglés; si ambas son correctas, cada gobierno deja constancia del motivo.",
    ),
    "es": Bilingual(
        "The {kind} “{shown}” stands in Spanish only. Add it to the English version or take it out of the "
        "Spanish one; if both are right, each government records why.",
        "«{shown}» ({kind}) aparece solo en español. Agréguelo a la versión en inglés o quítelo de la "
        "versión en español; si ambas son correctas, cada gobierno deja constancia del motivo.",
    ),
}
_AMBIGUOUS: Final = Bilingual(
    "The date “{shown}” is read in opposite order in the two countries. Write the month as a word "
    "in both versions.",
    "La fecha «{shown}» se lee en orden distinto en los dos países. Escriba el mes con palabra "
    "en ambas versiones.",
)
_MALFORMED: Final = Bilingual(
    "“{shown}” is no number as both versions write it. Write thousands and decimals as in 1,234.5 in both.",
    "«{shown}» no es un número como lo escriben ambas versiones. Escriba miles y decimales como en "
    "1,234.5 en ambas.",
)
_SLASHED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}\Z")
_SEPARATED: Final = re.compile(r"\d[\d.,]*\Z")
_WELL_FORMED: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z")


def _mismatch(paragraph: str, kind: Kind, en: str, es: str) -> Mismatch:
    for shown in (en, es):
        if _SLASHED.match(shown):
            return Mismatch(paragraph, kind, en, es, _AMBIGUOUS.format(shown=shown))
        if _SEPARATED.match(shown) and not _WELL_FORMED.match(shown):
            return Mismatch(paragraph, kind, en, es, _MALFORMED.format(shown=shown))
    if en and es:
        return Mismatch(paragraph, kind, en, es, _BOTH.format(kind=_KINDS[kind], en=en, es=es))
    message = _ONE["en" if en else "es"].format(kind=_KINDS[kind], shown=en or es)
    return Mismatch(paragraph, kind, en, es, message)
