"""What changed between two revisions, word by word in both languages; and amendments to both texts at once.

Who approves must see what is new since last time, and see it in the language in which they read; a change in
one version only is shown as such, because it is most often a mistake. Pure data: a page, a PDF or a command
draws it. Serves every work-plan line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from hled.language.bilingual import LANGUAGES, Bilingual, Language
from hled.language.concordance import Paragraph
from hled.language.errors import DialogueError

_TOKEN: Final = re.compile(r"\d[\d.,]*\d|\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What became of a run of words, or of a paragraph."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    EDITED = "edited"  # of paragraphs only


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were all kept, all inserted or all deleted; spaces included."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Redlined:
    """A paragraph between two revisions: `en` and `es` are the runs of its two versions."""

    id: str
    change: Change
    en: tuple[Run, ...]
    es: tuple[Run, ...]

    def runs(self, language: Language) -> tuple[Run, ...]:
        """Return the runs of one version."""
        return self.es if language == "es" else self.en

    @property
    def changed_in(self) -> tuple[Language, ...]:
        """The versions that differ; one alone deserves a second look."""
        return tuple(
            language
            for language in LANGUAGES
            if any(run.change is not Change.KEPT for run in self.runs(language))
        )


class AmendmentError(DialogueError):
    """An amendment does not fit the text: what it names is not there, or is there already."""

    code = "language.amendment"


@dataclass(frozen=True, slots=True)
class Substitute:
    """Put `new` in the place of `old` in both versions of a paragraph; each `old` must stand there once.

    Where one version keeps its words, `old` and `new` are the same in it.
    """

    paragraph: str
    old: Bilingual
    new: Bilingual


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write a paragraph anew in both versions."""

    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a new paragraph after another one; first where `after` is None."""

    paragraph: Paragraph
    after: str | None


@dataclass(frozen=True, slots=True)
class Strike:
    """Take a paragraph out of both versions."""

    paragraph: str


Amendment = Substitute | Rewrite | Insert | Strike


def redline(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Redlined, ...]:
    """Return every paragraph of both revisions in reading order, each with the runs of its two versions.

    Paragraphs are the same where their ids are; one that moved is deleted here and inserted there.
    """
    return tuple(_redlined(old, new))


def runs(old: str, new: str) -> tuple[Run, ...]:
    """Compare two texts word by word; kept and deleted runs make the old one, kept and inserted the new."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[tuple[str, str, str]] = []  # kept, deleted, inserted
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept = "".join(before[i:j]) if tag == "equal" else ""
        pieces = ("", "".join(before[i:j]), "".join(after[m:n])) if not kept else (kept, "", "")
        found.append(pieces)
    return tuple(_merged(found))


def amend(paragraphs: Iterable[Paragraph], amendments: Iterable[Amendment]) -> tuple[Paragraph, ...]:
    """Apply amendments in their order and return the amended text.

    Raises:
        AmendmentError: one names a paragraph or words that are not there, a paragraph that already is,
            or changes nothing.
    """
    text = list(paragraphs)
    for amendment in amendments:
        match amendment:
            case Insert(paragraph, after):
                _insert(text, paragraph, after)
            case Strike(paragraph):
                del text[_place(text, paragraph)]
            case Rewrite(paragraph):
                place = _place(text, paragraph.id)
                text[place] = _changed(text[place], paragraph.en, paragraph.es)
            case Substitute(paragraph, old, new):
                place = _place(text, paragraph)
                en = _substituted(text[place].en, old.en, new.en)
                text[place] = _changed(text[place], en, _substituted(text[place].es, old.es, new.es))
    return tuple(text)


def amendments(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Amendment, ...]:
    """Return amendments that make `new` out of `old`."""
    staying = {paragraph.id for change, paragraph in _matched(old, new) if change is Change.KEPT}
    found: list[Amendment] = [Strike(paragraph.id) for paragraph in old if paragraph.id not in staying]
    by_id = {paragraph.id: paragraph for paragraph in old}
    after = None
    for paragraph in new:
        if paragraph.id not in staying:
            found.append(Insert(paragraph, after))
        elif by_id[paragraph.id] != paragraph:
            found.append(Rewrite(paragraph))
        after = paragraph.id
    return tuple(found)


def _matched(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[Change, Paragraph]]:
    """Give paragraphs in reading order by their ids: kept as in `new`, deleted from `old`, inserted."""
    before, after = ([paragraph.id for paragraph in side] for side in (old, new))
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Change.KEPT, paragraph) for paragraph in new[m:n])
        else:
            yield from ((Change.DELETED, paragraph) for paragraph in old[i:j])
            yield from ((Change.INSERTED, paragraph) for paragraph in new[m:n])


def _redlined(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Redlined]:
    by_id = {paragraph.id: paragraph for paragraph in old}
    for change, paragraph in _matched(old, new):
        if change is not Change.KEPT:
            en, es = (_whole(change, text) for text in (paragraph.en, paragraph.es))
            yield Redlined(paragraph.id, change, en, es)
            continue
        before = by_id[paragraph.id]
        both = Redlined(
            paragraph.id, Change.EDITED, runs(before.en, paragraph.en), runs(before.es, paragraph.es)
        )
        yield both if both.changed_in else Redlined(paragraph.id, Change.KEPT, both.en, both.es)


def _whole(change: Change, text: str) -> tuple[Run, ...]:
    return (Run(change, text),) if text else ()


def _merged(pieces: list[tuple[str, str, str]]) -> Iterator[Run]:
    """Join changes that only spaces separate, so that a rewritten phrase reads as one, old before new."""
    deleted = inserted = ""
    for place, (kept, gone, come) in enumerate(pieces):
        if kept and not kept.strip() and (deleted or inserted) and place + 1 < len(pieces):
            deleted, inserted = deleted + kept, inserted + kept
            continue
        if kept:
            yield from _whole(Change.DELETED, deleted)
            yield from _whole(Change.INSERTED, inserted)
            yield Run(Change.KEPT, kept)
            deleted = inserted = ""
        deleted, inserted = deleted + gone, inserted + come
    yield from _whole(Change.DELETED, deleted)
    yield from _whole(Change.INSERTED, inserted)


def _place(text: Sequence[Paragraph], wanted: str) -> int:
    for place, paragraph in enumerate(text):
        if paragraph.id == wanted:
            return place
    raise _refused(
        "There is no paragraph “{what}”. Compare with the latest revision and amend that one.",
        "No existe el párrafo «{what}». Compare con la revisión más reciente y enmiende esa.",
        wanted,
    )


def _insert(text: list[Paragraph], paragraph: Paragraph, after: str | None) -> None:
    if any(other.id == paragraph.id for other in text):
        raise _refused(
            "There is a paragraph “{what}” already. Give the new one another id.",
            "Ya existe un párrafo «{what}». Dé otro identificador al nuevo.",
            paragraph.id,
        )
    text.insert(0 if after is None else _place(text, after) + 1, paragraph)


def _changed(paragraph: Paragraph, en: str, es: str) -> Paragraph:
    if (en, es) == (paragraph.en, paragraph.es):
        raise _refused(
            "The amendment to paragraph “{what}” changes neither version. Leave it out.",
            "La enmienda al párrafo «{what}» no cambia ninguna de las dos versiones. Omítala.",
            paragraph.id,
        )
    return Paragraph(paragraph.id, en, es)


def _substituted(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise _refused(
            "The words “{what}” do not stand exactly once in the paragraph. Quote more of the text around "
            "them.",
            "Las palabras «{what}» no aparecen exactamente una vez en el párrafo. Cite más del texto que las "
            "rodea.",
            old,
        )
    return text.replace(old, new)


def _refused(en: str, es: str, what: str) -> AmendmentError:
    return AmendmentError(Bilingual(en=en, es=es).format(what=what[:120]))
