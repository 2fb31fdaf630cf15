"""Timelines: what was promised, reviewed, done and delivered, each event at the precision of its date.

The pages of actions, lines and pillars show with it that a promise is no result: kinds differ by shape as
well as colour, and a date known only to the month or year is a bar, never an invented day.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from hled.figures import palette, words
from hled.figures.specs import Timeline, TimelineMark, TimelineRow
from hled.figures.svg import (
    HALO,
    LEADING,
    SIZE,
    SMALL,
    TARGET,
    Attribute,
    Drawing,
    Frame,
    Role,
    element,
    hidden,
    hint,
    label,
    legend,
    link,
    notes,
    number,
    paragraph,
    shape,
)
from hled.figures.table import when
from hled.figures.text import breadth, clean, wrap
from hled.figures.time_axis import TimeAxis, axis, span

_RADIUS: Final = 5.5
_LANE: Final = 15.0  # px between marks that would cover each other


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where rows, labels and time lie."""

    spec: Timeline
    frame: Frame
    time: TimeAxis
    label_room: float
    above: bool


def draw(spec: Timeline, frame: Frame) -> Drawing | None:
    """Draw the timeline; None when no row has an event."""
    moments = [edge for row in spec.rows for mark in row.marks for edge in span(mark.start, mark.end)]
    if not moments:
        return None
    layout = _layout(spec, frame, min(moments), max(moments))
    used = {mark.kind for row in spec.rows for mark in row.marks}
    entries = [
        (
            shape(palette.TIMELINE[kind][0], 0, 0, _RADIUS, palette.TIMELINE[kind][1]),
            text.text(frame.language),
        )
        for kind, text in spec.legend
        if kind in used
    ]
    keys, top = legend(entries, frame, top=0)
    ticks_at, top = top + LEADING, top + LEADING + 8
    rows, bottom = [], top
    for row in spec.rows:
        written, bottom = _row(layout, row, bottom)
        rows.append(written)
    under, height = _remark(spec, frame, bottom)
    grid = hidden(keys + _grid(layout, ticks_at, top, bottom))
    role: Role = "group" if any(row.href for row in spec.rows) else "img"
    return Drawing(grid + "".join(rows) + under, bottom + height + 2, role)


def _layout(spec: Timeline, frame: Frame, first: float, last: float) -> _Layout:
    above = frame.narrow or len(spec.rows) == 1
    widest = max(breadth(row.label.text(frame.language), SIZE) for row in spec.rows)
    room = frame.width if above else min(widest + 2, frame.width * 0.36)
    left = 0.0 if above else room + 14
    pad = (last - first) * 0.01
    time = axis(first - pad, last + pad, left=left + _RADIUS + 2, right=frame.width - _RADIUS - 2)
    return _Layout(spec, frame, time, room, above)


def _grid(layout: _Layout, ticks_at: float, top: float, bottom: float) -> str:
    parts = []
    for x, text in layout.time.ticks(layout.frame.language):
        parts.append(element("path", d=f"M{number(x)} {number(top)}V{number(bottom)}", stroke=palette.GRID))
        half = breadth(text, SMALL) / 2
        middle = min(max(x, layout.time.left + half - 8), layout.frame.width - half)
        parts.append(label(middle, ticks_at, text, font_size=SMALL, text_anchor="middle", fill=palette.MUTED))
    return "".join(parts)


def _row(layout: _Layout, row: TimelineRow, top: float) -> tuple[str, float]:
    """Draw a row from `top`; return it and its lower edge."""
    text = row.label.text(layout.frame.language)
    lines = wrap(text, SIZE, layout.label_room, lines=2)
    lanes = _lanes(layout, row.marks)
    label_height = LEADING * len(lines) + 8
    marks_height = _LANE * (max(lanes, default=0) + 1) + 13
    stacked = label_height + marks_height
    height = max(stacked if layout.above else max(label_height, marks_height), TARGET)
    middle = top + (label_height - 4 if layout.above else (height - marks_height) / 2) + 6.5 + _LANE / 2
    baseline = top + (17 if layout.above else (height - LEADING * len(lines)) / 2 + 13)
    name = _label(layout, row, lines, (baseline, top, height))
    marks = [_mark(layout, mark, middle + lane * _LANE) for mark, lane in zip(row.marks, lanes, strict=True)]
    rule = element("path", d=f"M0 {number(top)}H{number(layout.frame.width)}", stroke=palette.GRID)
    empty = "" if row.marks else _nothing(layout, middle)
    return hidden(rule) + name + hidden("".join(marks) + empty), top + height


def _label(layout: _Layout, row: TimelineRow, lines: list[str], at: tuple[float, float, float]) -> str:
    """Write a row's name, as a link with a target over the whole label where it has a page."""
    baseline, top, height = at
    text = row.label.text(layout.frame.language)
    tip = "" if " ".join(lines) == clean(text) else hint(text)
    if row.href is None:
        return element("g", tip + paragraph(0, baseline, lines, **HALO))
    target_height = max(LEADING * len(lines) + 10, TARGET) if layout.above else height
    target = element("rect", x=0, y=top, width=layout.label_room, height=target_height, fill="none")
    pointer = element("g", target, pointer_events="all")
    written = paragraph(0, baseline, lines, fill=palette.SERIES[0], text_decoration="underline")
    return link(row.href, text, tip + pointer + written)


def _nothing(layout: _Layout, middle: float) -> str:
    text = words.NO_DATE.text(layout.frame.language)
    paint: dict[str, Attribute] = {"font_size": SMALL, "fill": palette.MUTED, "font_style": "italic"}
    return label(layout.time.left, middle + 4.5, text, **paint)


def _centre(layout: _Layout, mark: TimelineMark) -> float:
    first, last = span(mark.start, mark.end)
    return layout.time.at((first + last) / 2)


def _lanes(layout: _Layout, marks: tuple[TimelineMark, ...]) -> list[int]:
    """Choose a lane for each mark so that no shape covers another."""
    ends: list[float] = []
    lanes = [0] * len(marks)
    for index in sorted(range(len(marks)), key=lambda place: _centre(layout, marks[place])):
        x = _centre(layout, marks[index])
        lane = next((n for n, end in enumerate(ends) if x - end >= 2 * _RADIUS + 2), len(ends))
        ends[lane:] = [x, *ends[lane + 1 :]]
        lanes[index] = lane
    return lanes


def _mark(layout: _Layout, mark: TimelineMark, y: float) -> str:
    kind, colour = palette.TIMELINE[mark.kind]
    first, last = (layout.time.at(edge) for edge in span(mark.start, mark.end))
    names = dict(layout.spec.legend)
    language = layout.frame.language
    tip = hint(f"{when(mark, language)} · {names[mark.kind].text(language)}: {mark.label.text(language)}")
    bar = ""
    if _is_long(mark):
        width = max(last - first, 2 * _RADIUS + 8)
        x = (first + last - width) / 2
        paint = {"fill": colour, "fill_opacity": "0.45"}
        bar = element("rect", x=x, y=y - 2.5, width=width, height=5, rx=2.5, **paint)
    return element("g", tip + bar + shape(kind, (first + last) / 2, y, _RADIUS, colour))


def _is_long(mark: TimelineMark) -> bool:
    """Tell whether a mark stands for more than one day."""
    return mark.end is not None or not _is_day(mark.start)


def _is_day(iso: str) -> bool:
    return len(iso) == len(dt.date.min.isoformat())


def _remark(spec: Timeline, frame: Frame, bottom: float) -> tuple[str, float]:
    if not any(_is_long(mark) for row in spec.rows for mark in row.marks):
        return "", 4.0
    return notes([f"{words.PARTIAL_KEY.text(frame.language)}."], frame, top=bottom + 4)
