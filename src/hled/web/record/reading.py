"""The content of an entry as people read it: labelled lines with links, and what changed since before.

Contents are flat by design (`title_en` and `title_es` are one text); what is nested is shown as a list. A
field that this version does not know is shown under its own name: nothing of an entry is ever hidden. It
serves the promise of transparency under every work-plan line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hled.language import LANGUAGES, Bilingual, PartialDate
from hled.record import redactions
from hled.web.record.acts import key_of, kind_of
from hled.web.search import queries as search
from hled.workplan import charter, words

_LABELS: Final = {
    "action": _("Action"),
    "actions": _("Actions"),
    "adjacent_track": _("Adjacent track"),
    "appended": _("Entries appended with it"),
    "authority": _("Ordered by"),
    "basis": _("Legal basis"),
    "checksum": _("Checksum (SHA-256)"),
    "chairs_mx": _("Chaired for Mexico by"),
    "chairs_us": _("Chaired for the United States by"),
    "commitment": _("Commitment"),
    "compiled": _("Compiled on"),
    "date": _("Date"),
    "date_basis": _("What the date rests on"),
    "due": _("Due date"),
    "erased": _("Erased"),
    "event_id": _("Event"),
    "explanation": _("Explanation"),
    "field": _("Field"),
    "hash": _("Hash"),
    "id": _("Id"),
    "is_target": _("Is a target"),
    "kind": _("Kind"),
    "label": _("Name"),
    "language": _("Language"),
    "lead_agencies_mx": _("Acting for Mexico"),
    "lead_agencies_us": _("Acting for the United States"),
    "level": _("Level"),
    "line": _("Line of the work plan"),
    "media_type": _("Kind of file"),
    "name": _("Name"),
    "note": _("Note"),
    "notes": _("Notes"),
    "objective": _("Objective"),
    "official": _("Own publication of"),
    "origin": _("Comes from"),
    "outcome": _("Outcome"),
    "party": _("Party"),
    "period": _("Period"),
    "pillar": _("Pillar or section"),
    "place": _("Place"),
    "promised_by": _("Promised by"),
    "published": _("Published"),
    "publisher": _("Publisher"),
    "purpose": _("Purpose"),
    "quantity": _("Quantity"),
    "read": _("How much was read"),
    "reported": _("Reported on"),
    "sha256": _("Checksum (SHA-256)"),
    "short": _("Short name"),
    "size": _("Size in bytes"),
    "source": _("Source"),
    "source_id": _("Source"),
    "source_read": _("How much was read"),
    "sources": _("Sources"),
    "statement": _("Statement"),
    "summary": _("Summary"),
    "text": _("Text"),
    "title": _("Title"),
    "track": _("Track"),
    "unit": _("Unit"),
    "url": _("Address"),
    "value": _("Value"),
    "versions": _("Versions"),
}
_ABOUT: Final = {
    "action": "action",
    "actions": "action",
    "event_id": "event",
    "lead_agencies_mx": "agency",
    "lead_agencies_us": "agency",
    "line": "line",
    "outcome": "event",
    "pillar": "pillar",
    "promised_by": "event",
    "source": "source",
    "source_id": "source",
    "sources": "source",
}
_CODES: Final[dict[str, Mapping[Any, Bilingual]]] = {
    "authority": redactions.AUTHORITY,
    "basis": redactions.BASIS,
    "date_basis": words.BASIS,
    "kind": words.KIND,
    "level": words.LEVEL,
    "official": words.OFFICIAL,
    "party": words.PARTY,
    "read": words.READ,
    "source_read": words.READ,
}
_DATES: Final = frozenset({"compiled", "date", "due", "published", "reported"})
_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}\Z", re.ASCII)
_MOST: Final = 200
_YES: Final = Bilingual("yes", "sí")
_NO: Final = Bilingual("no", "no")
_NONE: Final = Bilingual("not stated", "no se indica")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value in words, with the page of what it names; `away` says that the page is on another site."""

    text: Bilingual
    url_name: str = ""
    url_key: str = ""
    away: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled value; a list has several pieces, a list of objects several groups of lines.

    `more` counts what is left out of a very long list; the exact text of the entry has it all.
    """

    label: str
    pieces: tuple[Piece, ...] = ()
    groups: tuple[tuple["Line", ...], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A line before and after; None where it was not there."""

    label: str
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the values of contents stand for: titles by (kind, key), words for what commitments hide."""

    titles: Mapping[tuple[str, str], search.Titled]
    hidden: Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry is about: its title and the page that shows it (empty where it has none)."""

    urn: str
    title: Bilingual | None
    url: str


def known(
    contents: Iterable[Mapping[str, object]], hidden: Mapping[str, Bilingual], about: Iterable[str] = ()
) -> Known:
    """Look up everything that contents name, and the objects that they are `about`, in one query.

    `hidden` says what their commitments hide.
    """
    named = [name for content in contents for name in _named(content)]
    return Known(search.titles([*named, *((kind_of(urn), key_of(urn)) for urn in about)]), hidden)


def read(content: Mapping[str, object], names: Known) -> tuple[Line, ...]:
    """Return the lines of a content, in its order."""
    return tuple(_lines(content, names))


def differences(
    before: Mapping[str, object], after: Mapping[str, object], names: Known
) -> tuple[Difference, ...]:
    """Return the lines that differ between two contents about one object."""
    fields = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    changed = {_stem(name) for name in fields}
    old, new = ({line.label: line for line in read(_only(part, changed), names)} for part in (before, after))
    return tuple(Difference(label, old.get(label), new.get(label)) for label in {**old, **new})


def things(urns: Iterable[str]) -> dict[str, Thing]:
    """Return what the URNs of objects stand for, in one query."""
    wanted = set(urns)
    names = known((), {}, about=wanted)
    return {urn: thing(urn, names) for urn in wanted}


def thing(urn: str, names: Known) -> Thing:
    """Return what the URN of an object stands for, as it was looked up."""
    return _thing(urn, names.titles.get((kind_of(urn), key_of(urn))))


def _thing(urn: str, found: search.Titled | None) -> Thing:
    source = key_of(urn).partition("-")[2] if kind_of(urn) == "attachment" else ""
    if source:  # the key of an attached text is a checksum and the id of its source
        return Thing(urn, None, _address("agenda:source", source, "#texts"))
    if found is None:
        return Thing(urn, None, "")
    return Thing(urn, found.title, _address(found.url_name, found.url_key))


def _address(name: str, key: str, part: str = "") -> str:
    """Return the address of a page; what another node calls an id may fit into none."""
    try:
        return reverse(name, args=[key] if key else []) + part
    except NoReverseMatch:
        return ""


def _lines(content: Mapping[str, object], names: Known) -> Iterator[Line]:
    for name, value in content.items():
        stem = _stem(name)
        if stem != name and name.endswith("_es") and f"{stem}_en" in content:
            continue  # shown with its other half
        label = str(_LABELS.get(stem, stem))
        if stem != name:
            yield Line(label, (_both(content, stem),))
        elif isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
            inner = tuple(tuple(_lines(item, names)) for item in value[:_MOST] if isinstance(item, Mapping))
            yield Line(label, groups=inner, more=max(0, len(value) - _MOST))
        elif isinstance(value, Mapping) and value.keys() == set(LANGUAGES):
            yield Line(label, (_both({f"{name}_{end}": value[end] for end in LANGUAGES}, name),))
        elif isinstance(value, Mapping):
            yield Line(label, groups=(tuple(_lines(value, names)),))
        else:
            items = value if isinstance(value, list | tuple) else [value]
            pieces = tuple(_piece(name, item, names) for item in items[:_MOST])
            yield Line(label, pieces or (Piece(_NONE),), more=max(0, len(items) - _MOST))


def _both(content: Mapping[str, object], stem: str) -> Piece:
    """Join a text that stands in both languages."""
    halves = [str(content.get(f"{stem}_{end}") or "").strip() for end in LANGUAGES]
    if not any(halves):
        return Piece(_NONE)
    return Piece(Bilingual(halves[0] or halves[1], halves[1] or halves[0]))


def _piece(name: str, value: object, names: Known) -> Piece:
    text = "" if value is None else str(value)
    if text in names.hidden:
        return Piece(names.hidden[text])
    found = names.titles.get((_ABOUT.get(name, ""), text))
    if found:
        return Piece(found.title, found.url_name, found.url_key)
    away = text if name == "url" and re.match(r"https?://", text) else ""
    return Piece(_said(name, value, text), away=away)


def _said(name: str, value: object, text: str) -> Bilingual:
    if not text.strip():
        return _NONE
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, int) and name != "line":
        return Bilingual(f"{value:,}", f"{value:,}")
    if name in _DATES and _DATE.match(text):
        return _date(text)
    if name == "objective":
        return next((item.title for item in charter().objectives if item.id == text), Bilingual(text, text))
    code = next((said for key, said in _CODES.get(name, {}).items() if str(key) == text), None)
    return code or Bilingual(text, text)


def _date(text: str) -> Bilingual:
    try:
        date = PartialDate(text)
    except ValueError:  # no such day: it is shown as it was written
        return Bilingual(text, text)
    return Bilingual(date.text("en"), date.text("es"))


def _named(content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield (kind, key) of everything that a content names, however deep."""
    for name, value in content.items():
        items = value if isinstance(value, list | tuple) else [value]
        for item in items:
            if isinstance(item, Mapping):
                yield from _named(item)
            elif name in _ABOUT and isinstance(item, str | int):
                yield _ABOUT[name], str(item)


def _stem(name: str) -> str:
    """`title_en` and `title_es` are halves of `title`; `chairs_us_en` of `chairs_us`."""
    return name[:-3] if name.endswith(("_en", "_es")) else name


def _only(content: Mapping[str, object], stems: set[str]) -> dict[str, object]:
    return {name: value for name, value in content.items() if _stem(name) in stems}
