"""Numbers as people write them in either language: digits by Mexican usage, words, ordinals, scales.

Both versions write 1,234.5. A billion is mil millones and a trillion is un billón: the most expensive false
friends of the two languages. Serves the concordance of both versions under every work-plan line.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hled.language.bilingual import Language

_WELL_FORMED: Final = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+|\d+)(?:\.\d+)?\Z"
)
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language, each with its value."""

    small: dict[str, int]
    scales: dict[str, int]
    ordinals: dict[str, int]
    joint: str


def _listed(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {
        word: first + step * place for place, group in enumerate(words.split()) for word in group.split("/")
    }


_ENGLISH: Final = Numerals(
    small=_listed(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    )
    | _listed("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    scales={
        "dozen": 12,
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "mn": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
        "tn": 10**12,
    },
    ordinals=_listed(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    ),
    joint="and",
)
_SPANISH: Final = Numerals(
    small=_listed(
        "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés "
        "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
    )
    | _listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | {"cien": 100, "ciento": 100}
    | _listed(
        "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
        200,
        100,
    ),
    scales={
        "docena": 12,
        "docenas": 12,
        "centenar": 100,
        "millar": 10**3,
        "mil": 10**3,
        "millón": 10**6,
        "millones": 10**6,
        "billón": 10**12,
        "billones": 10**12,
        "trillón": 10**18,
        "trillones": 10**18,
    },
    ordinals={
        form: value
        for stem, value in _listed(
            "primer segund tercer cuart quint sext séptim octav noven décim/decim undécim/decimoprimer "
            "duodécim/decimosegund decimotercer decimocuart decimoquint decimosext decimoséptim decimooctav "
            "decimonoven vigésim",
            1,
        ).items()
        for form in (stem + "o", stem + "a")  # plurals mean other things: segundos, cuartos, quintos
    }
    | {"primer": 1, "primeros": 1, "primeras": 1, "tercer": 3, "decimoprimer": 11, "decimotercer": 13},
    joint="y",
)


def numerals(language: Language) -> Numerals:
    """Return the number words of a language."""
    return _SPANISH if language == "es" else _ENGLISH


def from_digits(text: str) -> Decimal | None:
    """Read `1,234.5`, also with narrow spaces between the thousands; None where the groups are not three."""
    if not _WELL_FORMED.match(text):
        return None
    return Decimal(re.sub(r"[,\u00a0\u202f\u2009]", "", text))


def from_roman(text: str) -> int | None:
    """Read a Roman numeral in capitals; None for anything else."""
    if not text or not _ROMAN.match(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def plain(value: Decimal) -> str:
    """Write a value with as few digits as it needs: `1500000000`, `72.2`."""
    return format(value.normalize(), "f")


def composed(words: list[str], language: Language) -> tuple[Decimal, int] | None:
    """Read the number that `words` begin with: its value and how many words it takes, or None.

    A word may be digits: “17 mil 211 millones” is 17,211,000,000 and “1.5 billion” 1,500,000,000.
    """
    reading = _Reading(numerals(language))
    taken = 0
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == reading.numerals.joint and reading.may_join(following):
            continue
        if not reading.take(word):
            break
        taken = place + 1
    return (reading.value, taken) if taken else None


class _Reading:
    """A number being read: `done` is what is settled, `group` what a scale may still multiply."""

    def __init__(self, known: Numerals) -> None:
        self.numerals = known
        self.done = Decimal(0)
        self.group: Decimal | None = None
        self.room = Decimal("Infinity")  # the next addend must be smaller than this

    @property
    def value(self) -> Decimal:
        return self.done + (self.group or 0)

    def may_join(self, following: str) -> bool:
        """Say whether “and” or “y” stands inside a number: thirty y five, one hundred and five."""
        value = self.numerals.small.get(following)
        if value is None or self.group is None or value >= self.room:
            return False
        tens = self.numerals.joint == "y" and 30 <= self.group % 100 < 100 and value < 10
        return tens or (self.numerals.joint == "and" and self.group >= 100)

    def take(self, word: str) -> bool:
        """Take one word if the number can go on with it."""
        if word in self.numerals.scales:
            return self._multiply(self.numerals.scales[word])
        value = from_digits(word) if word[:1].isdigit() else None
        if value is None and word in self.numerals.small:
            value = Decimal(self.numerals.small[word])
        if value is None or value >= self.room or (self.group is not None and value == 0):
            return False
        self.group = value if self.group is None else self.group + value
        self.room = _room_after(value, word)
        return True

    def _multiply(self, scale: int) -> bool:
        if self.group is None and scale not in {100, 1000}:
            return False
        group = scale * (Decimal(1) if self.group is None else self.group)
        self.room = Decimal(scale)
        if scale >= 10**6:
            self.done, self.group = self.done + group, None
        else:
            self.group = group
        return True


def _room_after(value: Decimal, word: str) -> Decimal:
    """After thirty comes at most nine, after doscientos at most 99, after digits or five nothing."""
    if word[:1].isdigit() or value < 20 or value % 10:
        return Decimal(0)
    return Decimal(10 if value < 100 else 100)
