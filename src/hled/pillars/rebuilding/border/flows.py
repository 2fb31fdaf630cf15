"""The arithmetic of border flows: months, years, totals and changes, in whole numbers only.

Serves line 5 of the work plan. A month published twice with one value counts once; one published twice with
different values is not determined and left out of every total. A total is incomplete for a month that a port
of weight lacks: such a gap is not taken as zero. A year is complete with twelve determined months of which
none is incomplete, and only complete years are compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from hled.pillars.rebuilding.border.inputs import LAST_MONTH, Row

# A port weighs in a total with more than 1/200 (0.5 %) of it. Were every port to count, the smallest, which
# report now and then, would leave no total complete though they hardly move it.
WEIGHT: Final = 200


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one series: `published` as found, `value` None where the published values differ.

    `lacking` are the codes of the ports of weight that a total does not contain.
    """

    month: str
    value: int | None
    published: tuple[int, ...]
    lacking: tuple[str, ...] = ()

    @property
    def whole(self) -> int | None:
        """The value, None where a port of weight is missing from it."""
        return None if self.lacking else self.value


@dataclass(frozen=True, slots=True)
class Year:
    """A year of one series: the sum of its determined months and how many they are (0-12).

    `lacking` counts those of its months whose total lacks a port of weight.
    """

    year: int
    value: int
    months: int
    lacking: int = 0

    @property
    def complete(self) -> bool:
        """Say whether all twelve months are determined and none lacks a port."""
        return self.months == 12 and not self.lacking


Series = tuple[Month, ...]


def by_port(rows: Iterable[Row], measure: str) -> dict[str, Series]:
    """Return the months of `measure` by port code, ascending."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.measure == measure:
            found[row.port][row.month].append(row.value)
    return {
        port: tuple(_month(month, values) for month, values in sorted(months.items()))
        for port, months in sorted(found.items())
    }


def total(series: Mapping[str, Series]) -> Series:
    """Return the sum over ports (by code), month by month, each month with the ports of weight it lacks.

    Months that are not determined are left out.
    """
    known = {port: values for port, months in series.items() if (values := _known(months))}
    sums: dict[str, int] = defaultdict(int)
    for values in known.values():
        for month, value in values.items():
            sums[month] += value
    lacking: dict[str, list[str]] = defaultdict(list)
    for port, values in sorted(known.items()):
        for month in _gaps(values, sums):
            lacking[month].append(port)
    return tuple(
        Month(month, value, (value,), tuple(lacking.get(month, ()))) for month, value in sorted(sums.items())
    )


def yearly(series: Series) -> tuple[Year, ...]:
    """Return the years in which `series` has a determined month, ascending."""
    found: dict[int, list[Month]] = defaultdict(list)
    for item in series:
        if item.value is not None:
            found[int(item.month[:4])].append(item)
    return tuple(
        Year(
            year,
            sum(item.value or 0 for item in months),
            len(months),
            sum(bool(item.lacking) for item in months),
        )
        for year, months in sorted(found.items())
    )


def within(series: Series, first_year: int, last_year: int) -> Series:
    """Return the months of these years, both included."""
    return tuple(item for item in series if first_year <= int(item.month[:4]) <= last_year)


def percent(now: int, before: int) -> str | None:
    """Return the change from `before` to `now` in percent, one decimal, half up; None from zero."""
    return None if before == 0 else tenths(Decimal(100) * (now - before) / before)


def share(part: int, whole: int) -> str | None:
    """Return `part` of `whole` in percent, one decimal, half up; None of nothing."""
    return None if whole == 0 else tenths(Decimal(100) * part / whole)


def tenths(value: Decimal) -> str:
    """Write a number with one decimal, half up, and no negative zero."""
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded}"


def change(years: Mapping[int, Year], year: int, base: int) -> str | None:
    """Return the change from `base` to `year` in percent; None unless both are complete."""
    now, before = years.get(year), years.get(base)
    if now is None or before is None or not (now.complete and before.complete):
        return None
    return percent(now.value, before.value)


def same_months(series: Series, year: int) -> tuple[int, int] | None:
    """Return the sums of `year` and of the same months of the year before.

    None unless all of them are determined and none lacks a port.
    """
    known = _known(series)
    whole = {item.month for item in series if item.whole is not None}
    months = [month for month in known if month.startswith(f"{year}-")]
    earlier = [_years_before(month, 1) for month in months]
    if not months or not whole.issuperset([*months, *earlier]):
        return None
    return sum(known[month] for month in months), sum(known[month] for month in earlier)


def month_after(month: str) -> str:
    """Return the month after YYYY-MM."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _known(series: Series) -> dict[str, int]:
    return {item.month: item.value for item in series if item.value is not None}


def _gaps(values: Mapping[str, int], sums: Mapping[str, int]) -> list[str]:
    """Return the months of `sums` between the first and last of a port's `values` that miss it with weight.

    Its weight is its share of the total in the last earlier year in which it has the same month. A series
    that stops less than a year before the edition ends may go on, so its gap is open and counted.
    """
    first, last = min(values), max(values)
    if last > _years_before(LAST_MONTH, 1):
        last = month_after(LAST_MONTH)
    missing = [month for month in sums if first < month < last and month not in values]
    return [month for month in missing if _weighs(month, values, sums)]


def _weighs(month: str, values: Mapping[str, int], sums: Mapping[str, int]) -> bool:
    for years in range(1, int(month[:4]) - int(min(values)[:4]) + 1):
        before = _years_before(month, years)
        if before in values:
            return values[before] * WEIGHT > sums[before]
    return False


def _years_before(month: str, years: int) -> str:
    return f"{int(month[:4]) - years:04d}{month[4:]}"


def _month(month: str, values: list[int]) -> Month:
    value = values[0] if len(set(values)) == 1 else None
    return Month(month=month, value=value, published=tuple(sorted(values)))
