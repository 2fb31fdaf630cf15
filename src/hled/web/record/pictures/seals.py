"""The picture of two governments' seals: a history that goes on is cosigned, a rewritten one is refused.

It serves the promise of transparency under every work-plan line: why no side can change the record alone.
"""

from dataclasses import dataclass
from typing import Final

from hled.figures import palette
from hled.figures.svg import SMALL, Attribute, Drawing, Frame, document, element, fitted, label, number
from hled.language import Bilingual, Language
from hled.web.record.pictures.ladder import GIVEN, INK, PALE

_TITLE: Final = Bilingual(
    "Both governments sign what continues the record", "Ambos gobiernos firman lo que continúa el registro"
)
_DESC: Final = Bilingual(
    "Above, a record of 8 acts grows to 12 and both governments cosign. Below, one of the first 8 acts was "
    "changed: the new root does not continue the old one, and the other government refuses.",
    "Arriba, un registro de 8 actos crece a 12 y ambos gobiernos lo firman. Abajo se alteró uno de los "
    "primeros 8 actos: la nueva raíz no continúa la anterior y el otro gobierno se niega.",
)
_HIGH: Final = 96.0
_BETWEEN: Final = 44.0  # where the arrow stands on a phone
_NAMES: Final = (Bilingual("United States", "Estados Unidos"), Bilingual("Mexico", "México"))


@dataclass(frozen=True, slots=True)
class _Card:
    """A checkpoint: what it covers, and what the United States and Mexico did with it."""

    text: Bilingual
    signed: tuple[bool, bool]


_EIGHT: Final = _Card(Bilingual("8 acts", "8 actos"), (True, True))
_TWELVE: Final = _Card(Bilingual("the same 8 and 4 new ones", "los mismos 8 y 4 nuevos"), (True, True))
_OTHER: Final = _Card(Bilingual("the 8, one of them changed", "los 8, uno de ellos alterado"), (True, False))
_CONTINUES: Final = Bilingual("continues", "continúa")
_BREAKS: Final = Bilingual("does not continue", "no continúa")
_TICK: Final = "l3.4 4 6.6-8"
_CROSS: Final = "m1-4l8 8m0-8l-8 8"
_REFUSES: Final = Bilingual("{name} refuses", "{name} se niega")


def seals(language: Language, *, width: int) -> str:
    """Return the picture as a complete SVG element, `width` px wide."""
    frame = Frame(f"seals-{width}", language, float(width))
    draw = _stacked if frame.narrow else _side_by_side
    high = 2 * _HIGH + _BETWEEN if frame.narrow else _HIGH
    first, second = draw(frame, 4, _TWELVE), draw(frame, high + 48, _OTHER)
    rule = element("path", d=f"M0 {number(high + 26)}H{number(frame.width)}", stroke=palette.GRID)
    drawing = Drawing(first + rule + second, 2 * high + 54)
    return document(drawing, frame, title=_TITLE.text(language), finding=_DESC.text(language))


def _side_by_side(frame: Frame, top: float, after: _Card) -> str:
    wide = (frame.width - 132) / 2
    start, end, y = wide + 10, frame.width - wide - 10, top + _HIGH / 2
    shaft = f"M{number(start)} {number(y)}H{number(end - 3)}"
    head = f"M{number(end - 8)} {number(y - 6)}l8 6-8 6"
    words: dict[str, Attribute] = {"text_anchor": "middle", "font_size": SMALL}
    said = label((start + end) / 2, y - 14, _said(after).text(frame.language), **words)
    cards = _card(frame, _EIGHT, (1, top, wide - 2)) + _card(
        frame, after, (frame.width - wide + 1, top, wide - 2)
    )
    return cards + _arrow(shaft, head, after) + said


def _stacked(frame: Frame, top: float, after: _Card) -> str:
    wide, x = frame.width - 2, frame.width / 2 - 60
    start, end = top + _HIGH + 6, top + _HIGH + _BETWEEN - 6
    shaft = f"M{number(x)} {number(start)}V{number(end - 3)}"
    head = f"M{number(x - 6)} {number(end - 8)}l6 8 6-8"
    said = label(x + 16, (start + end) / 2 + 4.5, _said(after).text(frame.language), font_size=SMALL)
    cards = _card(frame, _EIGHT, (1, top, wide)) + _card(frame, after, (1, top + _HIGH + _BETWEEN, wide))
    return cards + _arrow(shaft, head, after) + said


def _said(after: _Card) -> Bilingual:
    return _CONTINUES if all(after.signed) else _BREAKS


def _arrow(shaft: str, head: str, after: _Card) -> str:
    holds = all(after.signed)
    paint: dict[str, Attribute] = {"fill": "none", "stroke": INK if holds else GIVEN, "stroke_width": 2.2}
    dash = None if holds else "5 4"
    return element("path", d=shaft, stroke_dasharray=dash, **paint) + element("path", d=head, **paint)


def _card(frame: Frame, card: _Card, place: tuple[float, float, float]) -> str:
    """Draw a checkpoint with one seal for each government."""
    x, y, wide = place
    border = INK if all(card.signed) else GIVEN
    rect = element(
        "rect",
        x=x,
        y=y,
        width=wide,
        height=_HIGH,
        rx=8.0,
        fill=palette.PAPER,
        stroke=border,
        stroke_width=1.6,
    )
    text = fitted(x + 14, y + 25, card.text.text(frame.language), wide - 24, font_weight="700")
    half = (wide - 24) / 2
    marks = [
        _seal(frame, name, _TICK if signed else _CROSS, (x + 12 + at * half, y + 42, half - 6))
        for at, (name, signed) in enumerate(zip(_NAMES, card.signed, strict=True))
    ]
    return rect + text + "".join(marks)


def _seal(frame: Frame, name: Bilingual, mark: str, place: tuple[float, float, float]) -> str:
    x, y, wide = place
    given = mark == _TICK
    fill, stroke = (PALE, GIVEN) if given else (palette.PAPER, palette.AXIS)
    dash = None if given else "4 3"
    pill = element(
        "rect", x=x, y=y, width=wide, height=40.0, rx=20.0, fill=fill, stroke=stroke, stroke_dasharray=dash
    )
    dot = element("circle", cx=x + 20, cy=y + 20, r=10.0, fill=stroke)
    sign = f"M{number(x + 15)} {number(y + 20)}{mark}"
    drawn = element("path", d=sign, fill="none", stroke=palette.PAPER, stroke_width=2.2)
    said = name if given else _REFUSES.format(name=name)
    return (
        pill + dot + drawn + fitted(x + 35, y + 24.5, said.text(frame.language), wide - 38, font_size=SMALL)
    )
