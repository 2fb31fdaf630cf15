"""Bar charts: categories compared, lying down so that names of ports, goods and programmes stay readable.

Several series stand beside each other or are stacked; each has its colour and its texture. It serves the
figures of every work-plan line.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hled.figures import palette, words
from hled.figures.digits import capital, grouped, with_name
from hled.figures.specs import BarChart
from hled.figures.svg import (
    LEADING,
    SIZE,
    SMALL,
    Drawing,
    Frame,
    element,
    fill,
    fitted,
    heading,
    hidden,
    hint,
    label,
    legend,
    number,
    paragraph,
    texture,
)
from hled.figures.text import breadth, clean, wrap

_BAR: Final = 20.0
_THIN: Final = 13.0


@dataclass(frozen=True, slots=True)
class _Plot:
    """The layout of one bar chart: label column, value scale, thickness of bars."""

    spec: BarChart
    frame: Frame
    low: float
    high: float
    left: float
    right: float
    label_room: float

    @property
    def thickness(self) -> float:
        """Height of one bar in px."""
        return _BAR if len(self.spec.series) == 1 or self.spec.mode == "stacked" else _THIN

    def x(self, value: float) -> float:
        """Return the px of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.left + share * (self.right - self.left)

    def paint(self, index: int) -> str:
        """Return the fill of a series."""
        kind, colour = _look(index)
        return fill(self.frame.name(f"t{index % len(palette.SERIES)}"), kind, colour)


def draw(spec: BarChart, frame: Frame) -> Drawing | None:
    """Draw the chart; None when there is no value at all."""
    if all(value is None for bars in spec.series for value in bars.values):
        return None
    plot = _plot(spec, frame)
    keys, top = _legend(plot) if len(spec.series) > 1 else ("", 0.0)
    header, height = heading(_unit(plot), frame, top=top)
    top += height + 14
    rows, bottom = _rows(plot, top)
    marks = _textures(plot) + header + hidden(keys + rows)
    return Drawing(marks, bottom + 4)


def _look(index: int) -> tuple[str, str]:
    place = index % len(palette.SERIES)
    return palette.TEXTURES[place], palette.SERIES[place]


def _textures(plot: _Plot) -> str:
    count = min(len(plot.spec.series), len(palette.SERIES))
    made = "".join(texture(plot.frame.name(f"t{index}"), *_look(index)) for index in range(count))
    return element("defs", made) if made else ""


def _plot(spec: BarChart, frame: Frame) -> _Plot:
    low, high = _extent(spec)
    written = max((breadth(text, SMALL) for text in _value_texts(spec)), default=0.0)
    room = 0.0
    if not frame.narrow:
        widest = max(breadth(label.text(frame.language), SIZE) for label in spec.categories)
        room = min(widest + 1, frame.width * 0.34)
    left = room + (10 if room else 1) + (written if low < 0 else 0)
    right = frame.width - written - 12
    return _Plot(spec, frame, min(low, 0.0), max(high, 0.0), left, right, room)


def _extent(spec: BarChart) -> tuple[float, float]:
    if spec.mode == "stacked":
        return 0.0, max(float(_total(spec, row) or 0) for row in range(len(spec.categories)))
    numbers = [float(value) for bars in spec.series for value in bars.values if value is not None]
    return min(numbers), max(numbers)


def _total(spec: BarChart, row: int) -> Decimal | None:
    """Add up a stacked row; None when all of it is missing."""
    values = [Decimal(value) for bars in spec.series if (value := bars.values[row]) is not None]
    return sum(values, Decimal(0)) if values else None


def _value_texts(spec: BarChart) -> list[str]:
    if spec.mode == "stacked":
        totals = (_total(spec, row) for row in range(len(spec.categories)))
        return [grouped(str(total)) for total in totals if total is not None]
    return [grouped(value) for bars in spec.series for value in bars.values if value is not None]


def _unit(plot: _Plot) -> str:
    unit = capital(plot.spec.unit.text(plot.frame.language))
    return with_name(unit, [bars.label.text(plot.frame.language) for bars in plot.spec.series])


def _legend(plot: _Plot) -> tuple[str, float]:
    entries = []
    for index, bars in enumerate(plot.spec.series):
        swatch = element("rect", x=-8, y=-7, width=16, height=14, fill=plot.paint(index))
        entries.append((swatch, bars.label.text(plot.frame.language)))
    return legend(entries, plot.frame, top=0)


def _baseline(plot: _Plot, top: float, height: float) -> str:
    """Draw the zero line of a row; values are written at the bars, so there is no further axis."""
    line = f"M{number(plot.x(0.0))} {number(top - 3)}v{number(height + 4)}"
    return element("path", d=line, stroke=palette.AXIS)


def _rows(plot: _Plot, top: float) -> tuple[str, float]:
    parts = []
    bars_in_row = 1 if plot.spec.mode == "stacked" else len(plot.spec.series)
    for row, category in enumerate(plot.spec.categories):
        name, top = _row_label(plot, category.text(plot.frame.language), top, bars_in_row)
        parts.append(name)
        parts.append(_stacked(plot, row, top) if plot.spec.mode == "stacked" else _grouped(plot, row, top))
        height = bars_in_row * (plot.thickness + 2)
        parts.append(_baseline(plot, top, height))
        top += height + (8 if bars_in_row == 1 else 12)
    return "".join(parts), top


def _row_label(plot: _Plot, text: str, top: float, bars: int) -> tuple[str, float]:
    """Write a category above its bars on a phone, left of them on a desk; return the top of the bars."""
    if plot.frame.narrow:
        return fitted(0, top + 14, text, plot.frame.width), top + 20
    room = plot.label_room
    lines = wrap(text, SIZE, room, lines=2 if bars > 1 else 1)
    middle = top + bars * (plot.thickness + 2) / 2 + 4 - LEADING * (len(lines) - 1) / 2
    tip = "" if " ".join(lines) == clean(text) else hint(text)
    return element("g", tip + paragraph(0, middle, lines)), top


def _grouped(plot: _Plot, row: int, top: float) -> str:
    parts = []
    for index, bars in enumerate(plot.spec.series):
        y = top + index * (plot.thickness + 2)
        value = bars.values[row]
        if value is not None:
            parts.append(_bar(plot, (0.0, float(value)), y, plot.paint(index)))
        parts.append(_value(plot, value, None if value is None else float(value), y))
    return "".join(parts)


def _stacked(plot: _Plot, row: int, top: float) -> str:
    parts, reached = [], 0.0
    for index, bars in enumerate(plot.spec.series):
        value = bars.values[row]
        if value is not None and float(value):
            tip = hint(f"{bars.label.text(plot.frame.language)}: {grouped(value)}")
            bar = _bar(plot, (reached, reached + float(value)), top, plot.paint(index))
            parts.append(element("g", tip + bar))
            reached += float(value)
    total = _total(plot.spec, row)
    parts.append(_value(plot, None if total is None else str(total), reached, top))
    return "".join(parts)


def _bar(plot: _Plot, ends: tuple[float, float], y: float, paint: str) -> str:
    low, high = sorted(map(plot.x, ends))
    return element(
        "rect",
        x=low,
        y=y,
        width=max(high - low, 0.5),
        height=plot.thickness,
        fill=paint,
        stroke=palette.PAPER,
        stroke_width=0.6,
    )


def _value(plot: _Plot, value: str | None, reached: float | None, y: float) -> str:
    baseline = y + plot.thickness / 2 + 4.5
    if value is None or reached is None:
        text, x, anchor = words.NO_DATA.text(plot.frame.language), plot.x(0.0) + 6, "start"
    else:
        text, anchor = grouped(value), "end" if reached < 0 else "start"
        x = plot.x(reached) + (-6 if reached < 0 else 6)
    missing = "italic" if value is None else None
    colour = palette.MUTED if value is None else palette.INK
    return label(x, baseline, text, font_size=SMALL, text_anchor=anchor, fill=colour, font_style=missing)
