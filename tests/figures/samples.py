"""Small figures of every kind, and Hypothesis strategies for odd ones."""

import datetime as dt

from hypothesis import strategies as st

from hled.figures import (
    BarChart,
    Flag,
    LineChart,
    Point,
    PointMap,
    Progress,
    ProgressRow,
    Series,
    Spec,
    Timeline,
    TimelineMark,
    TimelineRow,
)
from hled.language import Bilingual


def both(en: str, es: str | None = None) -> Bilingual:
    return Bilingual(en=en, es=es or f"{en} (es)")


TITLE = both("Trucks at Laredo", "Camiones en Laredo")
FINDING = both("Laredo tripled.", "Laredo se triplicó.")
TRUCKS = both("trucks", "camiones")
LEGEND = (
    ("promise", both("Promise", "Promesa")),
    ("review", both("Review", "Revisión")),
    ("activity", both("Activity", "Actividad")),
    ("result", both("Result", "Resultado")),
    ("scheduled", both("Announced date", "Fecha anunciada")),
)


def line_chart(**changes: object) -> LineChart:
    fields: dict[str, object] = {
        "id": "border.flows",
        "title": TITLE,
        "finding": FINDING,
        "x_label": both("year", "año"),
        "x": ("2018", "2019", "2020", "2021"),
        "unit": TRUCKS,
        "series": (
            Series("laredo", both("Laredo"), ("2320000", "2364681", None, "2600000.5")),
            Series("pharr", both("Pharr"), ("600000", "610000", "620000", None)),
        ),
        "flags": (Flag("2019", "laredo", both("Two counts differ", "Dos conteos difieren")),),
    }
    return LineChart(**{**fields, **changes})


def bar_chart(**changes: object) -> BarChart:
    fields: dict[str, object] = {
        "id": "bars",
        "title": TITLE,
        "finding": FINDING,
        "x_label": both("port", "puerto"),
        "categories": (both("Laredo"), both("Otay Mesa"), both("Nogales")),
        "unit": TRUCKS,
        "series": (Series("change", both("Change", "Cambio"), ("661951", "-111129.25", None)),),
    }
    return BarChart(**{**fields, **changes})


def timeline(*marks: TimelineMark, href: str | None = None) -> Timeline:
    given = marks or (
        TimelineMark("2021-09-09", None, "promise", both("Plan announced", "Plan anunciado")),
        TimelineMark("2022", None, "review", both("Reviewed", "Revisado")),
        TimelineMark("2022-09", "2023-04", "activity", both("Group met", "Reunión")),
        TimelineMark("2024-04-12", None, "result", both("Delivered", "Entregado")),
        TimelineMark("2024-10", None, "scheduled", both("Due", "Previsto")),
    )
    rows = (TimelineRow(both("An action", "Una acción"), href, given), TimelineRow(both("Silent"), None, ()))
    return Timeline("steps", TITLE, FINDING, rows, LEGEND)


def progress(href: str | None = None) -> Progress:
    rows = (
        ProgressRow(
            both("Building back together", "Reconstruir juntos"), href, (("result", 7), ("promise", 5))
        ),
        ProgressRow(both("Investing in people", "Invertir en la gente"), href, (("activity", 1234),)),
    )
    return Progress("progress", TITLE, FINDING, rows, LEGEND[:4])


def point_map(*points: Point, area: str = "border") -> PointMap:
    given = points or (
        Point("laredo", both("Laredo"), "-99.507", "27.5", "3026632", "/en/ports/laredo"),
        Point("el-paso", both("El Paso"), "-106.487", "31.76", None, "/en/ports/el-paso"),
        Point("honolulu", both("Honolulu"), "-157.86", "21.31", "5", None),
    )
    return PointMap("ports", TITLE, FINDING, TRUCKS, given, area)


def one_of_each() -> list[Spec]:
    stacked = bar_chart(
        mode="stacked",
        series=(
            Series("a", both("2023"), ("1", "2", None)),
            Series("b", both("2024"), ("3", None, None)),
        ),
    )
    return [
        line_chart(),
        line_chart(series=line_chart().series[:1]),
        bar_chart(),
        stacked,
        timeline(),
        timeline(href="/en/actions/one"),
        progress(),
        progress(href="/es/pilares/1"),
        point_map(),
        point_map(area="both_countries"),
    ]


def empty_ones() -> list[Spec]:
    return [
        line_chart(x=(), series=(), flags=()),
        line_chart(x=("2020",), series=(Series("a", both("A"), (None,)),), flags=()),
        bar_chart(categories=(), series=()),
        bar_chart(series=()),
        Timeline("steps", TITLE, FINDING, (), LEGEND),
        Timeline("steps", TITLE, FINDING, (TimelineRow(both("Silent"), "/x", ()),), LEGEND),
        Progress("progress", TITLE, FINDING, (), ()),
        PointMap("ports", TITLE, FINDING, TRUCKS, ()),
    ]


# Random figures -----------------------------------------------------------------------------------------

texts = st.text(min_size=1, max_size=60).filter(str.strip)
bilingual = st.builds(Bilingual, en=texts, es=texts)
decimals = st.decimals(-(10**15), 10**15, places=3, allow_nan=False).map(lambda value: f"{value:f}")
counts = st.decimals(0, 10**12, places=2, allow_nan=False).map(lambda value: f"{value:f}")
keys = st.text("abcdefgh", min_size=1, max_size=8)
hrefs = st.none() | st.sampled_from(["/en/x", "https://example.org/a?b=1&c=2", "#part"])


@st.composite
def periods(draw: st.DrawFn) -> tuple[str, ...]:
    years = sorted(draw(st.sets(st.integers(1000, 2100), max_size=8)))
    months = draw(st.booleans())
    return tuple(f"{year}-{draw(st.integers(1, 12)):02}" if months else str(year) for year in years)


def series(length: int, values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Series, ...]]:
    column = st.tuples(*[st.none() | values] * length)
    one = st.builds(Series, keys, bilingual, column)
    return st.lists(one, max_size=10, unique_by=lambda made: made.key).map(tuple)


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    x = draw(periods())
    lines = draw(series(len(x), decimals))
    places = st.sampled_from([(at, line.key) for at in x for line in lines] or [None])
    flags = [Flag(*place, draw(bilingual)) for place in draw(st.lists(places, max_size=3)) if place]
    return line_chart(x=x, series=lines, flags=tuple(flags), title=draw(bilingual), unit=draw(bilingual))


@st.composite
def bar_charts(draw: st.DrawFn) -> BarChart:
    mode = draw(st.sampled_from(["grouped", "stacked"]))
    categories = draw(st.lists(bilingual, max_size=5).map(tuple))
    bars = draw(series(len(categories), counts if mode == "stacked" else decimals))
    return bar_chart(mode=mode, categories=categories, series=bars, unit=draw(bilingual))


@st.composite
def marks(draw: st.DrawFn) -> TimelineMark:
    first, last = sorted(draw(st.tuples(*[st.dates(dt.date(1950, 1, 1), dt.date(2060, 1, 1))] * 2)))
    cut = draw(st.sampled_from([4, 7, 10]))
    end = last.isoformat()[: draw(st.sampled_from([4, 7, 10]))] if draw(st.booleans()) else None
    return TimelineMark(first.isoformat()[:cut], end, draw(st.sampled_from(LEGEND))[0], draw(bilingual))


timelines = st.builds(
    lambda rows: Timeline("steps", TITLE, FINDING, rows, LEGEND),
    st.lists(
        st.builds(TimelineRow, bilingual, hrefs, st.lists(marks(), max_size=5).map(tuple)), max_size=4
    ).map(tuple),
)
segments = st.dictionaries(st.sampled_from([kind for kind, _ in LEGEND]), st.integers(0, 10**6)).map(
    lambda chosen: tuple(chosen.items())
)
progresses = st.builds(
    lambda rows: Progress("progress", TITLE, FINDING, rows, LEGEND),
    st.lists(st.builds(ProgressRow, bilingual, hrefs, segments), max_size=5).map(tuple),
)
points = st.builds(
    Point,
    keys,
    bilingual,
    st.decimals(-125, -80, places=4).map(str),
    st.decimals(10, 50, places=4).map(str),
    st.none() | counts,
    hrefs,
)
point_maps = st.builds(
    lambda chosen, area: point_map(*chosen, area=area) if chosen else point_map(),
    st.lists(points, max_size=8, unique_by=lambda point: point.key),
    st.sampled_from(["border", "both_countries"]),
)
specs = st.one_of(line_charts(), bar_charts(), timelines, progresses, point_maps)
