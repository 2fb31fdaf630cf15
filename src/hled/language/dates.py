"""Dates at the precision their source gives: a year, a month or a day, written in either language.

The public record often knows only the month of a fact. `PartialDate` keeps that precision, orders such
dates, and never invents a day.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from hled.language.bilingual import Language

_PATTERN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)

MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date known to the year, the month or the day; orders by its text (year first)."""

    iso: str

    def __post_init__(self) -> None:
        match = _PATTERN.match(self.iso)
        if match is None:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {self.iso!r}")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        dt.date(year, month, day)  # raises ValueError for an impossible date

    def __str__(self) -> str:
        return self.iso

    @property
    def earliest(self) -> dt.date:
        """The first day that the date may mean."""
        return dt.date.fromisoformat((self.iso + "-01-01")[:10])

    @property
    def latest(self) -> dt.date:
        """The last day that the date may mean."""
        first = self.earliest
        if len(self.iso) == 10:
            return first
        month = first.month if len(self.iso) == 7 else 12
        return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])

    def text(self, language: Language) -> str:
        """Write the date as people do: `9 September 2021`, `9 de septiembre de 2021`, `October 2022`."""
        day = self.earliest
        if len(self.iso) == 4:
            return self.iso
        month = MONTHS[language][day.month - 1]
        if language == "es":
            return f"{day.day} de {month} de {day.year}" if len(self.iso) == 10 else f"{month} de {day.year}"
        return f"{day.day} {month} {day.year}" if len(self.iso) == 10 else f"{month} {day.year}"
