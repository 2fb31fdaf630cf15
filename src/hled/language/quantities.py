"""Numbers, percentages, fractions and amounts of money in running text, in either language.

Cardinals and ordinals share one key, for “phase 2” is “la segunda fase”. One by word asks for nothing, since
“un” is an article too; a definite pair (“the two governments”, “ambos gobiernos”) neither. Serves the
concordance of both versions under every work-plan line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hled.language.bilingual import Language
from hled.language.facts import Demand, Fact, Kind, without
from hled.language.numerals import composed, from_digits, numerals, plain

_TOKEN: Final = re.compile(r"(?<![^\W\d_])\d(?:[\d.,\u00a0\u202f\u2009]*\d)?|[^\W\d_]+")
_GAP: Final = re.compile(r"[ \u00a0\u202f-]\Z|  ?\Z")
# A number word that begins a Spanish name: Once Noticias, Cuatro Ciénegas, Sexto Informe.
_NAMED: Final = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ [A-ZÁÉÍÓÚÑ][a-záéíóúñ]")
_YEARS: Final = re.compile(r"(?<![\d.,])((?:19|20)\d\d)([-–/])(\d\d)(?![\d.,]*\d)")
_RATIO: Final = re.compile(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?![\d/])")
_PERCENT: Final = re.compile(r"\s*(?:%|per\s?cent\b|por ciento\b)", re.IGNORECASE)
_TO_PERCENT: Final = re.compile(r"\s*(?:[-–]|to|and|or|a|y|o)\s*\d[\d.,]*\s*(?:%|per\s?cent\b|por ciento\b)")
_TO_SCALE: Final = re.compile(
    r"\s?[-–]\s?\d[\d.,]*\s*(?:(m|mn|bn|tn)\b|(mil millones|millones|billones|million|billion|trillion)\b)"
)
_SHORT_SCALES: Final = {"m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "k": 10**3}
_SHORT_SCALE: Final = re.compile(r"\s?(m|mn|bn|b|tn|k|M)\b")
_MEXICAN_SHORT: Final = re.compile(r"\s*(m?md)(d|p)\b")
_BEFORE: Final = re.compile(r"(US\$|USD|U\.S\. ?\$|MXN|MX\$|CAD|EUR|€|\$)\s*[-−]?\Z")
_AFTER: Final = re.compile(
    r"\s*(?:de\s+)?(?:U\.?\s?S\.?\s+|Mexican\s+)?"
    r"(dollars?|dólar(?:es)?|dls|pesos?|euros?|USD|MXN|EUR|CAD)\b",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(
    r"(?<!\w)(US\$|U\.S\. ?\$|MX\$|USD\b|MXN\b|EUR\b|CAD\b|€|dollars?\b|dólar(?:es)?\b|dls\b|m?mdd\b|m?mdp\b"
    r"|pesos\b|euros?\b)",
    re.IGNORECASE,
)
_CURRENCIES: Final = {"us": "USD", "u.": "USD", "do": "USD", "dó": "USD", "dl": "USD", "mx": "MXN",
                      "pe": "MXN", "eu": "EUR", "€": "EUR", "ca": "CAD", "$": ""}  # fmt: skip
_BARE_SCALE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:(millions?)|(billions?)|(trillions?))\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:(millones)|(mil(?:es de)? millones)|(billones))\b", re.IGNORECASE),
}
_PAIRS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:both|twice|pair|the two)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:ambos|ambas|par|l[oa]s dos)\b", re.IGNORECASE),
}
_PARTS: Final = {"half": 2, "third": 3, "tercio": 3, "tercera": 3, "quarter": 4, "cuarto": 4, "cuarta": 4,
                 "fifth": 5, "quinto": 5, "quinta": 5, "tenth": 10, "décimo": 10, "décima": 10}  # fmt: skip
_FRACTIONS: Final[dict[Language, tuple[re.Pattern[str], ...]]] = {
    "en": (
        re.compile(r"\b(a|one)[- ](third|quarter|fifth|tenth)(?= of\b)", re.IGNORECASE),
        re.compile(r"\b(two|three|four)[- ](third|quarter|fifth|tenth)s\b", re.IGNORECASE),
    ),
    "es": (
        re.compile(r"\b(un) (tercio|cuarto|quinto|décimo)(?= del?\b)", re.IGNORECASE),
        re.compile(r"\b(dos|tres|cuatro) (tercio|cuarto|quinto|décimo)s\b", re.IGNORECASE),
        re.compile(r"\b(una|la|dos|tres|cuatro) (tercera|cuarta|quinta|décima)s? partes?\b", re.IGNORECASE),
    ),
}
_HALF_MILLION: Final = re.compile(
    r"\bhalf an? (million|billion|dozen)\b|\bmedi[oa] (millón|docena)\b", re.IGNORECASE
)
_HALF: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:half(?=\s+(?:of|an?|the|its|their|all)\b)|one[- ]half)\b", re.IGNORECASE),
    "es": re.compile(r"\bmitad\b(?! del? año)", re.IGNORECASE),
}
_LOOSE_HALF: Final = re.compile(r"\b(?:half|medi[oa])\b", re.IGNORECASE)


def quantities(text: str, language: Language) -> list[Fact]:
    """Return the numbers and amounts of `text`, from which dates, names and references were taken."""
    found: list[Fact] = []
    for reader in (_years, _fractions, _numbers, _pairs, _bare_scales):
        found += reader(without(text, found), language)
    return found + list(_currencies(text))


def _years(text: str, _language: Language) -> list[Fact]:
    """Read 2023-24 as two years."""
    facts = []
    for match in _YEARS.finditer(text):
        first, dash, short = match.groups()
        facts.append(Fact(Kind.DATE, first, first, match.start()))
        facts.append(Fact(Kind.DATE, first[:2] + short, dash + short, match.start(2)))
    return facts


def _fractions(text: str, language: Language) -> list[Fact]:
    facts = [_share(match, Fraction(int(match[1]), int(match[2]) or 1)) for match in _RATIO.finditer(text)]
    for match in _HALF_MILLION.finditer(text):
        word = (match[1] or match[2]).lower()
        value = Decimal(numerals(language).scales.get(word, 0)) / 2
        facts.append(Fact(Kind.NUMBER, plain(value), match[0], match.start()))
    for pattern in _FRACTIONS[language]:
        for match in pattern.finditer(text):
            count = numerals(language).small.get(match[1].lower(), 1)
            facts.append(_share(match, Fraction(count, _PARTS[match[2].lower()])))
    rest = without(text, facts)
    facts += [_share(match, Fraction(1, 2)) for match in _HALF[language].finditer(rest)]
    rest = without(text, facts)
    facts += [_share(match, Fraction(1, 2), Demand.IMPLIED) for match in _LOOSE_HALF.finditer(rest)]
    return facts


def _share(match: re.Match[str], value: Fraction, demand: Demand = Demand.STATED) -> Fact:
    return Fact(Kind.NUMBER, f"{value.numerator}/{value.denominator}", match[0], match.start(), demand)


@dataclass(slots=True)
class _Number:
    """A number as found: its place, value, how it ends and whether it is a word that may be an article."""

    start: int
    end: int
    value: Decimal | None
    is_digits: bool


def _numbers(text: str, language: Language) -> list[Fact]:
    facts = []
    tokens = list(_TOKEN.finditer(text))
    place = 0
    while place < len(tokens):
        number, taken = _number_at(text, tokens, place, language)
        if number is not None:
            facts.append(_fact(text, number, language))
        place += max(taken, 1)
    return facts


def _number_at(
    text: str, tokens: list[re.Match[str]], place: int, language: Language
) -> tuple[_Number | None, int]:
    """Read the number that begins at a token, and how many tokens it takes."""
    first = tokens[place]
    if first[0][0].isdigit() and from_digits(first[0]) is None:
        return _Number(first.start(), first.end(), None, is_digits=True), 1
    if first[0] == "ciento" and text[: first.start()].endswith("por "):
        return None, 1
    words = _run(text, tokens, place)
    article = language == "en" and words[0] == "a" and words[1:2] != [] and words[1] in numerals("en").scales
    found = composed(["one", *words[1:]] if article else words, language)
    if found is None:
        ordinal = numerals(language).ordinals.get(words[0])
        return (None, 1) if ordinal is None else (_of(first, first, Decimal(ordinal)), 1)
    value, taken = found
    tail = numerals(language).ordinals.get(words[taken]) if taken < len(words) else None
    if tail is not None and tail < 10 <= value < 100 and value % 10 == 0:  # twenty-first
        value, taken = value + tail, taken + 1
    return _of(first, tokens[place + taken - 1], value), taken


def _of(first: re.Match[str], last: re.Match[str], value: Decimal) -> _Number:
    return _Number(first.start(), last.end(), value, is_digits=first[0][0].isdigit())


def _run(text: str, tokens: list[re.Match[str]], place: int) -> list[str]:
    """Return the words from `place` on that only single spaces or hyphens separate, at most twelve."""
    words = [tokens[place][0].lower()]
    for before, token in zip(tokens[place:], tokens[place + 1 : place + 12], strict=False):
        between = text[before.end() : token.start()]
        digits = before[0][0].isdigit() and token[0][0].isdigit()
        if not _GAP.match(between) or digits or (between == "-" and before[0][0].isdigit()):
            break
        words.append(token[0].lower())
    return words


def _fact(text: str, number: _Number, language: Language) -> Fact:
    """Complete a number with its sign, scale, percent sign and currency."""
    if number.value is None:
        shown = text[number.start : number.end]
        return Fact(Kind.NUMBER, f"?{shown}", shown, number.start)
    start, end, value = number.start, number.end, number.value
    before = _BEFORE.search(text, 0, start)
    unit = _currency(before[1]) if before else ""
    value, end, short_unit = _scaled(text, end, value, is_money=before is not None)
    after = _AFTER.match(text, end)
    if after and not unit:
        unit, end = _currency(after[1]), after.end()
    percent = _PERCENT.match(text, end)
    if percent or (number.is_digits and _TO_PERCENT.match(text, end)):
        end = percent.end() if percent else end
        return Fact(Kind.NUMBER, f"{plain(value)}%", text[start:end], start)
    if before:
        start = before.start()
    elif re.search(r"(?:(?<=[\s(])|\A)[-−]\Z", text[:start]):
        start, value = start - 1, -value
    kind = Kind.AMOUNT if before or after or short_unit or value >= 10**6 else _kind(text[start:end])
    return Fact(
        kind, plain(value), text[start:end], start, _demand(text, number, language), unit or short_unit
    )


def _scaled(text: str, end: int, value: Decimal, *, is_money: bool) -> tuple[Decimal, int, str]:
    """Apply a short scale (US$474m, 17,211 mdp), or that of the second number of a range (US$1–2 billion)."""
    mexican = _MEXICAN_SHORT.match(text, end)
    if mexican:
        scale = 10**9 if mexican[1] == "mmd" else 10**6
        return value * scale, mexican.end(), "USD" if mexican[2] == "d" else "MXN"
    short = _SHORT_SCALE.match(text, end) if is_money else None
    if short:
        return value * _SHORT_SCALES[short[1].lower()], short.end(), ""
    ahead = _TO_SCALE.match(text, end)
    if ahead and value < 10**6:
        words = {"mil millones": 10**9, "millones": 10**6, "billones": 10**12, "million": 10**6,
                 "billion": 10**9, "trillion": 10**12}  # fmt: skip
        return value * (_SHORT_SCALES[ahead[1]] if ahead[1] else words[ahead[2]]), end, ""
    return value, end, ""


def _kind(shown: str) -> Kind:
    return Kind.DATE if re.fullmatch(r"(?:19|20)\d\d", shown) else Kind.NUMBER


def _demand(text: str, number: _Number, language: Language) -> Demand:
    """Ask nothing for one and zero by word, nor for the two of a pair that everybody knows."""
    if number.is_digits or number.value is None:
        return Demand.STATED
    if number.value <= 1 or (language == "es" and _NAMED.match(text, number.start)):
        return Demand.IMPLIED
    if text[number.start : number.end] == "tercero" and text[: number.start].endswith("un "):
        return Demand.IMPLIED  # a third party
    definite = number.value == 2 and _PAIRS[language].search(text[max(0, number.start - 4) : number.end])
    return Demand.IMPLIED if definite else Demand.STATED


def _pairs(text: str, language: Language) -> list[Fact]:
    return [
        Fact(Kind.NUMBER, "2", match[0], match.start(), Demand.IMPLIED)
        for match in _PAIRS[language].finditer(text)
    ]


def _bare_scales(text: str, language: Language) -> list[Fact]:
    """Read a scale without a number, as in the unit “US$ billion”, “miles de millones de dólares”."""
    keys = ("×1000000", "×1000000000", "×1000000000000")
    return [
        Fact(Kind.AMOUNT, keys[(match.lastindex or 1) - 1], match[0], match.start())
        for match in _BARE_SCALE[language].finditer(text)
    ]


def _currencies(text: str) -> Iterator[Fact]:
    """Name each currency once more for itself, so that one cannot fall away on one side."""
    for match in _MENTION.finditer(text):
        yield Fact(Kind.AMOUNT, _currency(match[1]), match[0], match.start(), Demand.PRESENT)


def _currency(shown: str) -> str:
    lowered = shown.lower()
    if "md" in lowered:
        return "USD" if lowered.endswith("d") else "MXN"
    return _CURRENCIES.get(lowered[:2], _CURRENCIES.get(lowered[:1], ""))
