"""What a figure says, without how it is drawn: frozen descriptions of charts, timelines and maps.

An engine answers a question about any work-plan line with such descriptions; the web, the command line and
the documents draw them in either language. Values are decimal text, so a stored figure has one canonical
JSON form; None is a missing value, drawn as a gap and said in the table. A description that cannot be drawn
honestly cannot be built: each class checks itself and raises a `FigureError`.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from hled.figures import checks
from hled.figures.errors import NotAFigureError, message
from hled.figures.wire import decode, encode
from hled.language import Bilingual

Legend = tuple[tuple[str, Bilingual], ...]
Mode = Literal["grouped", "stacked"]
Area = Literal["border", "both_countries"]

TIMELINE_KINDS: Final = ("promise", "review", "activity", "result", "scheduled")


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars; `values` are decimal text, None where the source has no value."""

    key: str
    label: Bilingual
    values: tuple[str | None, ...]

    def __post_init__(self) -> None:
        checks.decimals(self.values, where=self.key)


@dataclass(frozen=True, slots=True)
class Flag:
    """A known defect of the source at one place of one series: marked on the chart, said in the table."""

    x: str
    series: str
    note: Bilingual


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over time. `x` holds years, months or days of one precision, ascending; `x_label` names them."""

    id: str
    title: Bilingual
    finding: Bilingual
    x_label: Bilingual
    x: tuple[str, ...]
    unit: Bilingual
    series: tuple[Series, ...]
    flags: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        checks.identifier(self.id)
        checks.periods(self.x)
        checks.lengths(len(self.x), {line.key: len(line.values) for line in self.series})
        checks.unique([line.key for line in self.series])
        keys = [line.key for line in self.series]
        for flag in self.flags:
            checks.known(flag.series, keys)
            checks.known(flag.x, self.x)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values by category, one or several series; bars lie down, so that long labels stay readable."""

    id: str
    title: Bilingual
    finding: Bilingual
    x_label: Bilingual
    categories: tuple[Bilingual, ...]
    unit: Bilingual
    series: tuple[Series, ...]
    mode: Mode = "grouped"

    def __post_init__(self) -> None:
        checks.identifier(self.id)
        checks.known(self.mode, get_args(Mode))
        checks.lengths(len(self.categories), {bars.key: len(bars.values) for bars in self.series})
        checks.unique([bars.key for bars in self.series])
        if self.mode == "stacked":
            checks.not_negative([value for bars in self.series for value in bars.values])


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A dated event; `start` and `end` are dates at the precision of their source (`PartialDate`)."""

    start: str
    end: str | None
    kind: str
    label: Bilingual

    def __post_init__(self) -> None:
        checks.known(self.kind, TIMELINE_KINDS)
        checks.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of a timeline, for example an action, with a link to its page."""

    label: Bilingual
    href: str | None
    marks: tuple[TimelineMark, ...]

    def __post_init__(self) -> None:
        checks.link(self.href)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated events by row. `legend` names every kind that occurs, in the order in which it is explained."""

    id: str
    title: Bilingual
    finding: Bilingual
    rows: tuple[TimelineRow, ...]
    legend: Legend

    def __post_init__(self) -> None:
        checks.identifier(self.id)
        kinds = [kind for kind, _ in self.legend]
        checks.unique(kinds)
        for kind in kinds:
            checks.known(kind, TIMELINE_KINDS)
        for mark in (mark for row in self.rows for mark in row.marks):
            checks.known(mark.kind, kinds)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One bar: how many things (actions, deliverables) are in each state of the legend."""

    label: Bilingual
    href: str | None
    segments: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        checks.link(self.href)
        checks.unique([kind for kind, _ in self.segments])
        checks.counts([count for _, count in self.segments])


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts by state, one bar a row. The order of `legend` is the order of the segments."""

    id: str
    title: Bilingual
    finding: Bilingual
    rows: tuple[ProgressRow, ...]
    legend: Legend

    def __post_init__(self) -> None:
        checks.identifier(self.id)
        kinds = [kind for kind, _ in self.legend]
        checks.unique(kinds)
        for kind in (kind for row in self.rows for kind, _ in row.segments):
            checks.known(kind, kinds)


@dataclass(frozen=True, slots=True)
class Point:
    """A place with a value: `lon`, `lat` in degrees WGS84 as decimal text, `value` None when missing."""

    key: str
    label: Bilingual
    lon: str
    lat: str
    value: str | None
    href: str | None = None

    def __post_init__(self) -> None:
        checks.place(self.lon, self.lat)
        checks.not_negative([self.value])
        checks.link(self.href)


@dataclass(frozen=True, slots=True)
class PointMap:
    """Circles whose area is proportional to a value, on the base map named by `area`."""

    id: str
    title: Bilingual
    finding: Bilingual
    unit: Bilingual
    points: tuple[Point, ...]
    area: Area = "border"

    def __post_init__(self) -> None:
        checks.identifier(self.id)
        checks.known(self.area, get_args(Area))
        checks.unique([point.key for point in self.points])


Spec = LineChart | BarChart | Timeline | Progress | PointMap

_NAMES: Final[dict[str, type[Spec]]] = {
    "line_chart": LineChart,
    "bar_chart": BarChart,
    "timeline": Timeline,
    "progress": Progress,
    "point_map": PointMap,
}


def to_json(spec: Spec) -> dict[str, object]:
    """Return the description as plain JSON values, `figure` naming its kind; holds no float."""
    name = next(name for name, kind in _NAMES.items() if isinstance(spec, kind))
    body = encode(spec)
    return {"figure": name, **body} if isinstance(body, dict) else {}


def from_json(value: dict[str, object]) -> Spec:
    """Read what `to_json` wrote.

    Raises:
        NotAFigureError: unknown kind of figure, or a field missing, unknown or of another form.
        FigureError: the description is well formed and cannot be drawn (see the classes).
    """
    kind = _NAMES.get(str(value.get("figure")))
    if kind is None:
        known = ", ".join(_NAMES)
        raise NotAFigureError(
            message(f"`figure` must be one of {known}.", f"`figure` debe ser uno de: {known}.")
        )
    body = {name: item for name, item in value.items() if name != "figure"}
    spec = decode(kind, body, "$")
    if not isinstance(spec, LineChart | BarChart | Timeline | Progress | PointMap):
        raise TypeError(f"{kind.__name__} was not read")
    return spec
