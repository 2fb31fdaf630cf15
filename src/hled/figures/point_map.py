"""Maps of places with values: circles whose area is proportional to the value, on an equal-area base map.

Ports of entry first; later projects and centres of pillars II and IV. Circles may cover each other, so only
those with room for a target of their own are links; the table beside the figure names every place.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hled.figures import palette, words
from hled.figures.base_map import BaseMap, Name, base_map
from hled.figures.digits import capital, grouped
from hled.figures.specs import Point, PointMap
from hled.figures.svg import (
    HALO,
    LEADING,
    SMALL,
    TARGET,
    Attribute,
    Drawing,
    Frame,
    element,
    heading,
    hidden,
    hint,
    label,
    link,
    notes,
    number,
)
from hled.figures.text import breadth, clean
from hled.language import Language

_SMALLEST: Final = 1.6  # px radius
_NAME_SIZE: Final = 11.0
_INK: Final = palette.SERIES[0]


@dataclass(frozen=True, slots=True)
class _Dot:
    """A point in px: `radius` is of its circle, or of its cross when the value is missing."""

    point: Point
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle that a label takes."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        """Tell whether two boxes overlap."""
        apart = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not (apart or self.y + self.height <= other.y or other.y + other.height <= self.y)


def draw(spec: PointMap, frame: Frame) -> Drawing | None:
    """Draw the map; None when there is no point at all."""
    if not spec.points:
        return None
    base = base_map(spec.area)
    unit, above = heading(capital(spec.unit.text(frame.language)), frame, top=-3)
    top, height = above + 10, base.height * frame.width / base.width
    most = max((float(point.value) for point in spec.points if point.value is not None), default=0.0)
    dots = [_dot(point, base, frame, most) for point in spec.points]
    inside = [dot for dot in dots if 0 <= dot.x <= frame.width and 0 <= dot.y <= height]
    inside.sort(key=lambda dot: -dot.radius)
    links = _links(inside)
    marks = "".join(
        _linked(dot, spec, frame) if dot.point.key in links else hidden(_mark(dot, spec, frame))
        for dot in inside
    )
    ground, names = _ground(spec.area, round(frame.width), frame.language)
    plate = hidden(ground) + marks + hidden(_labels(inside, frame, height, names))
    body = unit + element("g", plate, transform=f"translate(0 {number(top)})")
    under, used = _under(spec, frame, (most, len(dots) - len(inside)), top + height)
    return Drawing(body + under, top + height + used, "group" if links else "img")


def _dot(point: Point, base: BaseMap, frame: Frame, most: float) -> _Dot:
    scale = frame.width / base.width
    x, y = base.projection.project(float(point.lon), float(point.lat))
    radius = 3.5 if point.value is None else _radius(float(point.value), most, frame)
    return _Dot(point, x * scale, y * scale, radius)


def _radius(value: float, most: float, frame: Frame) -> float:
    """Return the radius whose circle's area is proportional to the value."""
    largest = max(14.0, frame.width * 0.036)
    return max(largest * math.sqrt(value / most), _SMALLEST) if most else _SMALLEST


@lru_cache(maxsize=32)
def _ground(area: str, width: int, language: Language) -> tuple[str, tuple[_Box, ...]]:
    """Draw lands, the border and names; return also where the names stand.

    Kept, because every map of one size has the same ground.
    """
    base = base_map(area)
    scale = width / base.width
    line: dict[str, Attribute] = {"fill": palette.LAND, "stroke": palette.PAPER, "stroke_width": 1 / scale}
    context = element("path", fill=palette.LAND_CONTEXT, d=base.context) if base.context else ""
    lands = "".join(element("path", d=path, stroke_linejoin="round", **line) for path in base.lands.values())
    border = element("path", d=base.boundary, fill="none", stroke=palette.AXIS, stroke_width=1.4 / scale)
    drawn = element(
        "svg",
        context + lands + border,
        width=width,
        height=base.height * scale,
        viewBox=f"0 0 {number(base.width)} {number(base.height)}",
    )
    names = base.names if scale >= 0.45 else ()
    written = "".join(_name(name, scale, language) for name in names)
    return drawn + written, tuple(_name_box(name, scale, language) for name in names)


def _name(name: Name, scale: float, language: Language) -> str:
    """Write the name of a land, quietly."""
    return label(
        name.x * scale,
        name.y * scale,
        name.text.text(language).upper(),
        text_anchor="middle",
        font_size=_NAME_SIZE,
        letter_spacing="0.08em",
        fill=palette.MUTED,
    )


def _name_box(name: Name, scale: float, language: Language) -> _Box:
    width = breadth(name.text.text(language).upper(), _NAME_SIZE) * 1.12
    return _Box(name.x * scale - width / 2, name.y * scale - _NAME_SIZE, width, _NAME_SIZE + 3)


def _links(dots: list[_Dot]) -> set[str]:
    """Choose the points that become links: largest first, each with a target that covers no other."""
    taken: list[_Dot] = []
    for dot in dots:
        reach = max(dot.radius, TARGET / 2)
        free = all(
            math.hypot(dot.x - other.x, dot.y - other.y) >= reach + max(other.radius, TARGET / 2)
            for other in taken
        )
        if dot.point.href and free:
            taken.append(dot)
    return {dot.point.key for dot in taken}


def _spoken(point: Point, spec: PointMap, frame: Frame) -> str:
    value = words.NO_DATA.text(frame.language) if point.value is None else grouped(point.value)
    unit = "" if point.value is None else f" {spec.unit.text(frame.language)}"
    return f"{point.label.text(frame.language)}: {value}{unit}"


def _mark(dot: _Dot, spec: PointMap, frame: Frame) -> str:
    spoken = _spoken(dot.point, spec, frame)
    if dot.point.value is None:
        arm = dot.radius
        cross = f"M{number(dot.x - arm)} {number(dot.y - arm)}l{number(2 * arm)} {number(2 * arm)}"
        cross += f"m{number(-2 * arm)} 0l{number(2 * arm)} {number(-2 * arm)}"
        body = element("path", d=cross, stroke=palette.MUTED, stroke_width=1.6)
    else:
        paint: dict[str, Attribute] = {
            "fill": _INK,
            "fill_opacity": "0.62",
            "stroke": _INK,
            "stroke_width": 1.2,
        }
        body = element("circle", cx=dot.x, cy=dot.y, r=dot.radius, **paint)
    return element("g", hint(spoken) + body)


def _linked(dot: _Dot, spec: PointMap, frame: Frame) -> str:
    """Wrap a mark into a link with a target of its own."""
    reach = max(dot.radius, TARGET / 2)
    target = element("circle", cx=dot.x, cy=dot.y, r=reach, fill="none", pointer_events="all")
    return link(dot.point.href or "", _spoken(dot.point, spec, frame), target + _mark(dot, spec, frame))


def _labels(dots: list[_Dot], frame: Frame, height: float, names: tuple[_Box, ...]) -> str:
    """Name the largest places where there is room, at the first side that covers nothing."""
    most = 5 if frame.narrow else 10
    taken = [*names, *(_around(dot) for dot in dots if dot.radius > 5)]
    parts: list[str] = []
    for dot in dots[: most * 2]:
        if len(parts) == most or dot.point.value is None:
            break
        text = clean(dot.point.label.text(frame.language))[:28]
        box = _free_side(dot, breadth(text, SMALL), (frame.width, height), taken)
        if box is not None:
            taken.append(box)
            parts.append(label(box.x, box.y + 13, text, font_size=SMALL, pointer_events="none", **HALO))
    return "".join(parts)


def _around(dot: _Dot) -> _Box:
    return _Box(dot.x - dot.radius, dot.y - dot.radius, 2 * dot.radius, 2 * dot.radius)


def _free_side(dot: _Dot, width: float, size: tuple[float, float], taken: list[_Box]) -> _Box | None:
    gap = dot.radius + 4
    own = _around(dot)
    sides = (
        _Box(dot.x + gap, dot.y - LEADING / 2, width, LEADING),
        _Box(dot.x - gap - width, dot.y - LEADING / 2, width, LEADING),
        _Box(dot.x - width / 2, dot.y + gap - 2, width, LEADING),
        _Box(dot.x - width / 2, dot.y - gap - LEADING + 2, width, LEADING),
    )
    for box in sides:
        fits = box.x >= 0 and box.x + width <= size[0] and box.y >= 0 and box.y + LEADING <= size[1]
        if fits and not any(box.meets(other) for other in taken if other != own):
            return box
    return None


def _under(spec: PointMap, frame: Frame, counts: tuple[float, int], top: float) -> tuple[str, float]:
    """Draw the key of sizes and what the map cannot show; return it with its height."""
    most, outside = counts
    key, used = _size_key(most, frame, top + 8)
    lines = []
    if any(point.value is None for point in spec.points):
        lines.append(f"× {words.NO_DATA.text(frame.language)}")
    if outside:
        lines.append(words.OUTSIDE.text(frame.language).format(count=f"{outside:,}"))
    remarks, more = notes(lines, frame, top=top + 8 + used)
    return hidden(key) + remarks, 10 + used + more


def _size_key(most: float, frame: Frame, top: float) -> tuple[str, float]:
    """Draw two circles of round values."""
    if not most:
        return "", 0.0
    power = 10.0 ** math.floor(math.log10(most))
    round_value = next(nice * power for nice in (5.0, 2.0, 1.0) if nice * power <= most)
    x, parts = 2.0, []
    largest = _radius(round_value, most, frame)
    for value in (round_value, round_value / 5):
        radius = _radius(value, most, frame)
        paint: dict[str, Attribute] = {"fill": "none", "stroke": _INK, "stroke_width": 1.2}
        parts.append(element("circle", cx=x + radius, cy=top + largest, r=radius, **paint))
        text = grouped(f"{value:.12f}".rstrip("0").rstrip("."))
        parts.append(
            label(x + 2 * radius + 6, top + largest + 4.5, text, font_size=SMALL, fill=palette.MUTED)
        )
        x += 2 * radius + 6 + breadth(text, SMALL) + 20
    return "".join(parts), 2 * largest + 6
