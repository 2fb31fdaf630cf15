"""SVG as text: elements, wrapped labels, shapes, textures and the accessible frame of a figure.

Only presentation attributes are written, never a style or a script, so that figures of every work-plan line
live under a strict content security policy; every id is prefixed by the figure's own.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from hled.figures import palette
from hled.figures.text import breadth, clean, escaped, fit, wrap
from hled.language import Language

SIZE: Final = 14.0
SMALL: Final = 13.0
LEADING: Final = 17.0
TARGET: Final = 32.0  # px: still 24 when a 360 px drawing is scaled down to a 320 px screen with margins

_PLAIN: Final = re.compile(r"[A-Za-z0-9#%() .,:/-]*\Z")  # needs no escaping; keeps long paths cheap

Attribute = str | float | None
Role = Literal["img", "group"]


# White around letters that lie on lines; part of a text's attributes.
HALO: Final[dict[str, Attribute]] = {
    "stroke": palette.PAPER,
    "stroke_width": 3.0,
    "stroke_linejoin": "round",
    "paint_order": "stroke",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a figure is drawn: the prefix of its ids, its language and its width in px."""

    prefix: str
    language: Language
    width: float

    @property
    def narrow(self) -> bool:
        """Whether labels go above their rows, as on a phone."""
        return self.width < 520

    def name(self, part: str) -> str:
        """Return the id of a part of this figure."""
        return f"{self.prefix}-{part}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks of a figure, their height in px, and whether they hold links (`group`) or not (`img`)."""

    body: str
    height: float
    role: Role = "img"


def number(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    written = f"{value:.1f}"
    return written.removesuffix(".0")


def element(tag: str, body: str = "", /, **attributes: Attribute) -> str:
    """Write one element; `body` is SVG already, attribute values are escaped, `_` in names becomes `-`."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{body}</{tag}>" if body else f"<{tag}{written}/>"


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return value if _PLAIN.match(value) else escaped(value)
    return number(value)


def label(x: float, y: float, content: str, /, **attributes: Attribute) -> str:
    """Write one line of text with its baseline at `y`."""
    return element("text", escaped(content), x=x, y=y, **attributes)


def fitted(x: float, y: float, content: str, room: float, /, **attributes: Attribute) -> str:
    """Write one line of at most `room` px; a shortened text keeps its full form as a tooltip."""
    size = attributes.get("font_size", SIZE)
    shown = fit(content, size if isinstance(size, float) else SIZE, room)
    tip = "" if shown == clean(content) else element("title", escaped(content))
    return element("text", tip + escaped(shown), x=x, y=y, **attributes)


def paragraph(x: float, y: float, lines: list[str], /, **attributes: Attribute) -> str:
    """Write lines of text below each other, the first baseline at `y`."""
    return "".join(label(x, y + LEADING * place, line, **attributes) for place, line in enumerate(lines))


def hint(content: str) -> str:
    """Return a tooltip."""
    return element("title", escaped(content))


def link(href: str, name: str, body: str) -> str:
    """Wrap marks into a link with an accessible name; one of the marks must be a target of 24 px."""
    return element("a", body, href=href, aria_label=name)


def hidden(body: str) -> str:
    """Wrap marks that repeat what the table says, so that screen readers pass over them."""
    return element("g", body, aria_hidden="true") if body else ""


_POINTS: Final = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
    "down": ((0, 1.2), (1.15, -0.85), (-1.15, -0.85)),
}
_HOLLOW: Final = {"ring": "circle", "dashed": "circle", "box": "square", "lozenge": "diamond"}


def shape(kind: str, x: float, y: float, radius: float, colour: str) -> str:
    """Draw a mark of about `radius` px around a point; hollow kinds have a white inside."""
    solid = _HOLLOW.get(kind, kind)
    hollow = kind in _HOLLOW
    paint: dict[str, Attribute] = {
        "fill": palette.PAPER if hollow else colour,
        "stroke": colour if hollow else palette.PAPER,
        "stroke_width": 2.0 if hollow else 1.0,
        "stroke_dasharray": "2.5 1.8" if kind == "dashed" else None,
    }
    if solid == "circle":
        return element("circle", cx=x, cy=y, r=radius, **paint)
    corners = " ".join(f"{number(x + dx * radius)},{number(y + dy * radius)}" for dx, dy in _POINTS[solid])
    return element("polygon", points=corners, **paint)


_TEXTURES: Final = {
    "diagonal": "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "back": "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "lines": "M0 2H8M0 6H8",
    "wide": "M0 4H8",
    "cross": "M0 0L8 8M0 8L8 0",
    "dots": "M1 2h2M5 6h2",
}


def texture(name: str, kind: str, colour: str) -> str:
    """Define a fill pattern of `kind` (see `palette.TEXTURES`) under the id `name`; solid ones need none."""
    if kind == "solid":
        return ""
    if kind == "hollow":
        ground = element("rect", width=8.0, height=8.0, fill=palette.PAPER)
        marks = element("path", d=_TEXTURES["diagonal"], stroke=colour, stroke_opacity="0.35")
    else:
        ground = element("rect", width=8.0, height=8.0, fill=colour)
        width = 2.0 if kind == "dots" else 1.3
        marks = element("path", d=_TEXTURES[kind], stroke=palette.PAPER, stroke_width=width)
    return element("pattern", ground + marks, id=name, width=8.0, height=8.0, patternUnits="userSpaceOnUse")


def fill(name: str, kind: str, colour: str) -> str:
    """Return the fill that uses the texture `name`, or the plain colour for a solid one."""
    return colour if kind == "solid" else f"url(#{name})"


def legend(entries: list[tuple[str, str]], frame: Frame, *, top: float) -> tuple[str, float]:
    """Lay out (16 px wide swatch drawn around 0,0; text) pairs in rows; return SVG and the height used."""
    x, y, parts = 0.0, top + 13, []
    for swatch, content in entries:
        room = min(breadth(content, SMALL), frame.width - 26)
        if x and x + 24 + room > frame.width:
            x, y = 0.0, y + LEADING + 4
        parts.append(element("g", swatch, transform=f"translate({number(x + 9)} {number(y - 4.5)})"))
        parts.append(fitted(x + 24, y, content, room + 1, font_size=SMALL, fill=palette.INK))
        x += 24 + room + 18
    return "".join(parts), (y + 8 - top if entries else 0.0)


def heading(content: str, frame: Frame, *, top: float) -> tuple[str, float]:
    """Write the unit of an axis above its plot, wrapped; return SVG and the height used.

    What does not fit into three lines is kept whole as a tooltip.
    """
    lines = wrap(content, SMALL, frame.width, lines=3)
    tip = "" if " ".join(lines) == clean(content) else hint(content)
    body = tip + paragraph(0, top + LEADING, lines, font_size=SMALL, fill=palette.MUTED)
    return hidden(body), LEADING * len(lines)


def notes(lines: list[str], frame: Frame, *, top: float) -> tuple[str, float]:
    """Write small remarks under a figure, wrapped; return SVG and the height used."""
    wrapped = [piece for line in lines for piece in wrap(line, SMALL, frame.width, lines=4)]
    body = paragraph(0, top + LEADING, wrapped, font_size=SMALL, fill=palette.MUTED)
    return body, (LEADING * len(wrapped) + 8 if wrapped else 0.0)


def document(drawing: Drawing, frame: Frame, *, title: str, finding: str) -> str:
    """Put a drawing into a complete `<svg>` with title, description, language and role."""
    head = element("title", escaped(title), id=frame.name("title"))
    head += element("desc", escaped(finding), id=frame.name("desc"))
    return element(
        "svg",
        head + drawing.body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(frame.width)} {number(drawing.height)}",
        width=frame.width,
        height=drawing.height,
        class_="hled-figure",
        role=drawing.role,
        lang=frame.language,
        aria_labelledby=f"{frame.name('title')} {frame.name('desc')}",
        font_family=palette.FONT,
        font_size=SIZE,
        fill=palette.INK,
    )
