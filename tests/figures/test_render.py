"""Drawings are well-formed, safe under a strict policy, and named in their language."""

import itertools
import math
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hled.figures import Point, PointMap, Progress, Series, Spec, Timeline, TimelineMark, TimelineRow, render
from hled.language import LANGUAGES, Bilingual, Language
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

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "g", "a", "title", "desc", "defs", "pattern", "path", "rect", "circle", "polygon", "text"}
HOSTILE = (
    "<script>alert(1)</script>",
    "a & b < c > d \" e ' f",
    "]]></title></svg><img src=x onerror=alert(1)>",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil \N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}",
    "control \x00\x0b\x1b and \ud800 surrogate \ufffe",
    "w" * 500,
    "word " * 100,
    "漢字" * 80,
)


def tree(spec: Spec, language: Language = "en", width: int = 720) -> ET.Element:
    return ET.XML(render(spec, language, width=width))


def words(root: ET.Element) -> str:
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


def check_policy(root: ET.Element) -> None:
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in ALLOWED
        for name, value in node.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            if name == "href":
                assert re.match(r"(/(?!/)|#|\?|https?://)", value)
            elif "url(" in value:
                assert re.fullmatch(r"url\(#[\w.-]+\)", value)


@settings(max_examples=60)
@given(specs, st.sampled_from(LANGUAGES), st.sampled_from([240, 360, 720, 1200]))
def test_any_figure_is_well_formed_and_safe(spec: Spec, language: Language, width: int) -> None:
    root = tree(spec, language, width)
    check_policy(root)
    assert root.get("lang") == language
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert all(str(name).startswith(f"{spec.id}-{width}-") for name in ids)


@pytest.mark.parametrize("spec", one_of_each(), ids=lambda spec: type(spec).__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_finding_name_the_figure(spec: Spec, language: Language) -> None:
    root = tree(spec, language)
    named = {node.get("id"): node.text for node in root if node.get("id")}
    described = [named[name] for name in str(root.get("aria-labelledby")).split()]
    assert described == [spec.title.text(language), spec.finding.text(language)]
    assert [node.tag for node in root][:2] == [f"{SVG}title", f"{SVG}desc"]


@pytest.mark.parametrize("spec", one_of_each(), ids=lambda spec: type(spec).__name__)
def test_links_make_a_group_with_named_targets(spec: Spec) -> None:
    root = tree(spec, width=360)
    links = list(root.iter(f"{SVG}a"))
    assert root.get("role") == ("group" if links else "img")
    assert all(link.get("aria-label") for link in links)
    hidden = {id(node) for group in root.iter() if group.get("aria-hidden") for node in group.iter()}
    assert not any(id(link) in hidden for link in links)


@pytest.mark.parametrize("spec", [timeline(href="/a"), progress(href="/a")])
@pytest.mark.parametrize("width", [360, 720])
def test_row_targets_are_large_enough_after_scaling_to_a_phone(spec: Spec, width: int) -> None:
    scale = min(1.0, 288 / width) if width < 520 else 1.0
    for link in tree(spec, width=width).iter(f"{SVG}a"):
        target = max((float(box.get("height", 0)) for box in link.iter(f"{SVG}rect")), default=0.0)
        assert target * scale >= 24


def test_map_targets_do_not_cover_each_other() -> None:
    places = [Point(f"p{n}", both(f"P{n}"), f"{-99 - n / 10}", "27.5", f"{n + 1}", "/x") for n in range(30)]
    root = tree(point_map(*places))
    links = [list(link.iter(f"{SVG}circle")) for link in root.iter(f"{SVG}a")]
    circles = [max(drawn, key=lambda circle: float(circle.get("r", 0))) for drawn in links]
    assert 1 < len(circles) < 30
    for one, other in itertools.combinations(circles, 2):
        apart = math.dist(*[[float(c.get(name, 0)) for name in ("cx", "cy")] for c in (one, other)])
        assert apart >= float(one.get("r", 0)) + float(other.get("r", 0)) - 0.2
        assert float(one.get("r", 0)) >= 12


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [360, 720])
def test_hostile_labels_stay_text(text: str, width: int) -> None:
    label = Bilingual(text, text)
    mark = TimelineMark("2021", None, "result", label)
    rows = (TimelineRow(label, "/x", (mark,)),)
    figures: list[Spec] = [
        line_chart(title=label, unit=label, series=(Series("laredo", label, ("1", "2", "3", "4")),)),
        line_chart(series=tuple(Series(key, label, ("1", "2", "3", "4")) for key in ("laredo", "b", "c"))),
        Timeline("t", label, label, rows, timeline().legend),
        Progress(
            "p", label, label, progress().rows[:1], tuple((kind, label) for kind, _ in progress().legend)
        ),
        point_map(Point("a", label, "-99.5", "27.5", "1", "/x")),
    ]
    for spec in figures:
        root = tree(spec, "es", width)
        check_policy(root)
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in words(root)


def test_a_long_label_is_shortened_and_kept_whole_as_a_tooltip() -> None:
    text = "An international bridge with a very long name " * 10
    rows = (TimelineRow(both(text), None, timeline().rows[0].marks),)
    root = tree(Timeline("t", both("T"), both("F"), rows, timeline().legend), width=360)
    drawn = [node.text or "" for node in root.iter(f"{SVG}text") if (node.text or "").startswith("An inter")]
    assert drawn
    assert all(len(line) < 80 for line in drawn)
    assert text.strip() in [node.text for node in root.iter(f"{SVG}title")]


@pytest.mark.parametrize("spec", empty_ones(), ids=lambda spec: type(spec).__name__)
def test_an_empty_figure_says_so(spec: Spec) -> None:
    assert "There are no data to draw here." in words(tree(spec, "en"))
    assert "No hay datos que mostrar aquí." in words(tree(spec, "es"))


def test_missing_values_break_the_line_and_are_said() -> None:
    root = tree(line_chart(series=(Series("laredo", both("L"), ("1", "2", None, "4")),)), "es")
    lines = [node.get("d", "") for node in root.iter(f"{SVG}path") if node.get("fill") == "none"]
    assert [path.count("M") for path in lines] == [1]
    assert "Huecos en una línea: sin datos completos." in words(root)
    assert "Huecos" not in words(tree(line_chart(series=(Series("laredo", both("L"), ("1",) * 4),)), "es"))


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    high = line_chart(series=(Series("laredo", both("L"), ("100", "101", "102", "103")),))
    low = line_chart(series=(Series("laredo", both("L"), ("0", "101", "102", "103")),))
    assert "does not start at zero" in words(tree(high))
    assert "does not start at zero" not in words(tree(low))


@pytest.mark.parametrize("width", [240, 360, 720])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unit_and_its_scale_are_never_cut(language: Language, width: int) -> None:
    unit = both("loaded truck containers", "contenedores de camión cargados")
    name = both("all land ports with Mexico", "todos los puertos terrestres con México")
    millions = (Series("laredo", name, ("2000000", "3000000", None, "8000000")),)
    units = {
        "en": ("Millions of loaded truck containers", "Loaded truck containers"),
        "es": ("Millones de contenedores de camión cargados", "Contenedores de camión cargados"),
    }[language]
    assert units[0] in words(tree(line_chart(unit=unit, series=millions), language, width))
    assert units[1] in words(tree(bar_chart(unit=unit), language, width))
    mapped = PointMap("m", both("T"), both("F"), unit, point_map().points)
    assert units[1] in words(tree(mapped, language, width))


@pytest.mark.parametrize("value", [None, "0", "2000"])
@pytest.mark.parametrize("width", [360, 720])
def test_marks_of_defects_stand_above_the_plot_and_not_at_a_value(value: str | None, width: int) -> None:
    series = (Series("laredo", both("L"), ("2000", value, "1000", "2000")),)
    root = tree(line_chart(series=series), width=width)
    (mark,) = [
        group for group in root.iter(f"{SVG}g") if group.findtext(f"{SVG}title") == "Two counts differ"
    ]
    drawn = mark.find(f"{SVG}polygon")
    assert drawn is not None
    lowest = max(float(pair.split(",")[1]) for pair in str(drawn.get("points")).split())
    grid = [
        float(d.split()[1].split("H")[0]) for p in root.iter(f"{SVG}path") if "H" in (d := p.get("d", ""))
    ]
    assert lowest < min(grid) - 16
    written = [
        float(node.get("y", 0)) for node in root.iter(f"{SVG}text") if node.get("font-weight") == "600"
    ]
    assert all(y - 10 >= lowest - 1 for y in written)


def test_known_defects_are_marked_with_their_note() -> None:
    tips = [node.text for node in tree(line_chart()).iter(f"{SVG}title")]
    assert "Laredo: Two counts differ" in tips
    assert "Known defect of the source (see the table)" in words(tree(line_chart()))


def test_kinds_of_events_differ_by_shape_and_not_only_by_colour() -> None:
    forms = {}
    for group in tree(timeline()).iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        if title is not None and " · " in str(title.text):
            mark = list(group)[-1]
            corners = [tuple(map(float, pair.split(","))) for pair in mark.get("points", "").split()]
            upright = len({x for x, _ in corners})  # 2 for a square, 3 for a diamond
            kind = str(title.text).split(" · ")[1].split(":")[0]
            hollow = mark.get("fill") == "#ffffff"
            forms[kind] = (mark.tag, upright, hollow, mark.get("stroke-dasharray"))
    assert sorted(forms) == ["Activity", "Announced date", "Promise", "Result", "Review"]
    assert len(set(forms.values())) == 5


def test_both_widths_can_stand_in_one_page() -> None:
    ids = [
        node.get("id")
        for width in (360, 720)
        for node in tree(progress(), width=width).iter()
        if node.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_circle_area_is_proportional_to_the_value() -> None:
    root = tree(
        point_map(
            Point("a", both("A"), "-99.5", "27.5", "900", None),
            Point("b", both("B"), "-106.5", "31.7", "100", None),
        )
    )
    radii = sorted(float(c.get("r", 0)) for c in root.iter(f"{SVG}circle") if c.get("fill-opacity"))
    assert radii[1] / radii[0] == pytest.approx(3, rel=0.03)


def test_the_same_description_gives_the_same_text() -> None:
    assert render(point_map(), "es") == render(point_map(), "es")
