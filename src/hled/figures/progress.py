"""Progress bars: how many things are in each state, by pillar, line or body.

Each state has a colour and a texture from solid to hollow, its count is written in the bar, and the legend is
the rule's own order, so that "announced only" never looks like "delivered".
"""

from dataclasses import dataclass
from typing import Final

from hled.figures import palette
from hled.figures.specs import Progress, ProgressRow
from hled.figures.svg import (
    LEADING,
    SIZE,
    SMALL,
    TARGET,
    Drawing,
    Frame,
    Role,
    element,
    fill,
    hidden,
    hint,
    label,
    legend,
    link,
    paragraph,
    texture,
)
from hled.figures.text import breadth, clean, wrap

_BAR: Final = 22.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where rows, labels and bars lie; `most` is the largest total."""

    spec: Progress
    frame: Frame
    most: int
    left: float
    right: float
    label_room: float


def draw(spec: Progress, frame: Frame) -> Drawing | None:
    """Draw the bars; None when nothing is counted."""
    most = max((sum(count for _, count in row.segments) for row in spec.rows), default=0)
    if not most:
        return None
    layout = _layout(spec, frame, most)
    keys, bottom = legend(_entries(layout), frame, top=0)
    rows = []
    bottom += 6
    for row in spec.rows:
        written, bottom = _row(layout, row, bottom)
        rows.append(written)
    role: Role = "group" if any(row.href for row in spec.rows) else "img"
    return Drawing(_textures(layout) + hidden(keys) + "".join(rows), bottom + 2, role)


def _layout(spec: Progress, frame: Frame, most: int) -> _Layout:
    total = breadth(f"{most:,}", SIZE) + 10
    if frame.narrow:
        return _Layout(spec, frame, most, 0.0, frame.width - total, frame.width)
    widest = max(breadth(row.label.text(frame.language), SIZE) for row in spec.rows)
    room = min(widest + 2, frame.width * 0.4)
    return _Layout(spec, frame, most, room + 14, frame.width - total, room)


def _look(place: int) -> tuple[str, str]:
    return palette.PROGRESS[place % len(palette.PROGRESS)]


def _textures(layout: _Layout) -> str:
    places = range(min(len(layout.spec.legend), len(palette.PROGRESS)))
    return element(
        "defs", "".join(texture(layout.frame.name(f"p{place}"), *_look(place)) for place in places)
    )


def _box(layout: _Layout, place: int, at: tuple[float, float], size: tuple[float, float]) -> str:
    """Draw a box filled with the look of the state at `place` of the legend."""
    kind, colour = _look(place)
    paint = fill(layout.frame.name(f"p{place % len(palette.PROGRESS)}"), kind, colour)
    inside = {"x": at[0] + 0.75, "y": at[1], "width": max(size[0] - 1.5, 1.0), "height": size[1]}
    return element("rect", fill=paint, stroke=colour, stroke_width=1.2, **inside)


def _entries(layout: _Layout) -> list[tuple[str, str]]:
    return [
        (_box(layout, place, (-8, -7), (16, 14)), text.text(layout.frame.language))
        for place, (_, text) in enumerate(layout.spec.legend)
    ]


def _row(layout: _Layout, row: ProgressRow, top: float) -> tuple[str, float]:
    """Draw a row from `top`; return it and its lower edge."""
    text = row.label.text(layout.frame.language)
    lines = wrap(text, SIZE, layout.label_room, lines=2)
    label_height = LEADING * len(lines) + 4
    if layout.frame.narrow:
        height = max(label_height + _BAR + 18, TARGET)
        bar_top, baseline = top + label_height + 4, top + 15
    else:
        height = max(label_height + 8, _BAR + 16, TARGET)
        bar_top = top + (height - _BAR) / 2
        baseline = top + (height - LEADING * len(lines)) / 2 + 13
    bars = hidden(_bars(layout, row, bar_top))
    written = _label(layout, row, lines, baseline)
    if row.href is None:
        return written + bars, top + height
    area = {"x": 0, "y": top, "width": layout.frame.width, "height": height}
    target = element("rect", fill="none", pointer_events="all", **area)
    return link(row.href, _spoken(layout, row), target + written + bars), top + height


def _label(layout: _Layout, row: ProgressRow, lines: list[str], baseline: float) -> str:
    text = row.label.text(layout.frame.language)
    tip = "" if " ".join(lines) == clean(text) else hint(text)
    if row.href is None:
        return element("g", tip + paragraph(0, baseline, lines))
    return tip + paragraph(0, baseline, lines, fill=palette.SERIES[0], text_decoration="underline")


def _spoken(layout: _Layout, row: ProgressRow) -> str:
    """Name a linked row with its counts, for who hears the page."""
    language = layout.frame.language
    counts = dict(row.segments)
    parts = [
        f"{text.text(language)} {counts[kind]:,}" for kind, text in layout.spec.legend if counts.get(kind)
    ]
    return f"{row.label.text(language)}: {', '.join(parts) or '0'}"


def _bars(layout: _Layout, row: ProgressRow, top: float) -> str:
    counts = dict(row.segments)
    scale = (layout.right - layout.left) / layout.most
    x, parts = layout.left, []
    for place, (kind, text) in enumerate(layout.spec.legend):
        count = counts.get(kind, 0)
        width = count * scale
        if count:
            tip = hint(f"{text.text(layout.frame.language)}: {count:,}")
            box = _box(layout, place, (x, top), (width, _BAR))
            parts.append(element("g", tip + box + _count(f"{count:,}", x + width / 2, top, width)))
        x += width
    total = label(x + 8, top + _BAR / 2 + 5, f"{sum(counts.values()):,}", font_weight="600")
    return "".join(parts) + total


def _count(text: str, middle: float, top: float, width: float) -> str:
    """Write a count on a white plate inside its segment, where it fits."""
    room = breadth(text, SMALL) + 8
    if room + 6 > width:
        return ""
    plate = element(
        "rect", x=middle - room / 2, y=top + 3, width=room, height=_BAR - 6, rx=3, fill=palette.PAPER
    )
    return plate + label(middle, top + _BAR / 2 + 4.5, text, font_size=SMALL, text_anchor="middle")
