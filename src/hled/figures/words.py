"""The few words that figures and their tables say themselves, in both languages.

Every text of a figure of any work-plan line comes either from its description or from this page, so that
nothing in a drawing is in one language only.
"""

from typing import Final

from hled.figures.errors import message as both
from hled.language import Bilingual

NO_DATA: Final = both("no data", "sin datos")
NO_DATA_FIGURE: Final = both("There are no data to draw here.", "No hay datos que mostrar aquí.")
NO_DATE: Final = both("no dated event", "sin hechos con fecha")
NOTE: Final = both("Note", "Nota")
TOTAL: Final = both("Total", "Total")
GROUP: Final = both("Group", "Grupo")
SUBJECT: Final = both("Subject", "Asunto")
DATE: Final = both("Date", "Fecha")
KIND: Final = both("Kind", "Tipo")
WHAT: Final = both("What was reported", "Qué se informó")
PLACE: Final = both("Place", "Lugar")
LATITUDE: Final = both("Latitude (°)", "Latitud (°)")
LONGITUDE: Final = both("Longitude (°)", "Longitud (°)")

MISSING_COUNT: Final = both(
    "{missing} of {total} values are missing in the source and are shown as gaps.",
    "Faltan {missing} de {total} valores en la fuente; se muestran como huecos.",
)
OUTSIDE: Final = both(
    "Places outside this map: {count} (the table lists them).",
    "Lugares fuera de este mapa: {count} (la tabla los incluye).",
)
FLAG_KEY: Final = both(
    "Known defect of the source (see the table)", "Defecto conocido de la fuente (ver la tabla)"
)
GAP_KEY: Final = both("Gaps in a line: no complete data", "Huecos en una línea: sin datos completos")
NOT_FROM_ZERO: Final = both("The vertical axis does not start at zero", "El eje vertical no empieza en cero")
PARTIAL_KEY: Final = both(
    "Bar behind a mark: the date is known only to the month or year, or is a period",
    "Barra detrás de una marca: sólo se conoce el mes o el año, o es un periodo",
)
UNIT_COLUMN: Final = both("{label} ({unit})", "{label} ({unit})")

MAGNITUDES: Final[tuple[tuple[int, Bilingual | None], ...]] = (
    (10**12, both("Trillions of {unit}", "Billones de {unit}")),
    (10**9, both("Billions of {unit}", "Miles de millones de {unit}")),
    (10**6, both("Millions of {unit}", "Millones de {unit}")),
    (1, None),
)

SHORT_MONTHS: Final[tuple[Bilingual, ...]] = (
    both("Jan", "ene"),
    both("Feb", "feb"),
    both("Mar", "mar"),
    both("Apr", "abr"),
    both("May", "may"),
    both("Jun", "jun"),
    both("Jul", "jul"),
    both("Aug", "ago"),
    both("Sep", "sep"),
    both("Oct", "oct"),
    both("Nov", "nov"),
    both("Dec", "dic"),
)
