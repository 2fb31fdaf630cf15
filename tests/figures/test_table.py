"""The table holds every value of the drawing, says what is missing and lists known defects."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.figures import BarChart, LineChart, PointMap, Progress, Series, Spec, Timeline, table
from hled.language import LANGUAGES, Language
from tests.figures.samples import (
    bar_chart,
    both,
    empty_ones,
    line_chart,
    one_of_each,
    point_map,
    progress,
    specs,
    timeline,
)


def shown(cell: str) -> Decimal | None:
    if cell in {"no data", "sin datos"}:
        return None
    return Decimal(cell.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@given(specs, st.sampled_from(LANGUAGES))
def test_every_value_is_in_the_table(spec: Spec, language: Language) -> None:
    made = table(spec, language)
    assert all(len(row) == len(made.columns) for row in made.rows)
    if isinstance(spec, LineChart | BarChart) and made.rows:
        for column, series in enumerate(spec.series, 1):
            assert [shown(row[column]) for row in made.rows] == [exact(value) for value in series.values]
    if isinstance(spec, PointMap):
        assert [shown(row[1]) for row in made.rows] == [exact(point.value) for point in spec.points]
    if isinstance(spec, Timeline):
        labels = [mark.label.text(language) for row in spec.rows for mark in row.marks]
        assert [row[3] for row in made.rows if row[3] != "–" or row[2] != "–"] == labels
    if isinstance(spec, Progress):
        totals = [sum(count for _, count in row.segments) for row in spec.rows]
        assert [shown(row[-1]) for row in made.rows] == totals


def test_a_line_chart_in_spanish() -> None:
    made = table(line_chart(), "es")
    assert made.caption == "Camiones en Laredo"
    assert made.columns == ("Año", "Laredo (es)", "Pharr (es)", "Nota")
    assert made.rows[1] == ("2019", "2,364,681", "610,000", "[1]")
    assert made.rows[2] == ("2020", "sin datos", "620,000", "")
    assert made.rows[3][1] == "2,600,000.5"
    assert made.notes == (
        "Faltan 2 de 8 valores en la fuente; se muestran como huecos.",
        "[1] Laredo (es), 2019: Dos conteos difieren",
    )


def test_a_caption_gives_the_unit_where_the_title_does_not_say_it() -> None:
    made = table(line_chart(unit=both("US dollars", "dólares")), "es")
    assert made.caption == "Camiones en Laredo (dólares)"


def test_months_are_written_out() -> None:
    chart = line_chart(x=("2019-04",), series=(Series("a", both("A"), ("1",)),), flags=())
    assert table(chart, "en").rows == (("April 2019", "1"),)
    assert table(chart, "es").rows == (("abril de 2019", "1"),)


def test_bars_keep_their_sign() -> None:
    assert table(bar_chart(), "en").rows[1] == ("Otay Mesa", "−111,129.25")


def test_a_timeline_keeps_the_precision_of_its_dates() -> None:
    made = table(timeline(), "es")
    assert [row[1] for row in made.rows] == [
        "9 de septiembre de 2021",
        "2022",
        "septiembre de 2022 – abril de 2023",
        "12 de abril de 2024",
        "octubre de 2024",
        "sin hechos con fecha",
    ]
    assert made.rows[0] == ("Una acción", "9 de septiembre de 2021", "Promesa", "Plan anunciado")


def test_progress_counts_each_state() -> None:
    made = table(progress(), "en")
    assert made.columns == ("Group", "Promise", "Review", "Activity", "Result", "Total")
    assert made.rows[0] == ("Building back together", "5", "0", "0", "7", "12")
    assert made.rows[1][-1] == "1,234"


def test_a_map_lists_places_that_lie_outside_it() -> None:
    made = table(point_map(), "en")
    assert ("Honolulu", "5", "21.31", "−157.86") in made.rows
    assert made.rows[1][1] == "no data"


@pytest.mark.parametrize("spec", empty_ones()[:1] + empty_ones()[2:5] + empty_ones()[6:])
def test_an_empty_table_says_so(spec: Spec) -> None:
    assert table(spec, "en").rows == ()
    assert "There are no data to draw here." in table(spec, "en").notes


@pytest.mark.parametrize("spec", one_of_each(), ids=lambda spec: type(spec).__name__)
def test_tables_differ_by_language_only_in_words(spec: Spec) -> None:
    en, es = table(spec, "en"), table(spec, "es")
    assert len(en.rows) == len(es.rows)
    assert en.columns != es.columns
