"""Level shifts of a monthly series: months where its usual level changes and stays changed.

Serves line 5 of the work plan. The rule is robust (medians and median absolute deviations of twelve months on
each side, so that seasons and single odd months do not count) and uses whole numbers only. It finds true
events, such as a closed border, as well as errors: a flag asks for an explanation and gives none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hled.language import Bilingual
from hled.pillars.rebuilding.border.flows import Series, month_after
from hled.pillars.rebuilding.border.quality import Flag, Kind

WINDOW: Final = 12
# The larger median is at least 1.6 times the smaller, at least 500 a month, and the medians differ by at
# least three times the larger median absolute deviation of the two windows.
TIMES_TENTHS: Final = 16
AT_LEAST: Final = 500
DEVIATIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Shift:
    """A place where the level changes: twice the medians of the twelve months before and after."""

    place: int
    before: int
    after: int
    jump: int


def level_shifts(port: str | None, series: Series) -> Iterator[Flag]:
    """Flag each level shift of a series, at least twelve months apart; the greatest jump goes first.

    Args:
        port: code of the port, None for the total.
        series: months ascending; windows with a missing or undetermined month are passed over.
    """
    taken: list[int] = []
    candidates = sorted(_candidates(series), key=lambda shift: (-shift.jump, shift.place))
    chosen = []
    for shift in candidates:
        if all(abs(shift.place - other) >= WINDOW for other in taken):
            taken.append(shift.place)
            chosen.append(shift)
    for shift in sorted(chosen, key=lambda item: item.place):
        month = series[shift.place].month
        note = _SHIFT.format(before=f"{shift.before // 2:,}", after=f"{shift.after // 2:,}")
        yield Flag(Kind.LEVEL_SHIFT, port, month, month, 1, note)


def _candidates(series: Series) -> Iterator[Shift]:
    values = [item.value for item in series]
    joined = [False] + [month_after(before.month) == after.month for before, after in pairwise(series)]
    for place in range(WINDOW, len(series) - WINDOW + 1):
        around = values[place - WINDOW : place + WINDOW]
        known = [value for value in around if value is not None]
        if len(known) == 2 * WINDOW and all(joined[place - WINDOW + 1 : place + WINDOW]):
            shift = _compare(place, known[:WINDOW], known[WINDOW:])
            if shift is not None:
                yield shift


def _compare(place: int, before: list[int], after: list[int]) -> Shift | None:
    old, new = _median(before), _median(after)
    low, high = sorted((old, new))
    if high < 2 * AT_LEAST or 10 * high < TIMES_TENTHS * low:
        return None
    if high - low < DEVIATIONS * max(_deviation(before, old), _deviation(after, new)):
        return None
    return Shift(place=place, before=old, after=new, jump=abs(sum(after) - sum(before)))


def _median(values: list[int]) -> int:
    """Return twice the median of twelve values, which is a whole number."""
    ordered = sorted(values)
    return ordered[WINDOW // 2 - 1] + ordered[WINDOW // 2]


def _deviation(values: list[int], median: int) -> int:
    """Return twice the median absolute deviation from half of `median`, rounded down."""
    return _median([abs(2 * value - median) for value in values]) // 2


_SHIFT: Final = Bilingual(
    en="The median month goes from {before} (12 months before) to {after} (12 months from here).",
    es="El mes mediano pasa de {before} (12 meses antes) a {after} (12 meses desde aquí).",
)
