"""Line charts: values over months or years, labelled at the line, with gaps and known defects shown.

The border question and every later series of the work plan are drawn by this module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hled.figures import palette, words
from hled.figures.digits import Ticks, grouped, ticks, with_name
from hled.figures.specs import LineChart
from hled.figures.svg import (
    HALO,
    LEADING,
    SIZE,
    SMALL,
    Drawing,
    Frame,
    element,
    heading,
    hidden,
    hint,
    label,
    legend,
    notes,
    number,
    paragraph,
    shape,
)
from hled.figures.text import breadth, wrap
from hled.figures.time_axis import TimeAxis, axis, place
from hled.language import Language

_DENSE: Final = 24  # more points than this and only the line ends carry marks
_STRIP: Final = 24.0  # px above the plot for the marks of defects, clear of the values


@dataclass(frozen=True, slots=True)
class _Plot:
    """The scales of one line chart: time to px, value to px."""

    spec: LineChart
    frame: Frame
    time: TimeAxis
    ticks: Ticks
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Return the px of a value."""
        share = (value - self.ticks.low) / (self.ticks.high - self.ticks.low)
        return self.bottom - share * (self.bottom - self.top)

    def points(self, values: Sequence[str | None]) -> list[tuple[float, float] | None]:
        """Return the px of each value, None where it is missing."""
        return [
            None if value is None else (self.time.at(place(x)), self.y(float(value)))
            for x, value in zip(self.spec.x, values, strict=True)
        ]


def draw(spec: LineChart, frame: Frame) -> Drawing | None:
    """Draw the chart; None when there is no value at all."""
    values = [float(value) for line in spec.series for value in line.values if value is not None]
    if not values:
        return None
    direct = not frame.narrow and len(spec.series) > 1
    keys, keys_height = ("", 0.0) if direct or len(spec.series) == 1 else _legend(spec, frame)
    scale = _scale(min(values), max(values), frame)
    header, header_height = heading(_unit(spec, scale, frame.language), frame, top=keys_height)
    top = keys_height + header_height + LEADING + (_STRIP if spec.flags else 0.0)
    plot = _plot(spec, frame, scale, top, _right_margin(spec, frame) if direct else 14.0)
    body = header + hidden(keys + _grid(plot) + _flags(plot) + _lines(plot))
    body += hidden(_end_labels(plot) if direct else _last_value(plot))
    under, height = notes(_remarks(plot), frame, top=plot.bottom + 24)
    key, key_height = _flag_key(plot, plot.bottom + 30 + height)
    return Drawing(body + under + key, plot.bottom + 30 + height + key_height)


def _scale(low: float, high: float, frame: Frame) -> Ticks:
    """Start at zero unless the values lie far above it and close together."""
    base = low if low < 0 or (low > 0.7 * high > 0 and low != high) else 0.0
    return ticks(base, max(high, 0.0), count=4 if frame.narrow else 5)


def _plot(spec: LineChart, frame: Frame, scale: Ticks, top: float, right: float) -> _Plot:
    left = max(breadth(scale.label(value), SMALL) for value in scale.values) + 10
    bottom = top + (190 if frame.narrow else max(230, min(frame.width * 0.4, 330)))
    moments = [place(x) for x in spec.x]
    time = axis(moments[0], moments[-1], left=left + 8, right=frame.width - right)
    return _Plot(spec, frame, time, scale, top, bottom)


def _unit(spec: LineChart, scale: Ticks, language: Language) -> str:
    """Name the unit of the axis and, for a single line, what the line is."""
    return with_name(scale.unit(spec.unit, language), [series.label.text(language) for series in spec.series])


def _grid(plot: _Plot) -> str:
    parts = []
    right = plot.time.right
    for value in plot.ticks.values:
        y = plot.y(value)
        colour = palette.AXIS if value == max(plot.ticks.low, 0.0) else palette.GRID
        parts.append(
            element("path", d=f"M{number(plot.time.left - 8)} {number(y)}H{number(right)}", stroke=colour)
        )
        tick = plot.ticks.label(value)
        parts.append(
            label(plot.time.left - 14, y + 4.5, tick, font_size=SMALL, text_anchor="end", fill=palette.MUTED)
        )
    finest = 12 if len(plot.spec.x[0]) == 4 else 1
    for x, text in plot.time.ticks(plot.frame.language, finest=finest):
        parts.append(element("path", d=f"M{number(x)} {number(plot.bottom)}v5", stroke=palette.AXIS))
        half = breadth(text, SMALL) / 2
        middle = min(max(x, half), plot.frame.width - half)
        parts.append(
            label(middle, plot.bottom + 20, text, font_size=SMALL, text_anchor="middle", fill=palette.MUTED)
        )
    return "".join(parts)


def _paint(index: int) -> tuple[str, str | None, str]:
    """Return colour, dash pattern and mark of the series at `index`; beyond the palette all are context."""
    if index < len(palette.SERIES):
        return palette.SERIES[index], palette.DASHES[index], palette.SHAPES[index]
    return palette.CONTEXT, None, "circle"


def _runs(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """Yield the unbroken stretches between missing values."""
    run: list[tuple[float, float]] = []
    for point in (*points, None):
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _lines(plot: _Plot) -> str:
    """Draw each line, the first one last so that it lies on top."""
    made = [_line(plot, index) for index in range(len(plot.spec.series))]
    return "".join(reversed(made))


def _line(plot: _Plot, index: int) -> str:
    colour, dash, mark = _paint(index)
    series = plot.spec.series[index]
    runs = list(_runs(plot.points(series.values)))
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in runs if len(run) > 1)
    body = hint(series.label.text(plot.frame.language))
    if path:
        body += element(
            "path",
            d=path,
            fill="none",
            stroke=colour,
            stroke_width=_weight(plot, index),
            stroke_dasharray=dash,
            stroke_linejoin="round",
            stroke_linecap="butt" if dash else "round",
        )
    dots = [run[0] for run in runs if len(run) == 1]
    if runs:
        dots.append(runs[-1][-1])
    radius = 3.2 if len(plot.spec.x) > _DENSE * 3 else 4.0
    body += "".join(shape(mark, x, y, radius, colour) for x, y in dots)
    return element("g", body)


def _weight(plot: _Plot, index: int) -> float:
    """Return the stroke in px: thinner for context lines and where points stand close."""
    if index >= len(palette.SERIES):
        return 1.2
    return 1.6 if len(plot.spec.x) * 4 > plot.time.right - plot.time.left else 2.4


def _flags(plot: _Plot) -> str:
    """Mark each known defect by a triangle in a strip above the plot, and a thin line down to its date.

    In the plot a mark would look like a value, of zero where there is none.
    """
    names = {line.key: line.label.text(plot.frame.language) for line in plot.spec.series}
    by_date: dict[str, list[str]] = {}
    for flag in plot.spec.flags:
        note = flag.note.text(plot.frame.language)
        by_date.setdefault(flag.x, []).append(note if len(names) == 1 else f"{names[flag.series]}: {note}")
    parts = []
    for date, found in by_date.items():
        x, y = plot.time.at(place(date)), plot.top - _STRIP - 3
        guide = f"M{number(x)} {number(y + 4)}V{number(plot.bottom)}"
        line = element("path", d=guide, stroke=palette.AXIS, stroke_width=0.7, stroke_dasharray="1 3")
        parts.append(element("g", hint("; ".join(found)) + line + _flag_mark(x, y)))
    return "".join(parts)


def _flag_mark(x: float, y: float) -> str:
    corners = (
        f"{number(x - 5)},{number(y - 4.5)} {number(x + 5)},{number(y - 4.5)} {number(x)},{number(y + 4)}"
    )
    return element("polygon", points=corners, fill=palette.PAPER, stroke=palette.INK, stroke_width=1.5)


def _flag_key(plot: _Plot, top: float) -> tuple[str, float]:
    if not plot.spec.flags:
        return "", 0.0
    return legend([(_flag_mark(0, 0), words.FLAG_KEY.text(plot.frame.language))], plot.frame, top=top)


def _remarks(plot: _Plot) -> list[str]:
    remarks = []
    if plot.ticks.low > 0:
        remarks.append(words.NOT_FROM_ZERO)
    if any(None in line.values for line in plot.spec.series):
        remarks.append(words.GAP_KEY)
    return [f"{remark.text(plot.frame.language)}." for remark in remarks]


def _legend(spec: LineChart, frame: Frame) -> tuple[str, float]:
    entries = []
    for index, series in enumerate(spec.series):
        colour, dash, mark = _paint(index)
        sample = element("path", d="M-9 0H9", stroke=colour, stroke_width=2.4, stroke_dasharray=dash)
        entries.append((sample + shape(mark, 0, 0, 3.6, colour), series.label.text(frame.language)))
    return legend(entries, frame, top=0)


def _right_margin(spec: LineChart, frame: Frame) -> float:
    widest = max(breadth(series.label.text(frame.language), SMALL) for series in spec.series)
    return min(widest + 20, frame.width * 0.24)


def _last_value(plot: _Plot) -> str:
    """Write the latest value beside the end of a single line."""
    if len(plot.spec.series) != 1:
        return ""
    values = plot.spec.series[0].values
    last = max(index for index, value in enumerate(values) if value is not None)
    point = plot.points(values)[last]
    if point is None:
        return ""
    written = grouped(values[last] or "")
    x = min(point[0] + 5, plot.frame.width)
    begins = x - breadth(written, SIZE) - 6
    under = [other[1] for other in plot.points(values) if other is not None and other[0] >= begins]
    y = min(under) - 10
    return label(x, y, written, text_anchor="end", font_weight="600", fill=palette.SERIES[0], **HALO)


def _end_labels(plot: _Plot) -> str:
    """Write each label at the end of its line, spread so that none covers another."""
    room = plot.frame.width - plot.time.right - 14
    wanted: list[tuple[float, list[str], str]] = []
    for index, series in enumerate(plot.spec.series):
        ends = [point for point in plot.points(series.values) if point is not None]
        if ends:
            lines = wrap(series.label.text(plot.frame.language), SMALL, room, lines=2)
            wanted.append((ends[-1][1], lines, _paint(index)[0]))
    wanted.sort(key=lambda entry: entry[0])
    heights = [LEADING * len(lines) for _, lines, _ in wanted]
    centres = spread([y for y, _, _ in wanted], heights, plot.top - 8, plot.bottom + 8)
    parts = []
    for (y, lines, colour), height, centre in zip(wanted, heights, centres, strict=True):
        x = plot.time.right + 12
        if abs(centre - y) > 6:
            leader = f"M{number(x - 7)} {number(y)}L{number(x - 2)} {number(centre)}"
            parts.append(element("path", d=leader, stroke=colour, fill="none", stroke_width=0.8))
        first = centre - height / 2 + 13
        parts.append(paragraph(x, first, lines, font_size=SMALL, font_weight="600", fill=colour))
    return "".join(parts)


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Move sorted centres apart so that boxes of `heights` do not overlap, within `top` … `bottom`."""
    centres: list[float] = []
    edge = top
    for y, height in zip(wanted, heights, strict=True):
        centre = max(y, edge + height / 2)
        centres.append(centre)
        edge = centre + height / 2
    edge = max(bottom, top + sum(heights))
    for index in range(len(centres) - 1, -1, -1):
        centres[index] = min(centres[index], edge - heights[index] / 2)
        edge = centres[index] - heights[index] / 2
    return centres
