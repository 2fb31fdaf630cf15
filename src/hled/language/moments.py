"""Dates, quarters, seasons, weekdays, centuries and times of day in running text, in either language.

September 9, 2021, 9 September 2021, 9 de septiembre de 2021 and 2021-09-09 are one date. A date written as
09/12/2022 is two: the two countries read day and month in opposite order, so it never agrees with itself.
Serves the concordance of both versions under every work-plan line.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from hled.language.bilingual import Language
from hled.language.dates import MONTHS
from hled.language.facts import Demand, Fact, Kind, without
from hled.language.numerals import from_roman, numerals

_MONTH: Final[dict[Language, str]] = {
    "en": r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)",
    "es": r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    r"|diciembre)\b",
}
_DAYS: Final = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
                "sunday": 7, "lunes": 1, "martes": 2, "miércoles": 3, "jueves": 4, "viernes": 5, "sábado": 6,
                "domingo": 7}  # fmt: skip
_SEASONS: Final = {"spring": "spring", "primavera": "spring", "summer": "summer", "verano": "summer",
                   "autumn": "autumn", "fall": "autumn", "otoño": "autumn", "winter": "winter",
                   "invierno": "winter"}  # fmt: skip
_TO: Final[dict[Language, str]] = {
    "en": r"\s*(?:-|–|\bto\b|\band\b)\s*",
    "es": r"\s*(?:-|–|\bal?\b|\by\b)\s*",
}
_ISO: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])")
_SLASHED: Final = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_CLOCK: Final = re.compile(
    r"(?<![\d:])(\d{1,2})(?::(\d{2}))?\s*(?:(a|p)\.?\s?m\b\.?)|(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])",
    re.IGNORECASE,
)


def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    """Compile the forms of dates: day first, month first, two months, month and year, month alone."""
    month, to = _MONTH[language], _TO[language]
    if language == "es":
        of = r"\s+(?:de\s+)?"
        year = r"(?:\s*,?\s+(?:de|del)\s+(?:año\s+)?(\d{4})\b)?"
        day = r"(\d{1,2}|primero)(?:\.?[ºo°])?"
        forms = (rf"\b{day}(?:{to}(\d{{1,2}}))?{of}({month}){year}",)
        alone = rf"\b({month})(?:{to}({month}))?{year}"
        return tuple(re.compile(form, re.IGNORECASE) for form in (*forms, alone))
    year = r"(?:,?\s+(?:of\s+)?(\d{4})\b)?"
    ending = r"(?:st|nd|rd|th)?"
    return (
        re.compile(rf"\b(\d{{1,2}}){ending}(?:{to}(\d{{1,2}}){ending})?\s+(?:of\s+)?({month}){year}"),
        re.compile(rf"\b({month})(?:{to}({month}))?{year}(?!\s+\d{{1,2}}(?!\d))"),
    )


_DATES: Final[dict[Language, tuple[re.Pattern[str], ...]]] = {"en": _patterns("en"), "es": _patterns("es")}
_MONTH_FIRST: Final = re.compile(
    rf"\b({_MONTH['en']})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO['en']}(\d{{1,2}})(?:st|nd|rd|th)?)?(?!\d)"
    r"(?:,?\s+(?:of\s+)?(\d{4})\b)?"
)
_ORDINAL: Final[dict[Language, str]] = {
    "en": r"(first|second|third|fourth|1st|2nd|3rd|4th)",
    "es": r"(primer|segundo|tercer|cuarto|[1-4]\.?\s?(?:er|º|o)\.?)",
}
_PERIODS: Final[dict[Language, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "en": (
        ("Q", re.compile(_ORDINAL["en"] + r"[\s-]+quarter(?:\s+(?:of\s+)?(\d{4}))?", re.IGNORECASE)),
        ("Q", re.compile(r"\bQ([1-4])(?:\s+(?:of\s+)?(\d{4}))?\b")),
        ("H", re.compile(_ORDINAL["en"] + r"[\s-]+half\s+(?:of\s+)?(?:the\s+year|(\d{4}))", re.IGNORECASE)),
    ),
    "es": (
        (
            "Q",
            re.compile(
                _ORDINAL["es"] + r"\s*trimestre(?:\s+(?:de|del)\s+(?:año\s+)?(\d{4}))?", re.IGNORECASE
            ),
        ),
        ("Q", re.compile(r"\b(?:T([1-4])|([1-4])T)(?:\s+(?:de\s+|del\s+)?(\d{4}))?\b")),
        (
            "H",
            re.compile(_ORDINAL["es"] + r"\s*semestre(?:\s+(?:de|del)\s+(?:año\s+)?(\d{4}))?", re.IGNORECASE),
        ),
        ("H", re.compile(r"\b(primer|segund)a mitad del? (?:año\b|(\d{4}))", re.IGNORECASE)),
    ),
}
_CENTURY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)|((?:twenty-)?[a-z]+))[\s-]+century\b", re.IGNORECASE),
    "es": re.compile(r"\bsiglo\s+(?:([IVX]+)|(\d{1,2}))\b", re.IGNORECASE),
}
_SEASON: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(spring|summer|autumn|fall|winter)\b(?=(\s+(?:of\s+)?\d{4})?)", re.IGNORECASE),
    "es": re.compile(r"\b(primavera|verano|otoño|invierno)\b(?=(\s+del?\s+\d{4})?)", re.IGNORECASE),
}
_WEEKDAY: Final = re.compile(rf"\b(?:{'|'.join(_DAYS)})s?\b", re.IGNORECASE)
_MODAL: Final = re.compile(
    r"\b(?:in|of|by|since|until|till|to|from|and|or|this|last|next|early|mid|late)\W+\Z", re.IGNORECASE
)


def moments(text: str, language: Language) -> list[Fact]:
    """Return the dates and times of `text`, from which names and references were taken."""
    found: list[Fact] = []
    readers: tuple[Callable[[str, Language], Iterator[Fact]], ...] = (
        _numeric, _clocks, _centuries, _periods, _dates, _weekdays, _seasons
    )  # fmt: skip
    for reader in readers:
        found += reader(without(text, found), language)
    return found


def _numeric(text: str, _language: Language) -> Iterator[Fact]:
    for match in _ISO.finditer(text):
        year, month, day = match.groups()
        if 1 <= int(month) <= 12:
            yield Fact(Kind.DATE, match[0] if day else f"{year}-{month}", match[0], match.start())
    for match in _SLASHED.finditer(text):
        first, second, year = int(match[1]), int(match[2]), match[3]
        if first == second:
            key = f"{year}-{first:02}-{second:02}"
        elif first > 12 or second > 12:
            day, month = max(first, second), min(first, second)
            key = f"{year}-{month:02}-{day:02}"
        else:
            key = f"ambiguous {match.start()} {_language}"
        yield Fact(Kind.DATE, key, match[0], match.start())


def _clocks(text: str, _language: Language) -> Iterator[Fact]:
    for match in _CLOCK.finditer(text):
        hour, minute, half, plain_hour, plain_minute = match.groups()
        value = int(hour or plain_hour) % (12 if half else 100) + 12 * ((half or "").lower() == "p")
        yield Fact(Kind.DATE, f"T{value:02}:{minute or plain_minute or '00'}", match[0], match.start())


def _centuries(text: str, language: Language) -> Iterator[Fact]:
    for match in _CENTURY[language].finditer(text):
        digits, word = (match[2], match[1]) if language == "es" else match.groups()
        tail = (word or "").lower().removeprefix("twenty-")
        named = numerals("en").ordinals.get(tail, 0) + 20 * (word or "").lower().startswith("twenty-")
        number = int(digits) if digits else (from_roman(word.upper()) if language == "es" else named)
        if number:
            yield Fact(Kind.DATE, f"century {number}", match[0], match.start(), Demand.PRESENT)


def _periods(text: str, language: Language) -> Iterator[Fact]:
    taken: list[Fact] = []
    for letter, pattern in _PERIODS[language]:
        for match in pattern.finditer(without(text, taken)):
            groups = match.groups()
            which = next(group for group in groups if group).lower()
            year = groups[-1] or ""
            number = which[0] if which[0].isdigit() else str(_which(which, language))
            taken.append(Fact(Kind.DATE, f"{year}{letter}{number}", match[0], match.start()))
    yield from taken


def _which(word: str, language: Language) -> int:
    known = numerals(language).ordinals
    return known.get(word) or known.get(word + "o") or known[word + "a"]


def _dates(text: str, language: Language) -> Iterator[Fact]:
    if language == "en":
        for match in _MONTH_FIRST.finditer(text):
            yield from _with_days(match, (match[2], match[3]), match[1], match[4])
        text = _MONTH_FIRST.sub(lambda match: "\x00" * len(match[0]), text)
    by_day, alone = _DATES[language]
    for match in by_day.finditer(text):
        yield from _with_days(match, (match[1], match[2]), match[3], match[4])
    text = by_day.sub(lambda match: "\x00" * len(match[0]), text)
    for match in alone.finditer(text):
        if match[0] == "May" and not _MODAL.search(text[: match.start()]):
            continue  # the verb, or a name
        yield from _months(match)


def _with_days(
    match: re.Match[str], days: tuple[str, str | None], month: str, year: str | None
) -> Iterator[Fact]:
    """Give one fact for each day: “15 and 16 October” is two."""
    for place, day in enumerate(days):
        if day:
            number = 1 if day.lower() == "primero" else int(day)
            key = f"{year or '-'}-{_number(month):02}-{number:02}"
            shown = match[0] if place == 0 else day
            yield Fact(Kind.DATE, key, shown, match.start(place + 1) if place else match.start())


def _months(match: re.Match[str]) -> Iterator[Fact]:
    first, second, year = match.groups()
    yield Fact(Kind.DATE, f"{year or '-'}-{_number(first):02}", match[0], match.start())
    if second:
        yield Fact(Kind.DATE, f"{year or '-'}-{_number(second):02}", second, match.start(2))


def _number(name: str) -> int:
    stem = name.lower().rstrip(".")[:3]
    stem = {"set": "sep", "sep": "sep"}.get(stem, stem)
    return next(
        place
        for months in MONTHS.values()
        for place, month in enumerate(months, 1)
        if month[:3].lower() == stem
    )


def _weekdays(text: str, _language: Language) -> Iterator[Fact]:
    for match in _WEEKDAY.finditer(text):
        word = match[0].lower()
        number = _DAYS.get(word) or _DAYS[word[:-1]]
        yield Fact(Kind.DATE, f"day {number}", match[0], match.start())


def _seasons(text: str, language: Language) -> Iterator[Fact]:
    """Read seasons; fall and spring without a year are also verbs and springs."""
    for match in _SEASON[language].finditer(text):
        vague = match[1].lower() in {"fall", "spring"} and not match[2]
        demand = Demand.IMPLIED if vague else Demand.STATED
        yield Fact(Kind.DATE, _SEASONS[match[1].lower()], match[0], match.start(), demand)
