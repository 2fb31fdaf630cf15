"""What is missing from years and totals: months that a series lacks, ports that a month's total lacks.

Serves line 5 of the work plan. A gap is named and never taken as zero; the rule that finds the ports is
`flows.total`.
"""

from collections.abc import Iterable, Iterator, Mapping

from hled.language import LANGUAGES, Bilingual
from hled.language.dates import MONTHS
from hled.pillars.rebuilding.border.flows import Month, Series, Year, within, yearly
from hled.pillars.rebuilding.border.quality import Flag, Kind


def incomplete_years(port: str | None, series: Series, names: Mapping[str, str]) -> Iterator[Flag]:
    """Flag every year with fewer than twelve determined months, or with a month whose total lacks a port.

    Args:
        port: code of the port, None for the total.
        series: months ascending.
        names: the name of each port by code.
    """
    for year in yearly(series):
        if not year.complete:
            first, last = f"{year.year}-01", f"{year.year}-12"
            note = _incomplete(year, lacks(within(series, year.year, year.year), names))
            yield Flag(Kind.INCOMPLETE_YEAR, port, first, last, year.months, note)


def partial_totals(series: Series, names: Mapping[str, str]) -> Iterator[Flag]:
    """Flag every month of a total that lacks ports, and name them."""
    for item in series:
        if item.lacking:
            ports = _named(item, names)
            note = Bilingual(
                en=f"No figure from {ports}: the total of this month is too low and is compared with none.",
                es=f"Sin cifra de {ports}: el total de este mes queda corto y no se compara con ninguno.",
            )
            yield Flag(Kind.PARTIAL_TOTAL, None, item.month, item.month, 1, note)


def lacks(months: Iterable[Month], names: Mapping[str, str]) -> Bilingual | None:
    """Return `January: Calexico, San Ysidro; March: Progreso`, None where no port is missing."""
    lacking = [item for item in months if item.lacking]
    if not lacking:
        return None
    texts = {
        language: "; ".join(
            f"{MONTHS[language][int(item.month[5:]) - 1]}: {_named(item, names)}" for item in lacking
        )
        for language in LANGUAGES
    }
    return Bilingual(en=texts["en"], es=texts["es"])


def _named(item: Month, names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names[code] for code in item.lacking))


def _incomplete(year: Year, lacking: Bilingual | None) -> Bilingual:
    if lacking is None:
        return Bilingual(
            en=f"{year.months} of 12 months: not compared with other years.",
            es=f"{year.months} de 12 meses: no se compara con otros años.",
        )
    return Bilingual(
        en=f"{year.months} of 12 months, {year.lacking} of them without every port ({lacking.en}): not"
        " compared with other years.",
        es=f"{year.months} de 12 meses, {year.lacking} de ellos sin todos los puertos ({lacking.es}): no se"
        " compara con otros años.",
    )
