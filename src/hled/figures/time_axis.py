"""Time as a line: from dates at their source's precision to places on an axis, with readable ticks.

Line charts and timelines of every work-plan line share it, so that a year has the same width everywhere.
"""

import calendar
import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hled.figures.words import SHORT_MONTHS
from hled.language import Language, PartialDate

_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)  # months between ticks
_YEAR_ROOM: Final = 44.0  # px for "2019"
_MONTH_ROOM: Final = 68.0  # px for "Sep 2019"


def years(day: dt.date) -> float:
    """Return a day as a fractional year, for example 2019.5."""
    length = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / length


def place(iso: str) -> float:
    """Return where a period of a line chart stands: a year at its number, a month or day at its beginning."""
    if len(iso) == 7:
        return int(iso[:4]) + (int(iso[5:]) - 1) / 12
    return float(iso) if len(iso) == 4 else years(dt.date.fromisoformat(iso))


@lru_cache(maxsize=4096)
def span(start: str, end: str | None) -> tuple[float, float]:
    """Return the fractional years that a date or period may cover, its last day included."""
    last = PartialDate(end or start).latest
    return years(PartialDate(start).earliest), years(last) + 1 / 366


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Fractional years `first` … `last` drawn from `left` to `right` px."""

    first: float
    last: float
    left: float
    right: float

    def at(self, moment: float) -> float:
        """Return the px of a moment."""
        return self.left + (moment - self.first) / (self.last - self.first) * (self.right - self.left)

    def ticks(self, language: Language, *, finest: int = 1) -> list[tuple[float, str]]:
        """Return (px, text) of ticks that do not collide; none is finer than `finest` months."""
        month_px = (self.right - self.left) / max((self.last - self.first) * 12, 1e-6)
        step = next(
            (
                step
                for step in _STEPS
                if step >= finest and step * month_px >= (_YEAR_ROOM if step >= 12 else _MONTH_ROOM)
            ),
            _STEPS[-1],
        )
        begin = math.ceil((self.first * 12 - 1e-6) / step) * step
        months = range(begin, math.floor(self.last * 12 + 1e-6) + 1, step)
        return [(self.at(month / 12), _tick(month, step, language)) for month in months]


def _tick(month: int, step: int, language: Language) -> str:
    year, index = divmod(month, 12)
    return str(year) if step >= 12 else f"{SHORT_MONTHS[index].text(language)} {year}"


def axis(first: float, last: float, *, left: float, right: float) -> TimeAxis:
    """Make an axis; a single moment gets half a year on each side."""
    if last <= first:
        first, last = first - 0.5, last + 0.5
    return TimeAxis(first, last, left, right)
