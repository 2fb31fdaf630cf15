"""The rules find the known defects of the source, all of them, and little else."""

import os
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from hled.evidence import Inputs
from hled.pillars.rebuilding.border.coverage import incomplete_years, partial_totals
from hled.pillars.rebuilding.border.flagging import counted
from hled.pillars.rebuilding.border.flows import Month, Series, by_port
from hled.pillars.rebuilding.border.inputs import EMPTY, LOADED, MEASURES, TRUCKS, Row, ports, rows
from hled.pillars.rebuilding.border.levels import level_shifts
from hled.pillars.rebuilding.border.quality import (
    Kind,
    containers,
    duplicates,
    ended,
    missing,
    ratios,
    shared_places,
    split,
)

CASES = os.environ.get("HLED_CASES", "")
BOTH_BORDERS = "border/bts_border_crossing_entry_1996_2025.parquet"


@pytest.fixture(scope="module")
def published() -> list[Row]:
    inputs = Inputs(frozenset({"border_crossings"}), {}, 0)
    return rows(inputs, [measure.code for measure in MEASURES])


def months(values: list[int | None], start: int = 0) -> Series:
    return tuple(
        Month(f"{2000 + place // 12}-{place % 12 + 1:02d}", value, () if value is None else (value,))
        for place, value in enumerate(values, start)
    )


def test_every_duplicated_key_of_the_mexican_border_is_found(published: list[Row]) -> None:
    found = [
        (measure.code, flag.port, flag.first, flag.kind)
        for measure in MEASURES
        for flag in duplicates(by_port(published, measure.code))
    ]
    june = [
        (measure, port, "2019-06", Kind.DUPLICATE)
        for measure in ("personal-vehicle-passengers", "personal-vehicles")
        for port in ("2302", "2310", "2408")
    ]
    assert sorted(found) == sorted([*june, ("bus-passengers", "2606", "2021-02", Kind.CONFLICT)])


@pytest.mark.slow
@pytest.mark.skipif(not CASES, reason="HLED_CASES is not set: the file of both borders is not here")
def test_all_eleven_duplicated_keys_of_both_borders_are_found() -> None:
    names = ["Port Code", "Measure", "Date", "Value"]
    table = pq.read_table(Path(CASES) / BOTH_BORDERS, columns=names)
    months_of = pc.strftime(table["Date"], format="%Y-%m")
    columns = (table["Port Code"], table["Measure"], months_of, table["Value"])
    both = [Row(*row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]
    flags = [flag for measure in {row.measure for row in both} for flag in duplicates(by_port(both, measure))]
    assert len(flags) == 11
    assert sum(flag.kind is Kind.CONFLICT for flag in flags) == 1


def test_the_187_port_months_of_the_double_count_are_found(published: list[Row]) -> None:
    doubled = [item for item in ratios(published) if item.doubled]
    assert len(doubled) == 187
    assert sum(item.month >= "2017" for item in doubled) == 184
    assert {item.month[:4] for item in doubled} >= {"2017", "2023", "2024", "2025"}


def test_the_double_count_is_flagged_on_loaded_containers_only(published: list[Row]) -> None:
    loaded = list(containers(published, LOADED))
    assert sum(flag.months for flag in loaded if flag.kind is Kind.DOUBLE_COUNT) == 187
    assert {flag.kind for flag in containers(published, EMPTY)} == {Kind.RATIO}
    assert list(containers(published, TRUCKS)) == []


@pytest.mark.parametrize(
    ("trucks", "loaded", "found", "doubled"),
    [
        (3000, 1800, False, False),
        (3000, 1799, True, False),
        (3000, 4500, False, False),
        (3000, 4501, True, False),
        (3000, 4801, True, True),
        (2000, 4000, True, False),
        (0, 10, False, False),
    ],
)
def test_the_bounds_of_the_ratio(trucks: int, loaded: int, found: bool, doubled: bool) -> None:
    listed = [Row("1", TRUCKS, "2020-01", trucks), Row("1", LOADED, "2020-01", loaded)]
    result = ratios(listed)
    assert bool(result) is found
    assert any(item.doubled for item in result) is doubled


def test_runs_of_missing_months_are_flagged_between_first_and_last() -> None:
    series = {
        "1": tuple(item for item in months([1] * 24) if item.month not in {"2000-03", "2000-04", "2001-02"})
    }
    found = [(flag.first, flag.last, flag.months) for flag in missing(series)]
    assert found == [("2000-03", "2000-04", 2), ("2001-02", "2001-02", 1)]


def test_a_series_that_stops_before_the_source_is_flagged() -> None:
    series = {"1": months([1] * 6), "2": months([1] * 12)}
    assert [(flag.port, flag.first) for flag in ended(series, "2000-12")] == [("1", "2000-06")]


def test_tornillo_misses_74_months_of_trucks(published: list[Row]) -> None:
    series = {"2404": by_port(published, TRUCKS)["2404"]}
    assert [(flag.first, flag.last, flag.months) for flag in missing(series)] == [("2017-06", "2023-07", 74)]


def test_the_split_of_el_paso_is_flagged_and_seen_as_a_level_shift(published: list[Row]) -> None:
    series = by_port(published, TRUCKS)
    assert {flag.port for flag in split(series)} == {"2401", "2402"}
    assert [flag.first for flag in level_shifts("2402", series["2402"])] == ["2020-03"]
    assert list(split({"2304": series["2304"]})) == []


def test_the_commercial_move_from_calexico_is_seen_on_both_sides(published: list[Row]) -> None:
    series = by_port(published, TRUCKS)
    moved = [[flag.first for flag in level_shifts(port, series[port])] for port in ("2503", "2507")]
    assert moved == [["1997-02"], ["1997-02"]]


def test_growth_seasons_and_single_odd_months_are_no_level_shift() -> None:
    growing = months([1000 + 20 * place for place in range(48)])
    seasonal = months([1000 + 900 * (place % 12 < 6) for place in range(60)])
    odd = months([1000 + 10 * (place % 5) + 50_000 * (place == 20) for place in range(48)])
    assert [list(level_shifts("1", series)) for series in (growing, seasonal, odd)] == [[], [], []]


@pytest.mark.parametrize("factor", [2, 5])
def test_a_lasting_change_is_one_level_shift_where_it_happens(factor: int) -> None:
    up = months(
        [1000 + place % 7 for place in range(30)] + [factor * 1000 + place % 7 for place in range(30)]
    )
    (flag,) = level_shifts("1", up)
    assert flag.first == "2002-07"
    assert f"from 1,003 (12 months before) to {factor},002" in flag.note.en


def test_windows_with_missing_or_undetermined_months_are_passed_over() -> None:
    values: list[int | None] = [1000] * 20 + [None] + [5000] * 20
    assert list(level_shifts("1", months(values))) == []
    gap = months([1000] * 20) + months([5000] * 20, start=21)
    assert list(level_shifts("1", gap)) == []
    assert list(level_shifts("1", ())) == []


def test_incomplete_years_and_shared_coordinates_are_flagged() -> None:
    (flag,) = incomplete_years("1", months([1] * 14), {})
    assert (flag.first, flag.months) == ("2001-01", 2)
    shared = shared_places(ports(), {port.code for port in ports()})
    assert {flag.port for flag in shared} == {"2503", "2507"}
    assert list(shared_places(ports(), {"2304"})) == []


def test_ports_missing_from_a_total_are_named_with_their_months() -> None:
    names = {"1": "Roma", "2": "Andrade"}
    series = tuple(
        replace(item, lacking={"2000-01": ("1", "2"), "2000-03": ("1",)}.get(item.month, ()))
        for item in months([10] * 12)
    )
    (year,) = incomplete_years(None, series, names)
    assert (year.first, year.last, year.months) == ("2000-01", "2000-12", 12)
    assert "2 of them without every port (January: Andrade, Roma; March: Roma)" in year.note.en
    assert "2 de ellos sin todos los puertos (enero: Andrade, Roma; marzo: Roma)" in year.note.es
    found = list(partial_totals(series, names))
    assert [(flag.kind, flag.port, flag.first) for flag in found] == [
        (Kind.PARTIAL_TOTAL, None, "2000-01"),
        (Kind.PARTIAL_TOTAL, None, "2000-03"),
    ]
    assert "Andrade, Roma" in found[0].note.es


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.INCOMPLETE_YEAR, Kind.SHARED_PLACE, Kind.SPLIT}))
def test_every_defect_is_counted_in_the_singular_and_the_plural(kind: Kind) -> None:
    one, many = counted(kind, 1), counted(kind, 1234)
    for text in (one.en, one.es):
        assert text.startswith("1 ")
    for text in (many.en, many.es):
        assert text.startswith("1,234 ")
    assert one.en[2:] != many.en[6:]
    assert one.es[2:] != many.es[6:]


def test_defects_read_as_sentences() -> None:
    assert counted(Kind.ENDED, 5).es == "5 series que se interrumpen"
    assert counted(Kind.LEVEL_SHIFT, 7).es == "7 saltos de nivel"
    assert counted(Kind.LEVEL_SHIFT, 1).en == "1 level shift"
