"""Colours are told apart by every reader, and each is paired with a dash, a shape or a texture."""

import itertools
import math

import pytest

from hled.figures import palette

# Simulation of full dichromacy in linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.0.
DICHROMACY = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def turned(rgb: list[float], matrix: tuple[tuple[float, ...], ...]) -> list[float]:
    return [sum(k * part for k, part in zip(row, rgb, strict=True)) for row in matrix]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [part / white for part, white in zip(turned(rgb, to_xyz), (0.9505, 1.0, 1.089), strict=True)]
    f, g, h = (t ** (1 / 3) if t > 0.008856 else 7.787 * max(t, 0) + 16 / 116 for t in xyz)
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def seen(colour: str, condition: str) -> tuple[float, float, float]:
    return lab(turned(linear(colour), DICHROMACY[condition]))


def test_contrast_follows_the_published_examples() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", [*palette.SERIES, palette.INK, palette.MUTED, palette.CONTEXT])
def test_colours_of_text_and_lines_reach_four_and_a_half_to_one(colour: str) -> None:
    assert palette.contrast(colour, palette.PAPER) >= 4.5


def test_names_on_land_are_readable() -> None:
    assert palette.contrast(palette.MUTED, palette.LAND) >= 4.5
    assert palette.contrast(palette.AXIS, palette.LAND) >= 3


@pytest.mark.parametrize("colour", [colour for _, colour in (*palette.TIMELINE.values(), *palette.PROGRESS)])
def test_marks_reach_three_to_one(colour: str) -> None:
    assert palette.contrast(colour, palette.PAPER) >= 3


@pytest.mark.parametrize("condition", DICHROMACY)
def test_the_first_colours_differ_for_colour_blind_readers(condition: str) -> None:
    for one, other in itertools.combinations(palette.SERIES[:4], 2):
        apart = math.dist(seen(one, condition), seen(other, condition))
        assert apart >= 12, (one, other)


def test_no_mark_is_told_by_colour_alone() -> None:
    assert len(set(palette.SHAPES)) == len(palette.SHAPES) == len(palette.SERIES)
    assert len(set(palette.DASHES)) == len(palette.DASHES) == len(palette.SERIES)
    assert len(set(palette.TEXTURES)) == len(palette.TEXTURES) == len(palette.SERIES)
    for pairs in (palette.TIMELINE.values(), palette.PROGRESS):
        assert len({form for form, _ in pairs}) == len(pairs)
