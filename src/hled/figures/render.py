"""One door from a description to its drawing, in either language and at any width.

Pages, documents and downloads of every work-plan line call `render`, so that each figure has its title, its
finding and its language whoever draws it.
"""

from hled.figures import bar_chart, line_chart, palette, point_map, progress, timeline, words
from hled.figures.specs import BarChart, LineChart, PointMap, Progress, Spec, Timeline
from hled.figures.svg import SIZE, Drawing, Frame, document, element, paragraph
from hled.figures.text import wrap
from hled.language import Language

NARROWEST, WIDEST = 240, 1600


def render(spec: Spec, language: Language, *, width: int = 720) -> str:
    """Return `spec` as a complete SVG element with text in `language`.

    Args:
        spec: what the figure says.
        language: `en` or `es`.
        width: px, held between 240 and 1600; a page gives 720 for desks and 360 for phones. It is part of the
            ids, so that both drawings can stand in one page.
    """
    wide = min(max(width, NARROWEST), WIDEST)
    frame = Frame(f"{spec.id}-{wide}", language, float(wide))
    drawing = _draw(spec, frame) or _empty(frame)
    return document(drawing, frame, title=spec.title.text(language), finding=spec.finding.text(language))


def _draw(spec: Spec, frame: Frame) -> Drawing | None:
    if isinstance(spec, LineChart):
        return line_chart.draw(spec, frame)
    if isinstance(spec, BarChart):
        return bar_chart.draw(spec, frame)
    if isinstance(spec, Timeline):
        return timeline.draw(spec, frame)
    if isinstance(spec, Progress):
        return progress.draw(spec, frame)
    if isinstance(spec, PointMap):
        return point_map.draw(spec, frame)
    raise TypeError(f"no figure: {type(spec).__name__}")


def _empty(frame: Frame) -> Drawing:
    lines = wrap(words.NO_DATA_FIGURE.text(frame.language), SIZE, frame.width - 40, lines=3)
    box = element(
        "rect",
        x=1,
        y=1,
        width=frame.width - 2,
        height=94,
        fill="none",
        stroke=palette.AXIS,
        stroke_dasharray="4 4",
    )
    text = paragraph(frame.width / 2, 53, lines, text_anchor="middle", fill=palette.MUTED)
    return Drawing(box + text, 96)
