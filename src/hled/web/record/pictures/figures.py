"""Pictures of the whole record: what its entries are about, and how the logs grow.

It serves the promise of transparency under every work-plan line: how much was written down, and since when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from hled.figures import BarChart, LineChart, Series
from hled.language import Bilingual
from hled.web.record.acts import kind_done, log_name, plural
from hled.web.record.queries import Counted

_UNIT: Final = Bilingual("entries", "asientos")
_SHOWN: Final = 12


def kinds(counted: Mapping[Counted, int]) -> BarChart:
    """Show how many entries there are about each kind of thing, the most first, by log."""
    totals = Counter[str]()
    for item, number in counted.items():
        totals[kind_done(item.type)] += number
    shown = [kind for kind, _ in totals.most_common(_SHOWN)]
    return BarChart(
        id="entries-by-kind",
        title=Bilingual("What the entries are about", "De qué tratan los asientos"),
        finding=_kinds_finding(totals),
        x_label=Bilingual("Kind", "Clase"),
        categories=tuple(map(plural, shown)),
        unit=_UNIT,
        series=tuple(
            Series(log, log_name(log), tuple(str(_sum(counted, log, kind)) for kind in shown))
            for log in _logs(counted)
        ),
        mode="stacked",
    )


def growth(counted: Mapping[Counted, int]) -> LineChart | None:
    """Show how each log grew; None while everything was written in one month."""
    months = tuple(_span(item.month for item in counted))
    if len(months) < 2:
        return None
    by_month = Counter[tuple[str, str]]()
    for item, number in counted.items():
        by_month[item.log, item.month] += number
    series = tuple(
        Series(log, log_name(log), tuple(map(str, accumulate(by_month[log, month] for month in months))))
        for log in _logs(counted)
    )
    last = sum(by_month[log, months[-1]] for log in _logs(counted))
    return LineChart(
        id="record-growth",
        title=Bilingual("How the record grows", "Cómo crece el registro"),
        finding=Bilingual(
            "{last} of {total} entries were written in the last month shown.",
            "{last} de {total} asientos se escribieron en el último mes mostrado.",
        ).format(last=f"{last:,}", total=f"{sum(counted.values()):,}"),
        x_label=Bilingual("Month", "Mes"),
        x=months,
        unit=_UNIT,
        series=series,
    )


def _kinds_finding(totals: Counter[str]) -> Bilingual:
    if not totals:
        return Bilingual("Nothing was recorded yet.", "Aún no se ha asentado nada.")
    kind, most = totals.most_common(1)[0]
    return Bilingual(
        "{kind}: {most} of {total} entries, more than of any other kind.",
        "{kind}: {most} de {total} asientos, más que de ninguna otra clase.",
    ).format(kind=plural(kind), most=f"{most:,}", total=f"{totals.total():,}")


def _logs(counted: Iterable[Counted]) -> list[str]:
    return sorted({item.log for item in counted})


def _sum(counted: Mapping[Counted, int], log: str, kind: str) -> int:
    return sum(number for item, number in counted.items() if item.log == log and kind_done(item.type) == kind)


def _span(months: Iterable[str]) -> Iterator[str]:
    """Yield every month from the first to the last, those without entries too."""
    found = sorted(set(months))
    if not found:
        return
    year, month = map(int, found[0].split("-"))
    while (now := f"{year:04}-{month:02}") <= found[-1]:
        yield now
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
