"""The arithmetic of border flows: months, years, totals and changes, in whole numbers only.

Serves line 5 of the work plan. A month published twice with one value counts once; one published twice with
different values is not determined and left out of every total. A year is complete with twelve determined
months, and only complete years are compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hled.pillars.rebuilding.border.inputs import Row


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one series: `published` as found, `value` None where the published values differ."""

    month: str
    value: int | None
    published: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of one series: the sum of its determined months and how many they are (0-12)."""

    year: int
    value: int
    months: int

    @property
    def complete(self) -> bool:
        """Say whether all twelve months are determined."""
        return self.months == 12


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


def total(series: Iterable[Series]) -> Series:
    """Return the sum over several series, month by month; months that are not determined are left out."""
    sums: dict[str, int] = defaultdict(int)
    for one in series:
        for item in one:
            if item.value is not None:
                sums[item.month] += item.value
    return tuple(Month(month, value, (value,)) for month, value in sorted(sums.items()))


def yearly(series: Series) -> tuple[Year, ...]:
    """Return the years in which `series` has a determined month, ascending."""
    found: dict[int, list[int]] = defaultdict(list)
    for item in series:
        if item.value is not None:
            found[int(item.month[:4])].append(item.value)
    return tuple(Year(year, sum(values), len(values)) for year, values in sorted(found.items()))


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
    """Return the sums of `year` and of the same months of the year before; None unless all are determined."""
    known = {item.month: item.value for item in series if item.value is not None}
    months = [month for month in known if month.startswith(f"{year}-")]
    earlier = [known.get(f"{year - 1}{month[4:]}") for month in months]
    determined = [value for value in earlier if value is not None]
    if not months or len(determined) != len(months):
        return None
    return sum(known[month] for month in months), sum(determined)


def month_after(month: str) -> str:
    """Return the month after YYYY-MM."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _month(month: str, values: list[int]) -> Month:
    value = values[0] if len(set(values)) == 1 else None
    return Month(month=month, value=value, published=tuple(sorted(values)))
