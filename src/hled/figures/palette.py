"""Colours that every reader can tell apart, with patterns and shapes so that none carries meaning alone.

No colour stands for a country. Series colours reach 4.5:1 on white (they also colour text), marks at least
3:1; the first four series differ under protanopia and deuteranopia too. It serves the figures of every
work-plan line.
"""

from typing import Final

FONT: Final = "Source Sans Pro Web, Source Sans Pro, system-ui, sans-serif"
INK: Final = "#1b2733"
MUTED: Final = "#56626e"
AXIS: Final = "#6b7782"
GRID: Final = "#dde2e7"
PAPER: Final = "#ffffff"
LAND: Final = "#e9edf0"
LAND_CONTEXT: Final = "#f4f6f7"

SERIES: Final = (
    "#1b4f8a",  # deep blue
    "#c4500e",  # burnt orange
    "#007a6c",  # teal
    "#2478b5",  # sky
    "#7a3e9d",  # purple
    "#856600",  # ochre
    "#b8336a",  # raspberry
    "#4a5560",  # slate
)
CONTEXT: Final = "#6b7782"
DASHES: Final = (None, "7 3", "2 3", "10 3 2 3", "4 2", "12 4", "1 2", "6 2 1 2 1 2")
SHAPES: Final = ("circle", "square", "triangle", "diamond", "ring", "box", "down", "lozenge")

TIMELINE: Final[dict[str, tuple[str, str]]] = {
    "promise": ("ring", "#856600"),
    "review": ("diamond", "#7a3e9d"),
    "activity": ("square", "#2478b5"),
    "result": ("circle", "#00695c"),
    "scheduled": ("dashed", "#4a5560"),
}

# Progress segments in the order of their legend, strongest state first: solid, then ever lighter textures.
# The first five are the timeline's colours in its order from result to scheduled: one colour, one meaning.
PROGRESS: Final = (
    ("solid", "#00695c"),
    ("diagonal", "#2478b5"),
    ("dots", "#7a3e9d"),
    ("hollow", "#856600"),
    ("cross", "#4a5560"),
    ("lines", "#b8336a"),
)
TEXTURES: Final = ("solid", "diagonal", "dots", "lines", "cross", "back", "wide", "hollow")


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
