"""Pictures that explain a proof: eight acts under one root, what a change does, what a proof holds.

The hashes are real SHA-256 values of the bytes `act 1` to `act 8`, so that a reader can compute them again.
It serves the promise of transparency under every work-plan line.
"""

from enum import Enum
from typing import Final

from hled.figures import palette
from hled.figures.svg import SMALL, Attribute, Drawing, Frame, document, element, label, number
from hled.language import Bilingual, Language
from hled.record.merkle import leaf_hash, node_hash
from hled.web.record.pictures.ladder import GIVEN, INK, MONO, PALE

ACTS: Final = 8
CHANGED: Final = 4  # the fifth act, counted from 0
_ROW: Final = 66.0
_TOP: Final = 42.0
_FAINT: Final = "#c3c9ce"

Place = tuple[int, int]


class Lesson(Enum):
    """What a picture of the eight acts shows."""

    WHOLE = "whole"
    CHANGE = "change"
    PROOF = "proof"


_TITLES: Final = {
    Lesson.WHOLE: Bilingual("Eight acts under one root", "Ocho actos bajo una raíz"),
    Lesson.CHANGE: Bilingual("One changed act changes the root", "Un acto alterado cambia la raíz"),
    Lesson.PROOF: Bilingual("Three fingerprints prove the fifth act", "Tres huellas prueban el quinto acto"),
}
_DESCRIPTIONS: Final = {
    Lesson.WHOLE: Bilingual(
        "Eight numbered documents stand at the bottom. Each has a fingerprint; two neighbours give one "
        "fingerprint above them, until a single one, the root, stands for all eight.",
        "Abajo hay ocho documentos numerados. Cada uno tiene su huella; dos vecinas dan una huella encima, "
        "hasta que una sola, la raíz, representa a los ocho.",
    ),
    Lesson.CHANGE: Bilingual(
        "The fifth document was changed. Its fingerprint, the two above it and the root are different from "
        "before; the others are the same.",
        "El quinto documento fue alterado. Su huella, las dos de encima y la raíz son distintas que antes; "
        "las demás son iguales.",
    ),
    Lesson.PROOF: Bilingual(
        "From the fifth document and three neighbouring fingerprints the root can be computed; the other "
        "documents are not needed.",
        "A partir del quinto documento y de tres huellas vecinas se calcula la raíz; los demás documentos no "
        "hacen falta.",
    ),
}
_ROOT: Final = Bilingual("root", "raíz")
_BEFORE: Final = Bilingual("before: {hash}", "antes: {hash}")


def tree(lesson: Lesson, language: Language, *, width: int) -> str:
    """Return a picture of the eight acts as a complete SVG element, `width` px wide."""
    frame = Frame(f"tree-{lesson.value}-{width}", language, float(width))
    honest = _levels(None)
    shown = _levels(CHANGED) if lesson is Lesson.CHANGE else honest
    edges, boxes = [], []
    for level, row in enumerate(shown):
        for index, data in enumerate(row):
            place = (level, index)
            if level + 1 < len(shown):
                edges.append(_edge(frame, place, lesson))
            boxes.append(_node(frame, place, data, lesson))
    papers = [_paper(frame, index, lesson) for index in range(ACTS)]
    body = "".join((*edges, *boxes, *papers, _root(frame, honest[-1][0], lesson)))
    drawing = Drawing(body, _TOP + 3 * _ROW + 72)
    return document(
        drawing, frame, title=_TITLES[lesson].text(language), finding=_DESCRIPTIONS[lesson].text(language)
    )


def _levels(changed: int | None) -> tuple[tuple[bytes, ...], ...]:
    """Return the hashes of each level, leaves first, with one act changed or none."""
    texts = [f"act {index + 1}{'!' if index == changed else ''}" for index in range(ACTS)]
    rows = [tuple(leaf_hash(text.encode()) for text in texts)]
    while len(rows[-1]) > 1:
        below = rows[-1]
        rows.append(tuple(node_hash(below[at], below[at + 1]) for at in range(0, len(below), 2)))
    return tuple(rows)


def _at(frame: Frame, place: Place) -> tuple[float, float]:
    level, index = place
    room = frame.width / (ACTS >> level)
    return (index + 0.5) * room, _TOP + (3 - level) * _ROW


def _on_path(place: Place) -> bool:
    level, index = place
    return CHANGED >> level == index


def _is_neighbour(place: Place) -> bool:
    level, index = place
    return level < 3 and (CHANGED >> level) ^ 1 == index


def _edge(frame: Frame, place: Place, lesson: Lesson) -> str:
    x, y = _at(frame, place)
    upper_x, upper_y = _at(frame, (place[0] + 1, place[1] // 2))
    strong = lesson is not Lesson.WHOLE and (
        _on_path(place) or (lesson is Lesson.PROOF and _is_neighbour(place))
    )
    faint = lesson is Lesson.PROOF and not strong
    half = (y + upper_y) / 2
    return element(
        "path",
        d=f"M{number(x)} {number(y)}C{number(x)} {number(half)} {number(upper_x)} {number(half)} "
        f"{number(upper_x)} {number(upper_y)}",
        fill="none",
        stroke=_FAINT if faint else GIVEN if strong and lesson is Lesson.CHANGE else INK,
        stroke_width=2.6 if strong else 1.2,
    )


def _node(frame: Frame, place: Place, data: bytes, lesson: Lesson) -> str:
    x, y = _at(frame, place)
    paint, ink = _paint(place, lesson)
    wide, size = (40.0, 11.5) if frame.narrow else (74.0, 13.5)
    rect = element("rect", x=x - wide / 2, y=y - 14, width=wide, height=28.0, rx=5.0, **paint)
    text = data.hex()[: 4 if frame.narrow else 6]
    words = label(x, y + 4.5, text, font_family=MONO, font_size=size, fill=ink, text_anchor="middle")
    if lesson is Lesson.CHANGE and _on_path(place):
        words += label(x + wide / 2 + 3, y - 5, "≠", font_weight="700", fill=GIVEN)
    return rect + words


def _paint(place: Place, lesson: Lesson) -> tuple[dict[str, Attribute], str]:
    """Return fill and border of a node, and the colour of its letters."""
    if lesson is Lesson.CHANGE and _on_path(place):
        return {"fill": PALE, "stroke": GIVEN, "stroke_width": 2.6}, palette.INK
    if lesson is Lesson.PROOF:
        if _on_path(place):
            return {"fill": INK, "stroke": INK}, palette.PAPER
        if _is_neighbour(place):
            return {"fill": palette.PAPER, "stroke": GIVEN, "stroke_width": 2.6}, palette.INK
        return {"fill": palette.PAPER, "stroke": _FAINT}, palette.MUTED
    if place[0] == 3:
        return {"fill": INK, "stroke": INK}, palette.PAPER
    return {"fill": palette.PAPER, "stroke": INK, "stroke_width": 1.2}, palette.INK


def _paper(frame: Frame, index: int, lesson: Lesson) -> str:
    """Draw the document of an act with its number, and the line to its fingerprint."""
    x, y = _at(frame, (0, index))
    top, half = y + 34, 12.0
    chosen = index == CHANGED and lesson is not Lesson.WHOLE
    left = lesson is Lesson.PROOF and not chosen
    stroke = _FAINT if left else GIVEN if chosen and lesson is Lesson.CHANGE else INK
    fill = PALE if chosen and lesson is Lesson.CHANGE else palette.PAPER
    line = element("path", d=f"M{number(x)} {number(y + 14)}V{number(top)}", stroke=stroke, stroke_width=1.2)
    sheet = (
        f"M{number(x - half)} {number(top)}h{number(2 * half - 7)}l7 7v25h{number(-2 * half)}z"
        f"M{number(x + half - 7)} {number(top)}v7h7"
    )
    paper = element("path", d=sheet, fill=fill, stroke=stroke, stroke_width=2.2 if chosen else 1.4)
    ink = palette.MUTED if left else palette.INK
    sign = f"{index + 1}{'!' if chosen and lesson is Lesson.CHANGE else ''}"
    return line + paper + label(x, top + 24, sign, text_anchor="middle", font_weight="700", fill=ink)


def _root(frame: Frame, before: bytes, lesson: Lesson) -> str:
    x, y = _at(frame, (3, 0))
    words: dict[str, Attribute] = {"font_size": SMALL, "fill": palette.MUTED, "text_anchor": "middle"}
    if lesson is not Lesson.CHANGE:
        return label(x, y - 22, _ROOT.text(frame.language), **words)
    old = _BEFORE.format(hash=before.hex()[: 4 if frame.narrow else 6]).text(frame.language)
    return label(x, y - 22, f"{_ROOT.text(frame.language)} ({old})", **words)
