"""The declaration of `border.flows`: how much crosses each border port, and how has it changed?

Serves line 5 of the work plan. Light to import: the calculation is named, not loaded.
"""

from typing import Final

from hled.evidence import Choice, Limits, Parameter, ParameterKind, Question
from hled.language import Bilingual
from hled.pillars.rebuilding.border.inputs import ALL, FIRST_YEAR, LAST_YEAR, MEASURES, TRUCKS, ports

_YEARS: Final = Bilingual(en="calendar year", es="año calendario")

_PORT: Final = Parameter(
    name="port",
    label=Bilingual(en="Port of entry", es="Puerto de entrada"),
    kind=ParameterKind.CHOICE,
    default=ALL,
    help=Bilingual(
        en="Name or Schedule D code of a land port on the border with Mexico, or all of them.",
        es="Nombre o código Schedule D de un puerto terrestre de la frontera con México, o todos.",
    ),
    choices=(
        Choice(ALL, Bilingual(en="All ports with Mexico", es="Todos los puertos con México"), ("todos",)),
        *(
            Choice(port.slug, Bilingual(en=port.name, es=port.name), (port.code,))
            for port in sorted(ports(), key=lambda port: port.name)
        ),
    ),
)

_MEASURE: Final = Parameter(
    name="measure",
    label=Bilingual(en="What is counted", es="Qué se cuenta"),
    kind=ParameterKind.CHOICE,
    default=TRUCKS,
    help=Bilingual(
        en="Vehicles, containers or persons that enter the United States.",
        es="Vehículos, contenedores o personas que entran a Estados Unidos.",
    ),
    choices=tuple(Choice(item.code, item.label, item.aliases) for item in MEASURES),
)

_FIRST: Final = Parameter(
    name="first_year",
    label=Bilingual(en="First year", es="Primer año"),
    kind=ParameterKind.INTEGER,
    default=str(FIRST_YEAR),
    help=Bilingual(en="The first year shown.", es="El primer año que se muestra."),
    minimum=FIRST_YEAR,
    maximum=LAST_YEAR,
    unit=_YEARS,
)

_LAST: Final = Parameter(
    name="last_year",
    label=Bilingual(en="Last year", es="Último año"),
    kind=ParameterKind.INTEGER,
    default=str(LAST_YEAR),
    help=Bilingual(
        en="The last year shown; 2025 has January and February only.",
        es="El último año que se muestra; 2025 tiene solo enero y febrero.",
    ),
    minimum=FIRST_YEAR,
    maximum=LAST_YEAR,
    unit=_YEARS,
    at_least="first_year",
)

QUESTIONS: Final = (
    Question(
        id="border.flows",
        line=5,
        title=Bilingual(
            en="How much crosses each border port, and how has it changed?",
            es="¿Cuánto cruza por cada puerto fronterizo y cómo ha cambiado?",
        ),
        description=Bilingual(
            en="Trucks, containers, trains, vehicles and people that enter the United States at the 28 land"
            " ports with Mexico, by month and year since 1996, with the known defects of the source flagged.",
            es="Camiones de carga, contenedores, trenes, vehículos y personas que entran a Estados Unidos por"
            " los 28 puertos terrestres con México, por mes y año desde 1996, con los defectos conocidos de"
            " la fuente señalados.",
        ),
        parameters=(_PORT, _MEASURE, _FIRST, _LAST),
        needs=("border_crossings", "border_ports"),
        version="2",
        limits=Limits(seconds=20, memory_mb=600),
        ask="hled.pillars.rebuilding.border.answering:flows",
    ),
)
