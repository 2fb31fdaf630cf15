"""What can be wrong with a figure's numbers, said in both languages before anything is drawn.

A figure serves every work-plan line, so its inputs come from many places; each fault has its own type and
stable code, and a figure without numbers is no fault: it is drawn as "no data".
"""

from hled.language import Bilingual, DialogueError


class FigureError(DialogueError):
    """A figure cannot be drawn from these inputs; the message names the place and the cause."""

    code = "figures.invalid"


class LengthsDifferError(FigureError):
    """A series has more or fewer values than the figure has places for them."""

    code = "figures.lengths_differ"


class NotDecimalError(FigureError):
    """A value is neither decimal text (`"1234.5"`) nor None."""

    code = "figures.not_decimal"


class UnknownKindError(FigureError):
    """A mark, a segment, a series or an area is named that the figure does not know."""

    code = "figures.unknown_kind"


class DateOrderError(FigureError):
    """A date is impossible, of mixed precision, or not in order."""

    code = "figures.dates"


class UnsafeTextError(FigureError):
    """An id that is no identifier, or a link that is neither local nor http(s)."""

    code = "figures.unsafe"


class NotAFigureError(FigureError):
    """A JSON value that describes no figure; the message names the JSON path."""

    code = "figures.not_a_figure"


def message(en: str, es: str) -> Bilingual:
    """Pair the two versions of a message (shorter at the call site than the keyword form)."""
    return Bilingual(en=en, es=es)
