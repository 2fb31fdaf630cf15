"""Axes enclose their data at readable steps; labels fit and do not cover each other."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.figures.digits import grouped, ticks, with_name
from hled.figures.line_chart import spread
from hled.figures.text import breadth, clean, fit, wrap
from hled.figures.time_axis import axis, place, span
from hled.language import Bilingual

finite = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@given(finite, finite, st.integers(2, 8))
def test_ticks_enclose_the_values_with_few_even_steps(one: float, other: float, count: int) -> None:
    low, high = sorted((one, other))
    made = ticks(low, high, count=count)
    slack = 1e-9 * max(abs(low), abs(high))
    assert made.low <= low + slack
    assert made.high >= high - slack
    assert 2 <= len(made.values) <= count + 4
    steps = [after - before for before, after in itertools.pairwise(made.values)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "labels", "unit_en", "unit_es"),
    [
        (0, 3026632, ["0", "1", "2", "3", "4"], "Millions of trucks", "Millones de camiones"),
        (0, 268000, ["0", "100,000", "200,000", "300,000"], "Trucks", "Camiones"),
        (0, 0.9, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], "Trucks", "Camiones"),
        (-30, 20, ["−30", "−20", "−10", "0", "10", "20"], "Trucks", "Camiones"),
        (0, 4.2e9, ["0", "1", "2", "3", "4", "5"], "Billions of trucks", "Miles de millones de camiones"),
    ],
)
def test_ticks_are_written_for_people(
    low: float, high: float, labels: list[str], unit_en: str, unit_es: str
) -> None:
    made = ticks(low, high, count=5)
    trucks = Bilingual("trucks", "camiones")
    assert [made.label(value) for value in made.values] == labels
    assert (made.unit(trucks, "en"), made.unit(trucks, "es")) == (unit_en, unit_es)


def test_numbers_keep_all_their_digits() -> None:
    assert grouped("1234567.80") == "1,234,567.80"
    assert grouped("-0.5") == "−0.5"
    assert grouped("123456789012345678.123456789012") == "123,456,789,012,345,678.123456789012"


def test_a_unit_is_not_said_twice() -> None:
    assert with_name("Trucks, 2024", ["trucks"]) == "Trucks, 2024"
    assert with_name("Millions of trucks", ["Trucks"]) == "Millions of trucks"
    assert with_name("Trucks", ["Laredo"]) == "Trucks · Laredo"
    assert with_name("Trucks", ["Laredo", "Pharr"]) == "Trucks"


def test_dates_stand_at_their_place() -> None:
    assert place("2019") == 2019
    assert place("2019-07") == 2019.5
    assert place("2020-01-01") == 2020
    first, last = span("2022", None)
    assert first == 2022
    assert last == pytest.approx(2023, abs=0.01)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.integers(1, 40_000),
    st.sampled_from([200.0, 600.0]),
)
def test_time_ticks_do_not_collide(start: dt.date, days: int, room: float) -> None:
    first = place(start.isoformat())
    made = axis(first, first + days / 365, left=0, right=room).ticks("es")
    for (x, text), (after, following) in itertools.pairwise(made):
        assert after - x >= (breadth(text, 13) + breadth(following, 13)) / 2
    assert all(-0.1 <= x <= room + 0.1 for x, _ in made)


def test_month_ticks_are_named_in_the_language() -> None:
    made = axis(2020, 2021, left=0, right=400)
    assert [text for _, text in made.ticks("es")] == [
        "ene 2020",
        "abr 2020",
        "jul 2020",
        "oct 2020",
        "ene 2021",
    ]
    assert [text for _, text in made.ticks("es", finest=12)] == ["2020", "2021"]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8), st.sampled_from([17.0, 34.0]))
def test_labels_are_spread_without_overlap(wanted: list[float], height: float) -> None:
    centres = spread(sorted(wanted), [height] * len(wanted), 0, 300)
    for before, after in itertools.pairwise(centres):
        assert after - before >= height - 1e-6
    assert centres[0] >= height / 2 - 1e-6


@given(st.text(max_size=300), st.floats(40, 400))
def test_text_fits_its_room(text: str, room: float) -> None:
    assert breadth(fit(text, 14, room), 14) <= room
    lines = wrap(text, 14, room, lines=3)
    assert len(lines) <= 3
    assert all(breadth(line, 14) <= room for line in lines)
    if all("…" not in line for line in lines):
        assert " ".join(lines) == clean(text)


def test_accented_letters_are_as_wide_as_plain_ones() -> None:
    assert breadth("áéíóúñ", 14) == breadth("aeioun", 14)
    assert breadth("漢字", 14) > breadth("ab", 14)
