"""Rules that find what is wrong with the published crossings: they flag and never repair.

Serves line 5 of the work plan. Each rule states its threshold here and in the answer's method, so that a
reader can disagree with it. What a flag says is what the figures show; the source gives no causes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

from hled.language import Bilingual
from hled.pillars.rebuilding.border.flows import Series, by_port, month_after
from hled.pillars.rebuilding.border.inputs import EMPTY, LOADED, TRUCKS, Port, Row

# (loaded + empty containers) for each 100 trucks: the usual range, and the double count of busy ports.
RATIO_LOW: Final = 60
RATIO_HIGH: Final = 150
RATIO_DOUBLE: Final = 160
BUSY_TRUCKS: Final = 2_000

EL_PASO: Final = "2402"
YSLETA: Final = "2401"
SPLIT_MONTH: Final = "2020-03"


class Kind(StrEnum):
    """What a flag is about."""

    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    DOUBLE_COUNT = "double_count"
    RATIO = "ratio"
    MISSING = "missing"
    ENDED = "ended"
    SPLIT = "split"
    LEVEL_SHIFT = "level_shift"
    INCOMPLETE_YEAR = "incomplete_year"
    PARTIAL_TOTAL = "partial_total"
    SHARED_PLACE = "shared_place"


LABELS: Final = {
    Kind.DUPLICATE: Bilingual(en="published twice", es="publicado dos veces"),
    Kind.CONFLICT: Bilingual(
        en="published twice with different values", es="publicado dos veces con valores distintos"
    ),
    Kind.DOUBLE_COUNT: Bilingual(en="probably counted twice", es="probablemente contado dos veces"),
    Kind.RATIO: Bilingual(
        en="containers and trucks do not agree", es="los contenedores y los camiones no concuerdan"
    ),
    Kind.MISSING: Bilingual(en="months missing", es="faltan meses"),
    Kind.ENDED: Bilingual(en="series ends", es="la serie termina"),
    Kind.SPLIT: Bilingual(en="El Paso and Ysleta split", es="separación de El Paso e Ysleta"),
    Kind.LEVEL_SHIFT: Bilingual(en="level shift", es="salto de nivel"),
    Kind.INCOMPLETE_YEAR: Bilingual(en="incomplete year", es="año incompleto"),
    Kind.PARTIAL_TOTAL: Bilingual(en="ports missing from the total", es="faltan puertos en el total"),
    Kind.SHARED_PLACE: Bilingual(en="shared coordinates", es="coordenadas compartidas"),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to know about the figures of a port; `port` None means the total of all ports.

    `first` and `last` are months YYYY-MM, both None where the flag is about no time; `months` counts them.
    """

    kind: Kind
    port: str | None
    first: str | None
    last: str | None
    months: int
    note: Bilingual

    def touches(self, first: str, last: str) -> bool:
        """Say whether the flag falls between two months (or two years), both included."""
        if self.first is None or self.last is None:
            return False
        size = len(first)
        return self.first[:size] <= last and self.last[:size] >= first


class Ratio(NamedTuple):
    """A port-month whose containers and trucks do not agree."""

    port: str
    month: str
    trucks: int
    containers: int

    @property
    def hundredths(self) -> int:
        """Containers for each 100 trucks, rounded down."""
        return self.containers * 100 // self.trucks

    @property
    def doubled(self) -> bool:
        """Say whether a busy port shows more than 1.6 containers for each truck."""
        return self.containers * 100 > RATIO_DOUBLE * self.trucks and self.trucks > BUSY_TRUCKS


def duplicates(series: Mapping[str, Series]) -> Iterator[Flag]:
    """Flag every month that is published more than once for one port."""
    for port, months in series.items():
        for item in months:
            if len(item.published) > 1:
                values = ", ".join(f"{value:,}" for value in item.published)
                yield (
                    _duplicate(port, item.month, values)
                    if item.value is not None
                    else _conflict(port, item.month, values)
                )


def ratios(rows: Iterable[Row]) -> list[Ratio]:
    """Return each port-month with trucks and (loaded + empty) / trucks outside 0.6-1.5, by port and month."""
    listed = list(rows)
    by_measure = {
        measure: {
            (port, item.month): item.value or 0
            for port, months in by_port(listed, measure).items()
            for item in months
        }
        for measure in (TRUCKS, LOADED, EMPTY)
    }
    found = []
    for (port, month), trucks in by_measure[TRUCKS].items():
        containers = sum(by_measure[kind].get((port, month), 0) for kind in (LOADED, EMPTY))
        if trucks and not RATIO_LOW * trucks <= containers * 100 <= RATIO_HIGH * trucks:
            found.append(Ratio(port, month, trucks, containers))
    return found


def containers(rows: Iterable[Row], measure: str) -> Iterator[Flag]:
    """Flag runs of months whose containers and trucks do not agree; only for measures of truck containers.

    The double count is in the loaded containers; the wider rule concerns loaded and empty ones.
    """
    if measure not in {LOADED, EMPTY}:
        return
    found = ratios(rows)
    doubled = [item for item in found if item.doubled]
    if measure == LOADED:
        yield from _ratio_runs(Kind.DOUBLE_COUNT, doubled)
        yield from _ratio_runs(Kind.RATIO, [item for item in found if not item.doubled])
    else:
        yield from _ratio_runs(Kind.RATIO, found)


def missing(series: Mapping[str, Series]) -> Iterator[Flag]:
    """Flag runs of months without a row between the first and the last month of each port."""
    for port, months in series.items():
        present = {item.month for item in months}
        expected, last = [months[0].month], months[-1].month
        while expected[-1] < last:
            expected.append(month_after(expected[-1]))
        for run in _runs([month for month in expected if month not in present]):
            yield Flag(Kind.MISSING, port, run[0], run[-1], len(run), _MISSING)


def ended(series: Mapping[str, Series], end: str) -> Iterator[Flag]:
    """Flag the last month of each port whose figures stop before `end`, the last month of the source."""
    for port, months in series.items():
        last = months[-1].month
        if last < end:
            yield Flag(Kind.ENDED, port, last, last, 1, _ENDED.format(end=end))


def split(series: Mapping[str, Series]) -> Iterator[Flag]:
    """Flag the month in which Ysleta, until then part of El Paso, is first published on its own."""
    for port in (EL_PASO, YSLETA):
        if any(item.month >= SPLIT_MONTH for item in series.get(port, ())):
            yield Flag(Kind.SPLIT, port, SPLIT_MONTH, SPLIT_MONTH, 1, _SPLIT)


def shared_places(ports: Iterable[Port], codes: Collection[str]) -> Iterator[Flag]:
    """Flag ports among `codes` that the source puts at the coordinates of another port."""
    listed = list(ports)
    for port in listed:
        others = [
            other.name for other in listed if other != port and (other.lon, other.lat) == (port.lon, port.lat)
        ]
        if others and port.code in codes:
            yield Flag(Kind.SHARED_PLACE, port.code, None, None, 0, _shared(others))


def _runs(months: Iterable[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for month in months:
        if runs and month_after(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _ratio_runs(kind: Kind, found: list[Ratio]) -> Iterator[Flag]:
    for port, group in groupby(sorted(found), key=lambda item: item.port):
        by_month = {item.month: item.hundredths for item in group}
        for run in _runs(by_month):
            values = [by_month[month] for month in run]
            note = _RATIO.format(low=f"{min(values) / 100:.2f}", high=f"{max(values) / 100:.2f}")
            yield Flag(kind, port, run[0], run[-1], len(run), note)


def _duplicate(port: str, month: str, values: str) -> Flag:
    note = Bilingual(
        en=f"Published twice with the same value ({values}): counted once.",
        es=f"Publicado dos veces con el mismo valor ({values}): se cuenta una vez.",
    )
    return Flag(Kind.DUPLICATE, port, month, month, 1, note)


def _conflict(port: str, month: str, values: str) -> Flag:
    note = Bilingual(
        en=f"Published twice with different values ({values}): left out of every total.",
        es=f"Publicado dos veces con valores distintos ({values}): queda fuera de todo total.",
    )
    return Flag(Kind.CONFLICT, port, month, month, 1, note)


def _shared(others: list[str]) -> Bilingual:
    names = ", ".join(others)
    return Bilingual(
        en=f"The source gives this port the coordinates of {names}.",
        es=f"La fuente da a este puerto las coordenadas de {names}.",
    )


_MISSING: Final = Bilingual(
    en="The source has no row for these months; they are not taken as zero.",
    es="La fuente no tiene datos de estos meses; no se toman como cero.",
)
_ENDED: Final = Bilingual(
    en="The last month with a row, while the source goes on to {end}.",
    es="El último mes con datos, mientras que la fuente sigue hasta {end}.",
)
_SPLIT: Final = Bilingual(
    en="Ysleta is published on its own from this month; before, El Paso includes it. Add both for a series.",
    es="Ysleta se publica por separado desde este mes; antes, El Paso la incluye. Sume ambos para una serie.",
)
_RATIO: Final = Bilingual(
    en="(loaded + empty containers) / trucks from {low} to {high}.",
    es="(contenedores cargados + vacíos) / camiones de {low} a {high}.",
)
