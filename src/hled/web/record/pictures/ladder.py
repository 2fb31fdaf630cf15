"""The picture of a proof: from an entry at the bottom, step by step, to the signed root and its seals on top.

Solid boxes are what anyone can compute from the entry; hollow ones are the neighbours that the receipt gives,
each with the entries for which it stands. Every hash is the real one. It serves the promise of transparency
under every work-plan line: a proof that nobody understands convinces nobody.
"""

from dataclasses import dataclass
from typing import Final

from hled.figures import palette
from hled.figures.svg import SIZE, SMALL, Attribute, Drawing, Frame, document, element, fitted, label, number
from hled.language import Bilingual, Language
from hled.web.record.pictures.pathway import Pathway, Step

INK: Final = "#123c46"
GIVEN: Final = "#985a08"
PALE: Final = "#f7ead3"
MONO: Final = "ui-monospace, Menlo, Consolas, monospace"
_BOX: Final = 29.0
_SEAL: Final = 44.0
_CARD: Final = 52.0

_TITLE: Final = Bilingual(
    "The path from entry {index} to the signed root", "La ruta del asiento {index} a la raíz firmada"
)
_DESC: Final = Bilingual(
    "Entry {index} stands at the bottom. In {steps} steps its fingerprint is joined with {steps} neighbours, "
    "and the last one is the root of a log of {size} entries. Above it stand the signatures.",
    "El asiento {index} está abajo. En {steps} pasos su huella se une con {steps} vecinas, y la última es la "
    "raíz de una bitácora de {size} asientos. Arriba están las firmas.",
)
_ROOT: Final = Bilingual("Root of the log, size {size}", "Raíz de la bitácora, tamaño {size}")
_ENTRY: Final = Bilingual("Entry {index}", "Asiento {index}")
_SPAN: Final = Bilingual("entries {first}–{last}", "asientos {first}–{last}")
_ONE: Final = Bilingual("entry {first}", "asiento {first}")


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature over the root: whose, what it says, and whether it is there."""

    name: Bilingual
    what: Bilingual
    given: bool


def ladder(path: Pathway, seals: tuple[Seal, ...], language: Language, *, width: int) -> str:
    """Return the picture as a complete SVG element with text in `language`, `width` px wide."""
    frame = Frame(f"ladder-{width}", language, float(width))
    step = 50.0 if len(path.steps) > 12 else 58.0
    middle = frame.width / 2
    signed = _signed_rows(seals, frame)
    top = signed * _SEAL + 22
    lowest = top + _CARD + 44 + (len(path.steps) - 1) * step  # the row of the entry's own neighbour
    bottom = lowest + (44 if frame.narrow else 34)
    facts = {"index": f"{path.index:,}", "steps": len(path.steps), "size": f"{path.size:,}"}
    edges, boxes = [_spine(middle, top, bottom)], []
    for level, item in enumerate(path.steps):
        y = lowest - level * step
        upper = y - step if level + 1 < len(path.steps) else top + _CARD / 2
        edges.append(_branch(frame, item, y, upper))
        boxes.append(_neighbour(frame, item, y))
        if level:
            boxes.append(_own(middle, y, item.own))
    root = _card(frame, top, _ROOT.format(**facts), path.root)
    entry = _card(frame, bottom, _ENTRY.format(**facts), path.leaf)
    body = "".join((*edges, *boxes, root, entry, _seals(seals, frame, signed)))
    drawing = Drawing(body, bottom + _CARD + 4)
    title, desc = (text.format(**facts).text(language) for text in (_TITLE, _DESC))
    return document(drawing, frame, title=title, finding=desc)


def brief(data: bytes) -> str:
    """Return the beginning of a hash, as people compare it."""
    return f"{data.hex()[:8]}…"


def _spine(x: float, top: float, bottom: float) -> str:
    return element("path", d=f"M{number(x)} {number(top)}V{number(bottom)}", stroke=INK, stroke_width=3.0)


def _side(frame: Frame) -> float:
    return 118.0 if frame.narrow else 164.0


def _branch(frame: Frame, step: Step, y: float, upper: float) -> str:
    """Draw the curve from a neighbour up to where both meet."""
    middle = frame.width / 2
    x = middle - _side(frame) if step.on_left else middle + _side(frame)
    half = (y + upper) / 2
    curve = f"M{number(x)} {number(y)}C{number(x)} {number(half)} {number(middle)} {number(half)} "
    return element(
        "path", d=f"{curve}{number(middle)} {number(upper + 8)}", fill="none", stroke=GIVEN, stroke_width=1.6
    )


def _own(x: float, y: float, data: bytes) -> str:
    return _box(x, y, data, {"fill": INK, "stroke": INK}, palette.PAPER)


def _neighbour(frame: Frame, step: Step, y: float) -> str:
    side = _side(frame)
    x = frame.width / 2 + (-side if step.on_left else side)
    said = _ONE if step.first == step.last else _SPAN
    text = said.format(first=f"{step.first:,}", last=f"{step.last:,}").text(frame.language)
    words: dict[str, Attribute] = {"font_size": SMALL, "fill": palette.MUTED}
    if frame.narrow:
        room, middle = 2 * min(x, frame.width - x), {"text_anchor": "middle"}
        beside = fitted(x, y + 28, text, room, **words, **middle)
    else:
        outwards = -(_width(frame) / 2 + 12) if step.on_left else _width(frame) / 2 + 12
        anchor = "end" if step.on_left else "start"
        beside = fitted(x + outwards, y + 4.5, text, 146, text_anchor=anchor, **words)
    return _box(x, y, step.neighbour, {"fill": palette.PAPER, "stroke": GIVEN}, palette.INK) + beside


def _width(frame: Frame) -> float:
    return 104.0 if frame.narrow else 116.0


def _box(x: float, y: float, data: bytes, paint: dict[str, Attribute], ink: str) -> str:
    rect = element(
        "rect", x=x - 52, y=y - _BOX / 2, width=104.0, height=_BOX, rx=6.0, stroke_width=1.6, **paint
    )
    return rect + label(x, y + 4.5, brief(data), font_family=MONO, fill=ink, text_anchor="middle")


def _card(frame: Frame, top: float, said: Bilingual, data: bytes) -> str:
    x, wide = frame.width / 2, min(250.0, frame.width - 40)
    rect = element("rect", x=x - wide / 2, y=top, width=wide, height=_CARD, rx=8.0, fill=INK)
    words: dict[str, Attribute] = {"text_anchor": "middle", "fill": palette.PAPER}
    name = fitted(x, top + 21, said.text(frame.language), wide - 16, font_weight="700", **words)
    return rect + name + label(x, top + 40, brief(data), font_family=MONO, **words)


def _columns(seals: tuple[Seal, ...], frame: Frame) -> int:
    return 1 if frame.narrow or len(seals) == 1 else 2


def _signed_rows(seals: tuple[Seal, ...], frame: Frame) -> int:
    return -(-len(seals) // _columns(seals, frame))


def _seals(seals: tuple[Seal, ...], frame: Frame, rows: int) -> str:
    """Draw the seals above the root, and the line on which they hang."""
    columns = _columns(seals, frame)
    wide = min(330.0, frame.width - 24) if columns == 1 else frame.width / 2 - 14
    parts = [_spine(frame.width / 2, rows * _SEAL + 22, 12)] if columns == 1 else []
    if columns == 2:
        parts.append(_spine(frame.width / 2, rows * _SEAL + 22, 18))
    for place, seal in enumerate(seals):
        row, column = divmod(place, columns)
        last_alone = columns == 2 and place == len(seals) - 1 and column == 0
        centre = frame.width / 2 if columns == 1 or last_alone else frame.width * (1 + 2 * column) / 4
        parts.append(_seal(seal, frame, (centre - wide / 2, row * _SEAL + 2, wide)))
    return "".join(parts)


def _seal(seal: Seal, frame: Frame, place: tuple[float, float, float]) -> str:
    x, y, wide = place
    border: dict[str, Attribute] = {"stroke": GIVEN, "stroke_width": 1.4}
    if not seal.given:
        border |= {"stroke": palette.AXIS, "stroke_dasharray": "4 3"}
    fill = PALE if seal.given else palette.PAPER
    rect = element("rect", x=x, y=y, width=wide, height=38.0, rx=19.0, fill=fill, **border)
    mark = element("circle", cx=x + 20, cy=y + 19, r=11.0, fill=GIVEN if seal.given else palette.AXIS)
    sign = f"M{number(x + 15)} {number(y + 19.5)}l3.6 4 7 -8.4" if seal.given else ""
    dash = f"M{number(x + 15)} {number(y + 19)}h10"
    drawn = element("path", d=sign or dash, fill="none", stroke=palette.PAPER, stroke_width=2.2)
    language, room = frame.language, wide - 52
    name = fitted(x + 40, y + 16.5, seal.name.text(language), room, font_weight="700", font_size=SIZE)
    what = fitted(x + 40, y + 31, seal.what.text(language), room, font_size=SMALL, fill=palette.MUTED)
    return rect + mark + drawn + name + what
