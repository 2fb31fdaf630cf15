"""Finds text that no translation reaches: every translated text is put in brackets, the rest stands out.

While the pseudolocale is on, gettext, `Bilingual` and `PartialDate` answer ⟦in brackets⟧. What a page shows
outside brackets was never given to a translator. Serves every work-plan line: no page may speak one language
only. Regions that say their language (`lang`), that need none (`translate="no"`, code) or that hold
documents (`prose`) are left out.
"""

import gc
import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from typing import Final, TypeVar
from unittest import mock

from django.utils import translation
from django.utils.translation import trans_real

from hled.language import Bilingual, Language, PartialDate

T = TypeVar("T", Bilingual, PartialDate)
OPEN: Final = "⟦"
CLOSE: Final = "⟧"
LANGUAGES: Final = ("en", "es")
ATTRIBUTES: Final = frozenset({"alt", "aria-description", "aria-label", "placeholder", "summary", "title"})
KEPT: Final = type(cache(str))  # what `functools.cache` makes
VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
SILENT: Final = frozenset({"code", "kbd", "pre", "samp", "script", "style"})
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PARTS: Final = re.compile(r"(?:^|\s)·(?:\s|$)")
_NAMES: Final = re.compile(r"https?://\S+|urn:\S+|\S+@\S+|[\w.-]*\d[\w.:-]*|\b\w+(?:[._/-]\w+)+\b")


def mark(text: str) -> str:
    """Return the text as the pseudolocale writes it."""
    return f"{OPEN}{text}{CLOSE}" if text.strip() else text


class Pseudo(gettext.NullTranslations):
    """A catalogue that has every message, in brackets."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def to_language(self) -> str:
        """Return the language that this catalogue stands in for."""
        return self._language

    def gettext(self, message: str) -> str:
        """Return the message without its context, in brackets."""
        return mark(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form that English uses for `n`, in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def pseudolocale() -> Iterator[None]:
    """Let every translated and every bilingual text answer in brackets, and forget what was kept before."""
    forget()
    catalogues = {language: Pseudo(language) for language in LANGUAGES}
    with (
        translation.override(translation.get_language()),  # at the end, what was active is active again
        mock.patch.dict(f"{trans_real.__name__}._translations", catalogues),
        mock.patch.object(Bilingual, "text", _marked(Bilingual.text)),
        mock.patch.object(PartialDate, "text", _marked(PartialDate.text)),
    ):
        translation.activate("en")
        yield
    forget()


def forget() -> None:
    """Empty the caches of the project's own functions, which may hold written text."""
    for thing in gc.get_objects():
        if type(thing) is KEPT and (thing.__module__ or "").startswith("hled."):
            thing.cache_clear()


def leaks(html: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what a page shows outside brackets and what is no number, id, address or one of `names`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    known = frozenset(names)
    either = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True) if len(name) < 20)
    short = re.compile(rf"(?<!\w)(?:{either})(?!\w)" if known else r"(?!)")
    found = [
        text
        for text in reader.outside
        for part in _PARTS.split(text)
        if part not in known and _WORD.search(_NAMES.sub(" ", short.sub(" ", part)))
    ]
    if reader.depth:
        found.append(f"{reader.depth} brackets are not closed: a translated text was cut")
    return tuple(found)


def _marked(text: Callable[[T, Language], str]) -> Callable[[T, Language], str]:
    return lambda thing, language: mark(text(thing, language))


class _Reader(HTMLParser):
    """Collects the text outside brackets; brackets may span elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.outside: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the texts among the attributes and note whether the element is to be read."""
        given: Mapping[str, str | None] = dict(attrs)
        silent = self._silent or tag in SILENT or (tag != "html" and "lang" in given)
        silent = silent or given.get("translate") == "no" or "prose" in (given.get("class") or "").split()
        if not silent:
            for name in ATTRIBUTES & given.keys():
                self._note(_outside(given[name] or "", 0)[0])
            if tag == "meta" and given.get("name") == "description":
                self._note(_outside(given.get("content") or "", 0)[0])
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and those inside it that were never closed."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note what stands outside brackets."""
        if not self._silent:
            outside, depth = _outside(data, self.depth)
            cut = data.rstrip(f" \n{CLOSE}").endswith(
                "…"
            )  # a translated text that was shortened has lost its bracket
            self.depth = min(depth, self.depth) if cut else depth
            self._note(outside)

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _note(self, text: str) -> None:
        if text.strip():
            self.outside.append(" ".join(text.split()))


def _outside(text: str, depth: int) -> tuple[str, int]:
    """Return the characters outside brackets, and how many brackets are open at the end."""
    kept = []
    for character in text:
        if character == OPEN:
            depth += 1
        elif character == CLOSE:
            depth -= 1
        elif depth == 0:
            kept.append(character)
    return "".join(kept), depth
