"""Text inside drawings: escaped, measured and shortened, because SVG neither wraps nor clips it.

Labels come from many hands (record, engines, strangers' registers), so everything that is written into a
drawing of any work-plan line passes here.
"""

import re
import unicodedata
from html import escape
from typing import Final

_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SPACES: Final = re.compile(r"\s+")
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"

# Advance widths in em/1000, close to Source Sans; other faces are up to a tenth wider, hence _SAFETY.
_SAFETY: Final = 1.12
_WIDTHS: Final = {
    **dict.fromkeys(" ", 200),
    **dict.fromkeys("ijlI.,:;|!'’·", 255),
    **dict.fromkeys('frt()[]-‐/"“”', 330),
    **dict.fromkeys("csvxyzk", 455),
    **dict.fromkeys("0123456789abdeghnopqu$£€–+−", 540),
    **dict.fromkeys("ABCEFJKLPRSTVXYZ", 550),
    **dict.fromkeys("DGHNOQU&", 650),
    **dict.fromkeys("mwMW%@—…", 800),
}


def clean(text: str) -> str:
    """Remove what XML 1.0 forbids and what turns the reading direction; make each run of spaces one space."""
    if text.isprintable() and "  " not in text:  # nearly all text; no forbidden character is printable
        return text.strip()
    return _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip()


def escaped(text: str) -> str:
    """Return cleaned text, safe as element content and as an attribute value."""
    return escape(clean(text), quote=True)


def breadth(text: str, size: float) -> float:
    """Estimate the width of `text` in px at font size `size` px."""
    return sum(map(_advance, text)) * size * _SAFETY / 1000


def _advance(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, 0 if unicodedata.combining(character) else 600)


def fit(text: str, size: float, room: float) -> str:
    """Return `text`, or its beginning with an ellipsis, so that it is at most `room` px wide."""
    text = clean(text)
    if breadth(text, size) <= room:
        return text
    left = room - breadth(ELLIPSIS, size)
    used, kept = 0.0, 0
    for character in text:
        used += _advance(character) * size * _SAFETY / 1000
        if used > left:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def wrap(text: str, size: float, room: float, *, lines: int) -> list[str]:
    """Break `text` at spaces into at most `lines` lines of `room` px; the last one may end in an ellipsis."""
    made: list[str] = []
    rest = clean(text).split(" ")
    while rest and len(made) < lines - 1:
        count = _words_that_fit(rest, size, room)
        made.append(fit(" ".join(rest[:count]), size, room))
        rest = rest[count:]
    if rest:
        made.append(fit(" ".join(rest), size, room))
    return made


def _words_that_fit(words: list[str], size: float, room: float) -> int:
    used = 0.0
    for place, word in enumerate(words):
        used += breadth(word if place == 0 else f" {word}", size)
        if used > room and place:
            return place
    return len(words)
