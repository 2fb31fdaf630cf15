"""Answering `border.flows`: rows in, finding, figures, tables, method and caveats out.

Serves line 5 of the work plan. Missing data is answered and said; nothing of the source is repaired.
"""

from typing import Final

from hled.evidence import Answer, Inputs, Parameters
from hled.language import Bilingual
from hled.pillars.rebuilding.border import inputs as border
from hled.pillars.rebuilding.border.found import Asked, Found, find
from hled.pillars.rebuilding.border.inputs import EMPTY, LOADED, SOURCE, TRUCKS
from hled.pillars.rebuilding.border.quality import EL_PASO, YSLETA
from hled.pillars.rebuilding.border.showing import figures, tables
from hled.pillars.rebuilding.border.wording import finding
from hled.tables import source


def flows(parameters: Parameters, inputs: Inputs) -> Answer:
    """Answer how much crosses a port, or all, and how that changed.

    Args:
        parameters: `port` (slug or `all`), `measure`, `first_year`, `last_year`, as the question declares.
        inputs: the tables `border_crossings` and `border_ports`.
    """
    asked = _asked(parameters)
    code = asked.measure.code
    needed = {TRUCKS, LOADED, EMPTY} if code in {LOADED, EMPTY} else {code}
    found = find(asked, border.rows(inputs, needed))
    return Answer(
        finding=finding(found),
        figures=figures(found),
        tables=tables(found),
        method=METHOD,
        sources=(source(SOURCE),),
        caveats=_caveats(found),
    )


def _asked(parameters: Parameters) -> Asked:
    return Asked(
        measure=border.measure(str(parameters["measure"])),
        port=next((port for port in border.ports() if port.slug == parameters["port"]), None),
        first_year=int(parameters["first_year"]),
        last_year=int(parameters["last_year"]),
    )


def _caveats(found: Found) -> tuple[Bilingual, ...]:
    caveats = [_NORTHBOUND, _CROSSINGS, _END]
    asked = found.asked
    if asked.measure.code == LOADED:
        caveats.append(_LOADED)
    if asked.port is None or asked.port.code in {EL_PASO, YSLETA}:
        caveats.append(_SPLIT)
    if any(flag.kind == "shared_place" for flag in found.flags):
        caveats.append(_PLACES)
    return tuple(caveats)


METHOD: Final = Bilingual(
    en="Monthly counts as published, added by year. A month published twice with the same"
    " value counts once; one published twice with different values is left out of every"
    " total. A year is complete with twelve months, and only complete years are compared,"
    " each with one decimal. Missing months are not taken as zero. The total of several"
    " ports is incomplete in a month for which a port that reports before and after has no"
    " figure, if that port had more than 0.5% of the total in the last earlier year with"
    " that month: to take the gap for zero would show a fall that did not happen, while a"
    " smaller port hardly moves the total. A series that stops less than a year before the"
    " edition ends counts as such a gap, as it may go on. An incomplete month makes its year"
    " incomplete; the total is shown with a flag, and neither changes nor shares are stated."
    " Flags, by rule: containers and trucks do not agree when (loaded + empty) / trucks is"
    " outside 0.6–1.5; probably counted twice when it exceeds 1.6 at a port with more than"
    " 2,000 trucks that month; level shift when the medians of the twelve months before and"
    " after differ by a factor of 1.6 or more, by at least three times the larger median"
    " absolute deviation, and the larger is at least 500. Changes are not stated for years"
    " with a probable double count nor across the split of El Paso and Ysleta.",
    es="Conteos mensuales tal como se publicaron, sumados por año. Un mes publicado dos veces"
    " con el mismo valor cuenta una vez; uno publicado dos veces con valores distintos queda"
    " fuera de todo total. Un año está completo con doce meses y solo se comparan años"
    " completos, con un decimal. Los meses que faltan no se toman como cero. El total de"
    " varios puertos está incompleto en un mes para el que no tiene cifra un puerto que"
    " reporta antes y después, si ese puerto tuvo más del 0.5\N{NO-BREAK SPACE}% del total en el último año"
    " anterior con ese mes: tomar el hueco como cero mostraría una caída que no hubo,"
    " mientras que un puerto menor apenas mueve el total. Una serie que se interrumpe menos"
    " de un año antes del final de la edición cuenta como hueco, pues puede continuar. Un"
    " mes incompleto deja incompleto su año; el total se muestra con un aviso y no se"
    " indican cambios ni proporciones. Avisos, por regla: los contenedores y los camiones no"
    " concuerdan cuando (cargados + vacíos) / camiones está fuera de 0.6–1.5; probablemente"
    " contado dos veces cuando supera 1.6 en un puerto con más de 2,000 camiones ese mes;"
    " salto de nivel cuando las medianas de los doce meses anteriores y posteriores difieren"
    " por un factor de 1.6 o más, en al menos tres veces la mayor desviación absoluta"
    " mediana, y la mayor es de al menos 500. No se indican cambios para años con un"
    " probable doble conteo ni a través de la separación de El Paso e Ysleta.",
)
_NORTHBOUND: Final = Bilingual(
    en="The counts are crossings into the United States (northbound); the source has none into Mexico.",
    es="Los conteos son cruces hacia Estados Unidos (sentido norte); la fuente no tiene cruces hacia México.",
)
_CROSSINGS: Final = Bilingual(
    en="A crossing is counted each time: the figures are not numbers of different vehicles or persons.",
    es="Cada cruce se cuenta cada vez: las cifras no son números de vehículos o personas distintos.",
)
_END: Final = Bilingual(
    en="The edition used ends in February 2025; the publisher may have revised or added months since.",
    es="La edición utilizada termina en febrero de 2025; desde entonces la fuente puede haber revisado o"
    " añadido meses.",
)
_LOADED: Final = Bilingual(
    en="Loaded truck containers after 2022 should not be used: most months appear to be counted twice.",
    es="Los contenedores de camión cargados posteriores a 2022 no deben usarse: la mayoría de los meses"
    " parecen contarse dos veces.",
)
_SPLIT: Final = Bilingual(
    en="Ysleta is published apart from El Paso since March 2020; add both for one series of El Paso.",
    es="Ysleta se publica por separado de El Paso desde marzo de 2020; sume ambos para una serie de El Paso.",
)
_PLACES: Final = Bilingual(
    en="The source gives Calexico and Calexico East the same coordinates, so they coincide on the map.",
    es="La fuente da a Calexico y Calexico East las mismas coordenadas, por lo que coinciden en el mapa.",
)
