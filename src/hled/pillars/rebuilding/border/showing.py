"""The figures and tables of the border answer: years, months, ports and flags.

Serves line 5 of the work plan. A missing value, a year without its twelve months and a month that lacks
ports stay gaps in a figure and are said in the table; a year with such a month is drawn under its mark.
Places are those of the source.
"""

from typing import Final

from hled.evidence import AnswerColumn, AnswerTable, Cell, CellType
from hled.figures import Flag as Mark
from hled.figures import LineChart, Point, PointMap, Series, Spec
from hled.language import Bilingual
from hled.pillars.rebuilding.border import flows
from hled.pillars.rebuilding.border.flagging import noted
from hled.pillars.rebuilding.border.flows import Year
from hled.pillars.rebuilding.border.found import Found, together
from hled.pillars.rebuilding.border.inputs import Port, ports
from hled.pillars.rebuilding.border.quality import EL_PASO, LABELS, YSLETA, Flag, Kind
from hled.pillars.rebuilding.border.wording import BASE_YEAR, busiest, headline, place, title

RECENT_MONTHS: Final = 72
# What deserves a mark on a chart; the rest is in the tables.
_MARKED: Final = frozenset(Kind) - {Kind.MISSING, Kind.ENDED, Kind.RATIO, Kind.DUPLICATE, Kind.SHARED_PLACE}

_YEAR: Final = Bilingual(en="Year", es="Año")
_MONTH: Final = Bilingual(en="Month", es="Mes")
_PERCENT: Final = Bilingual(en="%", es="%")
_CHANGE: Final = Bilingual(en="Change on the year before", es="Cambio respecto al año anterior")
_REPORTED: Final = Bilingual(en="Reported", es="Con datos")
_CROSSINGS: Final = Bilingual(en="Crossings", es="Cruces")
_BASE: Final = Bilingual(en=f"In {BASE_YEAR}", es=f"En {BASE_YEAR}")
_BASE_MONTHS: Final = Bilingual(en=f"Reported in {BASE_YEAR}", es=f"Con datos en {BASE_YEAR}")
_SHOWN: Final = Bilingual(en="What the figures show", es="Lo que muestran las cifras")
_MONTHS: Final = Bilingual(en="months", es="meses")
_FLAGS: Final = AnswerColumn("flags", Bilingual(en="Flags", es="Avisos"), CellType.NOTE)


def figures(found: Found) -> tuple[Spec, ...]:
    """Return the charts of years and months and the map; without data only what the other ports show."""
    drawn: list[Spec] = []
    if found.shown:
        drawn += [_years_chart(found), _months_chart(found)]
    if found.border_reference is not None:
        drawn.append(_map(found, found.border_reference))
    return tuple(drawn)


def tables(found: Found) -> tuple[AnswerTable, ...]:
    """Return the tables of years, months, ports and flags; without data they have no rows."""
    return _years_table(found), _months_table(found), _ports_table(found), _flags_table(found)


def _years_chart(found: Found) -> LineChart:
    asked = found.asked
    years = list(range(found.shown_years[0].year, found.shown_years[-1].year + 1))
    label = place(asked.port)
    lines = [Series("asked", label, tuple(_full(found.years.get(year)) for year in years))]
    if asked.port is not None and asked.port.code in {EL_PASO, YSLETA}:
        both = together(found)
        added = Bilingual(en="El Paso + Ysleta", es="El Paso + Ysleta")
        lines.append(Series("together", added, tuple(_full(both.get(year)) for year in years)))
    return LineChart(
        id="years",
        title=title(asked.measure, asked.port),
        finding=headline(found),
        x_label=_YEAR,
        x=tuple(str(year) for year in years),
        unit=asked.measure.noun,
        series=tuple(lines),
        flags=_marks(found, [str(year) for year in years]),
    )


def _months_chart(found: Found) -> LineChart:
    asked, recent = found.asked, found.shown[-RECENT_MONTHS:]
    known, months = {item.month: item.whole for item in recent}, [recent[0].month]
    while months[-1] < recent[-1].month:
        months.append(flows.month_after(months[-1]))
    values = [known.get(month) for month in months]
    by_month = Bilingual(en="{title}, by month", es="{title}, por mes")
    return LineChart(
        id="months",
        title=by_month.format(title=title(asked.measure, asked.port)),
        finding=busiest(known),
        x_label=_MONTH,
        x=tuple(months),
        unit=asked.measure.noun,
        series=(Series("asked", place(asked.port), tuple(_text(value) for value in values)),),
        flags=_marks(found, months),
    )


def _marks(found: Found, periods: list[str]) -> tuple[Mark, ...]:
    """Mark each period once, with the labels of its weighty flags; an incomplete year marks no month."""
    code = None if found.asked.port is None else found.asked.port.code
    kinds = _MARKED if len(periods[0]) == 4 else _MARKED - {Kind.INCOMPLETE_YEAR}
    marks = []
    for period in periods:
        flags = [
            flag
            for flag in found.flags_in(period)
            if flag.kind in kinds and (flag.port == code or flag.kind is Kind.DOUBLE_COUNT)
        ]
        note = noted(flags, found.asked.port)
        if note is not None:
            marks.append(Mark(period, "asked", note))
    return tuple(marks)


def _map(found: Found, year: int) -> PointMap:
    text = Bilingual(
        en="{what} into the United States by port of entry, {year}",
        es="{what} hacia Estados Unidos por puerto de entrada, {year}",
    ).format(what=found.asked.measure.label, year=year)
    values = {code: _year_of(found, code, year) for code in found.by_port}
    points = tuple(
        Point(
            key=port.slug,
            label=Bilingual(en=port.name, es=port.name),
            lon=port.lon,
            lat=port.lat,
            value=_whole(values.get(port.code)),
        )
        for port in ports()
    )
    reporting = Bilingual(
        en="{count} of {ports} ports publish a figure for {year}; the area of a circle is the count.",
        es="{count} de {ports} puertos publican una cifra de {year}; el área del círculo es el conteo.",
    ).format(count=sum(point.value is not None for point in points), ports=len(points), year=year)
    return PointMap("ports", text, reporting, found.asked.measure.noun, points)


def _years_table(found: Found) -> AnswerTable:
    noun = found.asked.measure.noun
    columns = [
        AnswerColumn("year", _YEAR, CellType.YEAR),
        AnswerColumn("value", _CROSSINGS, CellType.INTEGER, noun),
        AnswerColumn("change", _CHANGE, CellType.DECIMAL, _PERCENT, 1),
        AnswerColumn("months", _REPORTED, CellType.INTEGER, _MONTHS),
        _FLAGS,
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            str(year.year),
            str(year.value),
            found.change(year.year, year.year - 1),
            str(year.months),
            noted(found.flags_in(str(year.year)), found.asked.port),
        )
        for year in found.shown_years
    ]
    by_year = Bilingual(en="{title}, by year", es="{title}, por año")
    return AnswerTable("years", by_year.format(title=_title(found)), tuple(columns), tuple(rows))


def _months_table(found: Found) -> AnswerTable:
    columns = (
        AnswerColumn("month", _MONTH, CellType.MONTH),
        AnswerColumn("value", _CROSSINGS, CellType.INTEGER, found.asked.measure.noun),
        _FLAGS,
    )
    rows: list[tuple[Cell, ...]] = []
    for item in found.shown:
        flags = [flag for flag in found.flags_in(item.month) if flag.kind is not Kind.INCOMPLETE_YEAR]
        rows.append((item.month, _text(item.value), noted(flags, found.asked.port)))
    by_month = Bilingual(en="{title}, by month", es="{title}, por mes")
    return AnswerTable("months", by_month.format(title=_title(found)), columns, tuple(rows))


def _ports_table(found: Found) -> AnswerTable:
    noun, year = found.asked.measure.noun, found.border_reference
    columns = (
        AnswerColumn("port", Bilingual(en="Port of entry", es="Puerto de entrada"), CellType.TEXT),
        AnswerColumn("state", Bilingual(en="State", es="Estado"), CellType.NOTE),
        AnswerColumn("facing", Bilingual(en="Mexican side", es="Lado mexicano"), CellType.TEXT),
        AnswerColumn("value", _CROSSINGS, CellType.INTEGER, noun),
        AnswerColumn("share", Bilingual(en="Share", es="Proporción"), CellType.DECIMAL, _PERCENT, 1),
        AnswerColumn("months", _REPORTED, CellType.INTEGER, _MONTHS),
        AnswerColumn("base", _BASE, CellType.INTEGER, noun),
        AnswerColumn("base_months", _BASE_MONTHS, CellType.INTEGER, _MONTHS),
    )
    rows = [] if year is None else [_port_row(found, port, year) for port in ports()]
    rows.sort(key=lambda row: (-int(str(row[3] or -1)), str(row[0])))
    text = Bilingual(en="{what} by port of entry, {year}", es="{what} por puerto de entrada, {year}").format(
        what=found.asked.measure.label, year=year or found.asked.last_year
    )
    return AnswerTable("ports", text, columns, tuple(rows))


def _port_row(found: Found, port: Port, year: int) -> tuple[Cell, ...]:
    now, base = _year_of(found, port.code, year), _year_of(found, port.code, BASE_YEAR)
    whole = found.border_years[year]
    part = flows.share(now.value, whole.value) if now is not None and not whole.lacking else None
    return (
        port.name,
        port.state,
        port.facing,
        _whole(now),
        part,
        "0" if now is None else str(now.months),
        _whole(base),
        "0" if base is None else str(base.months),
    )


def _flags_table(found: Found) -> AnswerTable:
    names = {port.code: Bilingual(en=port.name, es=port.name) for port in ports()}
    columns = (
        AnswerColumn("kind", Bilingual(en="Flag", es="Aviso"), CellType.NOTE),
        AnswerColumn("port", Bilingual(en="Port of entry", es="Puerto de entrada"), CellType.NOTE),
        AnswerColumn("first", Bilingual(en="From", es="Desde"), CellType.MONTH),
        AnswerColumn("last", Bilingual(en="To", es="Hasta"), CellType.MONTH),
        AnswerColumn("months", Bilingual(en="Duration", es="Duración"), CellType.INTEGER, _MONTHS),
        AnswerColumn("note", _SHOWN, CellType.NOTE),
    )
    return AnswerTable(
        "flags",
        Bilingual(en="What is flagged in the source", es="Lo que se señala en la fuente"),
        columns,
        tuple(_flag_row(flag, names) for flag in found.flags),
    )


def _flag_row(flag: Flag, names: dict[str, Bilingual]) -> tuple[Cell, ...]:
    where = place(None) if flag.port is None else names[flag.port]
    return LABELS[flag.kind], where, flag.first, flag.last, str(flag.months), flag.note


def _title(found: Found) -> Bilingual:
    return title(found.asked.measure, found.asked.port)


def _year_of(found: Found, code: str, year: int) -> Year | None:
    return next((one for one in flows.yearly(found.by_port.get(code, ())) if one.year == year), None)


def _full(year: Year | None) -> str | None:
    return str(year.value) if year is not None and year.months == 12 else None


def _whole(year: Year | None) -> str | None:
    return None if year is None else str(year.value)


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
