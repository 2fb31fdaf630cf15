"""Descriptions refuse what cannot be drawn honestly, and travel as JSON without loss or floats."""

import json
from typing import Any

import pytest
from hypothesis import given

from hled.figures import (
    FigureError,
    Flag,
    Point,
    Progress,
    ProgressRow,
    Series,
    Spec,
    TimelineMark,
    TimelineRow,
    from_json,
    to_json,
)
from tests.figures.samples import FINDING, TITLE, bar_chart, both, line_chart, point_map, specs, timeline


def floats(value: object) -> list[float]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in floats(item)]
    if isinstance(value, list):
        return [found for item in value for found in floats(item)]
    return [value] if isinstance(value, float) else []


@given(specs)
def test_json_round_trip_loses_nothing_and_holds_no_float(spec: Spec) -> None:
    written = to_json(spec)
    assert floats(written) == []
    assert from_json(json.loads(json.dumps(written))) == spec


WRONG = {
    "figures.lengths_differ": [
        lambda: line_chart(x=("2018", "2019", "2020")),
        lambda: bar_chart(categories=(both("one"),)),
    ],
    "figures.not_decimal": [
        lambda: Series("a", both("A"), ("1,000",)),
        lambda: Series("a", both("A"), ("1e5",)),
        lambda: Series("a", both("A"), ("NaN",)),
        lambda: Series("a", both("A"), ("٣",)),
        lambda: Series("a", both("A"), (5.0,)),
        lambda: Series("a", both("A"), ("",)),
        lambda: bar_chart(mode="stacked"),
        lambda: Point("a", both("A"), "-99", "27", "-1", None),
        lambda: Point("a", both("A"), "-190", "27", "1", None),
        lambda: Point("a", both("A"), "west", "27", "1", None),
        lambda: ProgressRow(both("A"), None, (("result", -1),)),
    ],
    "figures.unknown_kind": [
        lambda: TimelineMark("2021", None, "rumour", both("A")),
        lambda: bar_chart(mode="exploded"),
        lambda: point_map(area="moon"),
        lambda: line_chart(flags=(Flag("2019", "nogales", both("A")),)),
        lambda: line_chart(flags=(Flag("1999", "laredo", both("A")),)),
        lambda: Progress("p", TITLE, FINDING, (ProgressRow(both("A"), None, (("done", 1),)),), ()),
    ],
    "figures.dates": [
        lambda: TimelineMark("2021-02-30", None, "result", both("A")),
        lambda: TimelineMark("2021", "2020", "result", both("A")),
        lambda: line_chart(x=("2018", "2019", "2019", "2020")),
        lambda: line_chart(x=("2018", "2019-01", "2020", "2021")),
    ],
    "figures.unsafe": [
        lambda: line_chart(id='a" onload="x'),
        lambda: line_chart(id=""),
        lambda: TimelineRow(both("A"), "javascript:alert(1)", ()),
        lambda: TimelineRow(both("A"), "//elsewhere.example", ()),
        lambda: TimelineRow(both("A"), "/\\elsewhere.example", ()),
        lambda: TimelineRow(both("A"), "/a b", ()),
        lambda: ProgressRow(both("A"), "data:text/html,x", ()),
    ],
    "figures.invalid": [
        lambda: line_chart(series=line_chart().series[:1] * 2, flags=()),
        lambda: point_map(*[Point("a", both("A"), "-99", "27", "1", None)] * 2),
    ],
}


@pytest.mark.parametrize(("code", "make"), [(code, make) for code, all_ in WRONG.items() for make in all_])
def test_what_cannot_be_drawn_is_refused_in_both_languages(code: str, make: Any) -> None:
    with pytest.raises(FigureError) as caught:
        make()
    assert caught.value.code == code
    assert caught.value.text("en") != caught.value.text("es")


@pytest.mark.parametrize("href", ["/", "/en/a?b=1#c", "https://example.org/x", "#part", "?page=2"])
def test_ordinary_links_are_taken(href: str) -> None:
    assert TimelineRow(both("A"), href, ()).href == href


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"figure": "pie"}, "line_chart, bar_chart"),
        ({"x": "2018"}, "$.x"),
        ({"surprise": 1}, "$.surprise"),
        ({"title": {"en": "only"}}, "$.title.es"),
        ({"title": {"en": "a", "es": " "}}, "$.title"),
        ({"series": [{"key": "a", "label": {"en": "a", "es": "a"}, "values": [1.5, 2, 3, 4]}]}, "values[0]"),
    ],
)
def test_json_that_is_no_figure_is_refused_with_its_path(change: dict[str, object], path: str) -> None:
    with pytest.raises(FigureError, match=r".") as caught:
        from_json({**to_json(line_chart()), **change})
    assert caught.value.code == "figures.not_a_figure"
    assert path in caught.value.text("en")


def test_a_missing_field_is_named() -> None:
    written = to_json(timeline())
    del written["legend"]
    with pytest.raises(FigureError, match=r"\$\.legend"):
        from_json(written)
