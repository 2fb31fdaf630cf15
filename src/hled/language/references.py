"""References in running text: articles, paragraphs, annexes, sections, addresses, URNs and codes.

“Article 5(b)” and “artículo 5(b)” are one reference, so are “Pillar II” and “Pilar II”; an address or a code
is the same in both versions but for the language in its path. Serves the concordance of both versions under
every work-plan line.
"""

import re
from collections.abc import Iterator
from typing import Final

from hled.language.bilingual import Language
from hled.language.dates import MONTHS
from hled.language.facts import Fact, Kind
from hled.language.numerals import from_roman, numerals

_LINK: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»\x00]+|\burn:[a-z0-9-]+:[^\s<>\"“”«»,;()\x00]+", re.IGNORECASE
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST: Final = re.compile(
    r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|com|org|net|edu|int|mx|us)(?:/[^\s<>\"“”«»\x00]*)?"
)
_CODE: Final = re.compile(
    rf"(?!(?i:{'|'.join(month for months in MONTHS.values() for month in months)})-)"
    r"(?<![\w/.-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z]\w*(?:[-_]\w+)*[-_][A-Za-z]*\d[\w-]*"
)
_IN_LANGUAGE: Final = re.compile(r"(?<=/)(?:en|es)(?=/|\Z)|(?<=\.)(?:en|es)(?=\.)")

_PARTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("article", r"articles?|arts?\.", r"artículos?|arts?\."),
    ("subparagraph", r"subparagraphs?", r"incisos?|subpárrafos?"),
    ("paragraph", r"paragraphs?|paras?\.", r"párrafos?|párr\."),
    ("annex", r"annex(?:es)?", r"anexos?"),
    ("appendix", r"appendix|appendices", r"apéndices?"),
    ("section", r"sections?|secs?\.", r"secci(?:ón|ones)|secs?\."),
    ("chapter", r"chapters?", r"capítulos?"),
    ("clause", r"clauses?", r"cláusulas?"),
    ("title", r"titles?", r"títulos?"),
    ("part", r"parts?", r"partes?"),
    ("pillar", r"pillars?", r"pilar(?:es)?"),
    ("line", r"lines?", r"líneas?"),
    ("minute", r"minutes?", r"actas?"),
    ("order", r"executive orders?", r"órden(?:es)? ejecutivas?|orden ejecutiva"),
    ("note", r"footnotes?|notes?", r"notas?(?: al pie)?"),
    ("table", r"tables?", r"cuadros?|tablas?"),
    ("figure", r"figures?", r"figuras?|gráficas?"),
)
_NUMBERED: Final = r"\d{1,6}(?:[.-]\d+)*[A-Za-z]?\b(?:\.?[ºª°])?"
_LETTERED: Final = r"(?:\s?\([A-Za-z0-9]{1,4}\))*"
_AND: Final = r"(?:\s*(?:,|-|–|\band\b|\bor\b|\by\b|\bo\b|\bto\b|\bal?\b)\s*)"


def _pattern(words: str, language: Language) -> re.Pattern[str]:
    ordinals = "|".join(sorted(numerals(language).ordinals, key=len, reverse=True))
    one = rf"(?:{_NUMBERED}{_LETTERED}|\([a-z0-9]{{1,4}}\){_LETTERED})"
    spelt = rf"|(?:{ordinals})\b" if language == "es" else ""
    # (?-i:…) keeps Roman numerals and letters to capitals: “the article I wrote” is no article I
    capital = rf"(?-i:[IVXLC]+\b(?![’'])|[A-Z]\b){_LETTERED}"
    return re.compile(
        rf"(?<![\w])({words})(\s+(?:no\.|núm\.)?\s*)((?:{one}(?:{_AND}{one})*)|{capital}{spelt})",
        re.IGNORECASE,
    )


_PATTERNS: Final[dict[Language, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "en": tuple((key, _pattern(english, "en")) for key, english, _ in _PARTS),
    "es": tuple((key, _pattern(spanish, "es")) for key, _, spanish in _PARTS),
}
_PIECE: Final = re.compile(rf"(?:{_NUMBERED}|\([A-Za-z0-9]{{1,4}}\)|[A-Za-zéí]+){_LETTERED}")


def addresses(text: str) -> Iterator[Fact]:
    """Give the web addresses, e-mail addresses, URNs, host names and codes of `text`."""
    taken: list[tuple[int, int]] = []
    for pattern in (_LINK, _MAIL, _HOST, _CODE):
        for match in pattern.finditer(text):
            shown = match[0].rstrip(".,;:!?)")
            start, end = match.start(), match.start() + len(shown)
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield Fact(Kind.REFERENCE, _IN_LANGUAGE.sub("*", shown), shown, start)


def references(text: str, language: Language) -> Iterator[Fact]:
    """Give the articles, paragraphs, annexes and other numbered parts that `text` names."""
    for key, pattern in _PATTERNS[language]:
        for match in pattern.finditer(text):
            word = match[1][0].islower() and match[3] in "AIEOY" and key not in {"annex", "appendix"}
            if not word:  # “part a” of a sentence is more often a word
                yield from _each(key, match, language)


def _each(key: str, match: re.Match[str], language: Language) -> Iterator[Fact]:
    """Give one fact for each part of “Articles 5 and 6”, the first shown with its word."""
    for place, piece in enumerate(_pieces(match[3])):
        start = match.start() if place == 0 else match.start(3) + piece.start()
        end = match.start(3) + piece.end()
        yield Fact(
            Kind.REFERENCE, f"{key} {_designation(piece[0], language)}", match.string[start:end], start
        )


def _pieces(text: str) -> list[re.Match[str]]:
    joints = {"and", "or", "y", "o", "to", "a", "al"}
    return [piece for piece in _PIECE.finditer(text) if piece[0].lower() not in joints]


def _designation(text: str, language: Language) -> str:
    """Write 5.º, V and quinto as 5; letters stay."""
    bare = text.rstrip("ºª°").rstrip(".")
    roman = from_roman(bare)
    ordinal = numerals(language).ordinals.get(bare.lower())
    number = roman or ordinal
    return str(number) if number else re.sub(r"\s", "", bare).lower()
