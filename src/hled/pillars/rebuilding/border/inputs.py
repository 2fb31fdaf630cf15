"""What the border questions are about: ports, measures and published rows, in the source's own terms.

Serves line 5 of the work plan. The names of ports are those of the source; Spanish names of measures are
those that Mexican statistics use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from hled.evidence import Inputs
from hled.language import Bilingual
from hled.tables import fetch, read_rows

ALL: Final = "all"
FIRST_YEAR: Final = 1996
LAST_YEAR: Final = 2025
LAST_MONTH: Final = "2025-02"  # the edition ends here; see the source
SOURCE: Final = "bts-border-crossing-entry"
TRUCKS: Final = "trucks"
LOADED: Final = "truck-containers-loaded"
EMPTY: Final = "truck-containers-empty"

_STATES: Final = {
    "Arizona": Bilingual(en="Arizona", es="Arizona"),
    "California": Bilingual(en="California", es="California"),
    "New Mexico": Bilingual(en="New Mexico", es="Nuevo México"),
    "Texas": Bilingual(en="Texas", es="Texas"),
}


class Row(NamedTuple):
    """One published row: Schedule D code of the port, code of the measure, month YYYY-MM, count."""

    port: str
    measure: str
    month: str
    value: int


@dataclass(frozen=True, slots=True)
class Port:
    """A land port of entry; `lon`, `lat` in degrees (WGS84) as decimal text, as the source places it."""

    code: str
    slug: str
    name: str
    state: Bilingual
    lon: str
    lat: str
    facing: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: `noun` is its plural inside a sentence and its unit; `aliases` are other words."""

    code: str
    noun: Bilingual
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> Bilingual:
        """The noun as a title."""
        en, es = self.noun.en, self.noun.es
        return Bilingual(en=en[0].upper() + en[1:], es=es[0].upper() + es[1:])


def _measure(code: str, en: str, es: str, *aliases: str) -> Measure:
    return Measure(code=code, noun=Bilingual(en=en, es=es), aliases=aliases)


MEASURES: Final = (
    _measure(TRUCKS, "trucks", "camiones de carga", "camiones"),
    _measure(LOADED, "loaded truck containers", "contenedores de camión cargados"),
    _measure(EMPTY, "empty truck containers", "contenedores de camión vacíos"),
    _measure("trains", "trains", "trenes"),
    _measure("rail-containers-loaded", "loaded rail containers", "contenedores ferroviarios cargados"),
    _measure("rail-containers-empty", "empty rail containers", "contenedores ferroviarios vacíos"),
    _measure("train-passengers", "train passengers", "pasajeros de tren"),
    _measure("buses", "buses", "autobuses", "camiones de pasajeros"),
    _measure("bus-passengers", "bus passengers", "pasajeros de autobús"),
    _measure("personal-vehicles", "personal vehicles", "vehículos particulares", "cars", "automóviles"),
    _measure(
        "personal-vehicle-passengers",
        "passengers in personal vehicles",
        "pasajeros en vehículos particulares",
    ),
    _measure("pedestrians", "pedestrians", "peatones"),
)


def measure(code: str) -> Measure:
    """Return the measure of this code.

    Raises:
        StopIteration: there is none; parameters are checked before.
    """
    return next(item for item in MEASURES if item.code == code)


@cache
def ports() -> tuple[Port, ...]:
    """Return the 28 ports, by code; reads the shipped table without any engine.

    Raises:
        TableError: the table is missing, changed or of another shape.
    """
    return tuple(
        Port(
            code=row["port_code"],
            slug="-".join(row["name"].lower().split()),
            name=row["name"],
            state=_STATES[row["state"]],
            lon=row["lon"],
            lat=row["lat"],
            facing=row["facing"],
        )
        for row in read_rows("border_ports")
    )


def rows(inputs: Inputs, measures: Iterable[str]) -> list[Row]:
    """Return every published row of these measures, at all ports, by port, measure, month and value."""
    table = inputs.table("border_crossings")
    wanted = table.filter(table.measure.isin(sorted(measures)))
    ordered = wanted.order_by("port_code", "measure", "month", "value")
    return [Row(*values) for values in fetch(ordered)]
