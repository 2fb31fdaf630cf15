"""What two versions of a text must have in common: numbers, dates, amounts, names and references.

A fact is found in the running text of one language and carries a key that is the same in both, so that
“US$1.5 billion” and “1,500 millones de dólares” are one fact and “billion” and “billón” are two. It serves
every work-plan line: nothing takes effect whose two versions state different facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

BLANK: Final = "\x00"  # stands where a fact was taken: neither a letter, nor a digit, nor a space


class Kind(StrEnum):
    """What a fact is about."""

    NUMBER = "number"
    DATE = "date"
    AMOUNT = "amount"
    NAME = "name"
    REFERENCE = "reference"


class Demand(StrEnum):
    """How much a fact asks of the other version."""

    STATED = "stated"  # it must stand there too
    PRESENT = "present"  # it must stand there too, however often
    IMPLIED = "implied"  # it may answer one that stands there, and asks for nothing


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: `key` is equal in both languages, `shown` as it stands at `start`; `unit` a currency code."""

    kind: Kind
    key: str
    shown: str
    start: int
    demand: Demand = Demand.STATED
    unit: str = ""


def without(text: str, facts: Iterable[Fact]) -> str:
    """Return `text` of the same length in which the places of `facts` are blank."""
    letters = list(text)
    for fact in facts:
        end = fact.start + len(fact.shown)
        letters[fact.start : end] = BLANK * (end - fact.start)
    return "".join(letters)
