"""Names in running text: those of a concordance table, and those that are the same in both languages.

The table says that HLED is DEAN, USMCA is T-MEC and the Foreign Secretary speaks for the SRE. What is in no
table is compared as it stands: acronyms, codes such as 5G, whom a title introduces. Words that the two
languages share by descent (Institute, Instituto) are never taken for a slip of the pen. Serves the
concordance of both versions under every work-plan line.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from hled.language.bilingual import Language
from hled.language.facts import Demand, Fact, Kind

_FILE: Final = Path(__file__).with_name("data") / "names.toml"
_ACRONYM: Final = re.compile(
    r"(?<![\w&])(?:[A-ZÁÉÍÓÚÑ][A-Z0-9ÁÉÍÓÚÑ]*&?[A-Z0-9ÁÉÍÓÚÑ]+\+?|\d+[A-Z]+\d*)(?:s\b|(?![\w$]))"
)
_MIXED: Final = re.compile(r"(?<!\w)[A-Za-z]+[a-z][A-Z]\w*")
_NO_NAME: Final = re.compile(r"[IVXLCDM]+\Z|USD\Z|MXN\Z|EUR\Z|CAD\Z|AM\Z|PM\Z")
_DOUBLED: Final = re.compile(r"(.)\1")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NAME: Final = r"[A-ZÁÉÍÓÚÑ][\w’'-]+(?: (?:de |del |de la )?[A-ZÁÉÍÓÚÑ][\w’'-]+){0,3}"
_TITLED: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"\b(?:Secretary|President|Ambassador|Senator|Governor|Minister|Mr\.|Ms\.|Mrs\.|Dr\.) ({_NAME})"
    ),
    "es": re.compile(
        r"\b(?:[Ss]ecretari[oa]|[Ss]ubsecretari[oa]|[Pp]resident[ea]|[Vv]icepresident[ea]|[Ee]mbajadora?"
        r"|[Ss]enadora?|[Gg]obernadora?|[Mm]inistr[oa]|[Cc]anciller|Sr\.|Sra\.|Dr\.|Dra\.) "
        rf"({_NAME})"
    ),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name: the forms that state it in each language, and those that only may mean it.

    `rivals` groups names of which one may stand unsaid, but never one on each side: the two countries.
    """

    id: str
    en: tuple[str, ...]
    es: tuple[str, ...]
    may_en: tuple[str, ...] = ()
    may_es: tuple[str, ...] = ()
    rivals: str = ""


@dataclass(frozen=True)
class NameTable:
    """A concordance table of names, compiled for searching; longer forms are found before shorter ones."""

    names: tuple[Name, ...]
    _patterns: Mapping[Language, re.Pattern[str]] = field(init=False, repr=False, compare=False)
    _known: Mapping[Language, Mapping[str, tuple[Name, Demand]]] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        known = {"en": _forms(self.names, "en"), "es": _forms(self.names, "es")}
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "_patterns", {language: _any_of(forms) for language, forms in known.items()})

    def with_names(self, more: Iterable[Name]) -> "NameTable":
        """Return the table with further names."""
        return NameTable((*self.names, *more))

    def find(self, text: str, language: Language) -> Iterator[Fact]:
        """Give the names of the table that stand in `text`."""
        known = self._known[language]
        for match in self._patterns[language].finditer(text):
            name, demand = known.get(match[0]) or known[_lowered(match[0])]
            yield Fact(Kind.NAME, name.id, match[0], match.start(), demand, name.rivals)


@cache
def shared_names() -> NameTable:
    """Return the bundled table: countries, places, organisations and terms that the two languages share."""
    import tomllib  # only whoever compares texts pays for the reader

    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return NameTable(names_of(data))


def names_of(data: Mapping[str, Any]) -> tuple[Name, ...]:
    """Read the names of a table: `alike`, a list of what both languages write alike, and `names`."""
    alike = [
        Name(form, (form, _unaccented(form)), (form, _unaccented(form))) for form in data.get("alike", ())
    ]
    return (*alike, *(_name(item) for item in data.get("names", ())))


def own_names(text: str, language: Language) -> Iterator[Fact]:
    """Give the names that no table knows but that stand alike in both versions: 5G, SURGES, Blinken."""
    for match in _TITLED[language].finditer(text):
        for word in _WORD.finditer(match[1]):
            if word[0][0].isupper():
                yield Fact(Kind.NAME, folded(word[0]), word[0], match.start(1) + word.start(), Demand.PRESENT)
    letters = [sign for sign in text if sign.isalpha()]
    if sum(map(str.isupper, letters)) * 2 > len(letters) and len(letters) > 12:
        return  # a heading in capitals
    for pattern in (_ACRONYM, _MIXED):
        for match in pattern.finditer(text):
            if not _NO_NAME.match(match[0]):
                key = match[0].removesuffix("s") if pattern is _ACRONYM else match[0]
                yield Fact(Kind.NAME, folded(key), match[0], match.start(), Demand.PRESENT)


def slips(en: str, es: str) -> Iterator[tuple[str, str]]:
    """Give pairs of capitalised words that stand on one side each and differ as a slip of the pen does."""
    english, spanish = _capitals(en), _capitals(es)
    all_en, all_es = _words(en), _words(es)
    lonely_en = [word for word in english if folded(word) not in all_es]
    lonely_es = [word for word in spanish if folded(word) not in all_en]
    for word in lonely_en:
        for other in lonely_es:
            if _is_slip(folded(word), folded(other)):
                yield word, other


def folded(text: str) -> str:
    """Return `text` in small letters and without accents."""
    return _unaccented(text.casefold())


def _unaccented(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _name(item: Mapping[str, Any]) -> Name:
    return Name(
        item["en"][0],
        tuple(item["en"]),
        tuple(item["es"]),
        tuple(item.get("may_en", ())),
        tuple(item.get("may_es", ())),
        item.get("rivals", ""),
    )


def _forms(names: Iterable[Name], language: Language) -> dict[str, tuple[Name, Demand]]:
    """Map each form to its name; a form that states one name may not mean another."""
    forms: dict[str, tuple[Name, Demand]] = {}
    for name in names:
        stated, implied = (name.en, name.may_en) if language == "en" else (name.es, name.may_es)
        demand = Demand.IMPLIED if name.rivals else Demand.PRESENT
        for form in implied:
            forms.setdefault(_key(form), (name, Demand.IMPLIED))
        for form in stated:
            forms[_key(form)] = (name, demand)
    return forms


def _key(form: str) -> str:
    """Acronyms and names of one word are searched as they stand; longer names in any case."""
    return _lowered(form) if " " in form else form


def _lowered(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", text).casefold()


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Compile one pattern for all forms, the longest first; forms of several words in any case."""
    pieces = []
    for form in sorted(forms, key=len, reverse=True):
        body = re.escape(form).replace(r"\ ", r"[\s\u00a0]+")
        after = "" if form[-1] in ".+" else r"(?![\w$])"
        pieces.append(f"(?i:{body}){after}" if " " in form else f"{body}{after}")
    return re.compile(rf"(?<![\w])(?:{'|'.join(pieces) or '(?!)'})")


def _capitals(text: str) -> list[str]:
    return [
        word for word in _WORD.findall(text) if len(word) >= 5 and word[0].isupper() and word[1].islower()
    ]


def _words(text: str) -> set[str]:
    return {folded(part) for word in _WORD.findall(text) for part in (word, *re.split(r"[-'’]", word))}


def _cognate(word: str) -> str:
    """Take away what only the two spellings differ in: commission and comisión, section and sección."""
    return _DOUBLED.sub(
        r"\1", re.sub("c?t(?=i)", "c", word.replace("-", "")).replace("ph", "f").replace("th", "t")
    )


def _is_slip(one: str, other: str) -> bool:
    """Say whether one letter was changed, lost, added or two were swapped, and not at the end of the word."""
    one, other = (_cognate(word) for word in (one, other))
    if len(one) < 5 or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one)
    )
    if start >= min(len(one), len(other)) - 2:
        return False
    a, b = one[start:], other[start:]
    changed, swapped = a[1:] == b[1:], a[2:] == b[2:] and a[:2] == b[1::-1]
    return changed or swapped or a[1:] == b or b[1:] == a
