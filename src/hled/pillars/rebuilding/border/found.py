"""What the rows say about one port (or all) and one measure: series, years, comparisons and flags.

Serves line 5 of the work plan. Everything that the answer shows is read from here, so that the text, the
figures and the tables cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hled.pillars.rebuilding.border import flows
from hled.pillars.rebuilding.border.coverage import incomplete_years, partial_totals
from hled.pillars.rebuilding.border.flows import Series, Year
from hled.pillars.rebuilding.border.inputs import LAST_MONTH, Measure, Port, Row, ports
from hled.pillars.rebuilding.border.levels import level_shifts
from hled.pillars.rebuilding.border.quality import (
    EL_PASO,
    SPLIT_MONTH,
    YSLETA,
    Flag,
    Kind,
    containers,
    duplicates,
    ended,
    missing,
    shared_places,
    split,
)

SPLIT_YEAR = int(SPLIT_MONTH[:4])


@dataclass(frozen=True, slots=True)
class Asked:
    """The parsed parameters: `port` is None for all ports with Mexico."""

    measure: Measure
    port: Port | None
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Found:
    """The facts of an answer.

    `series` and `years` are those of the asked port or of the total, from 1996 on; `by_port` and
    `border_years` are those of every port and of their sum; `flags` are those within the asked years.
    """

    asked: Asked
    series: Series
    years: Mapping[int, Year] = field(hash=False)
    by_port: Mapping[str, Series] = field(hash=False)
    border_years: Mapping[int, Year] = field(hash=False)
    flags: tuple[Flag, ...]

    @property
    def shown(self) -> Series:
        """The months of the asked years."""
        return flows.within(self.series, self.asked.first_year, self.asked.last_year)

    @property
    def shown_years(self) -> list[Year]:
        """The asked years that have a determined month."""
        return self._asked_years(self.years)

    @property
    def reference(self) -> int | None:
        """The last asked year of the series with twelve months, else the last with anything."""
        return _reference(self.shown_years)

    @property
    def border_reference(self) -> int | None:
        """The same for the sum of all ports."""
        return _reference(self._asked_years(self.border_years))

    def change(self, year: int, base: int) -> str | None:
        """Return the change of the series in percent, None where the two years cannot be compared."""
        return flows.change(self.years, year, base) if self.comparable(year, base) else None

    def comparable(self, year: int, base: int) -> bool:
        """Say whether neither a double count nor the split of El Paso and Ysleta stands in the way."""
        doubled = any(
            flag.kind is Kind.DOUBLE_COUNT and flag.touches(str(one), str(one))
            for flag in self.flags
            for one in (year, base)
        )
        divided = self.asked.port is not None and self.asked.port.code in {EL_PASO, YSLETA}
        across = not (max(year, base) < SPLIT_YEAR or min(year, base) > SPLIT_YEAR)
        return not doubled and not (divided and across)

    def flags_in(self, period: str) -> list[Flag]:
        """Return the flags that fall in a year YYYY or a month YYYY-MM."""
        return [flag for flag in self.flags if flag.touches(period, period)]

    def _asked_years(self, years: Mapping[int, Year]) -> list[Year]:
        first, last = self.asked.first_year, self.asked.last_year
        return [year for number, year in sorted(years.items()) if first <= number <= last]


def find(asked: Asked, rows: Iterable[Row]) -> Found:
    """Calculate the facts from every published row of the needed measures."""
    listed = list(rows)
    by_port = flows.by_port(listed, asked.measure.code)
    border = flows.total(by_port)
    series = border if asked.port is None else by_port.get(asked.port.code, ())
    first, last = str(asked.first_year), str(asked.last_year)
    found = [
        flag for flag in _flags(asked, listed, series) if flag.first is None or flag.touches(first, last)
    ]
    return Found(
        asked=asked,
        series=series,
        years={year.year: year for year in flows.yearly(series)},
        by_port=by_port,
        border_years={year.year: year for year in flows.yearly(border)},
        flags=tuple(sorted(found, key=_order)),
    )


def largest(found: Found, year: int) -> list[tuple[Port, int]]:
    """Return every port that has a determined month in `year`, with its sum, the largest first."""
    sums = [
        (port, item.value)
        for port in ports()
        for item in flows.yearly(found.by_port.get(port.code, ()))
        if item.year == year
    ]
    return sorted(sums, key=lambda pair: (-pair[1], pair[0].code))


def together(found: Found) -> dict[int, Year]:
    """Return the years of El Paso and Ysleta added, which undoes the split of 2020."""
    both = {code: found.by_port[code] for code in (EL_PASO, YSLETA) if code in found.by_port}
    return {year.year: year for year in flows.yearly(flows.total(both))}


def _flags(asked: Asked, rows: list[Row], own: Series) -> Iterator[Flag]:
    code = None if asked.port is None else asked.port.code
    by_port = flows.by_port(rows, asked.measure.code)
    series = {port: months for port, months in by_port.items() if code in {None, port}}
    yield from duplicates(series)
    yield from missing(series)
    yield from ended(series, LAST_MONTH)
    yield from split(series)
    yield from shared_places(ports(), series)
    names = {port.code: port.name for port in ports()}
    yield from incomplete_years(code, own, names)
    yield from partial_totals(own, names)
    yield from (flag for flag in containers(rows, asked.measure.code) if flag.port in series)
    for port, months in series.items():
        yield from level_shifts(port, months)
    if code is None:
        yield from level_shifts(None, own)


def _order(flag: Flag) -> tuple[str, str, str]:
    return (flag.first or "", flag.port or "", flag.kind.value)


def _reference(years: list[Year]) -> int | None:
    full = [year.year for year in years if year.months == 12]
    return max(full or [year.year for year in years], default=None)
