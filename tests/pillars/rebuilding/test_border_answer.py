"""The answers of `border.flows` against the published figures."""

from pathlib import Path

import pytest

from hled.evidence import Answer, AnswerStore, ParameterError, ask
from hled.figures import LineChart, PointMap
from hled.pillars import register_all


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> AnswerStore:
    register_all()
    return AnswerStore(tmp_path_factory.mktemp("border"))


def answered(kept: AnswerStore, port: str, measure: str = "trucks", **years: str) -> Answer:
    return ask("border.flows", {"port": port, "measure": measure, **years}, store=kept)[1]


def table(answer: Answer, name: str) -> list[tuple[str | None, ...]]:
    return list(next(item for item in answer.tables if item.id == name).texts("en"))


def by_year(answer: Answer) -> dict[str | None, tuple[str | None, ...]]:
    return {row[0]: row[1:] for row in table(answer, "years")}


@pytest.mark.parametrize(
    ("year", "trucks"),
    [
        ("1996", "1015905"),
        ("2000", "1493073"),
        ("2010", "1585682"),
        ("2019", "2364681"),
        ("2020", "2319901"),
        ("2022", "2799601"),
        ("2023", "2936130"),
        ("2024", "3026632"),
    ],
)
def test_laredo_trucks_are_the_published_ones(kept: AnswerStore, year: str, trucks: str) -> None:
    assert by_year(answered(kept, "Laredo"))[year][0] == trucks


def test_the_finding_gives_number_change_share_direction_and_flags(kept: AnswerStore) -> None:
    finding = answered(kept, "laredo").finding
    assert finding.en == (
        "In 2024, 3,026,632 trucks entered the United States from Mexico (northbound) at Laredo, 3.1% more"
        " than in 2023, 28.0% more than in 2019 and 197.9% more than in 1996. That is 39.7% of the 7,617,207"
        " at all land ports with Mexico. 2025 is incomplete (2 of 12 months): January to February, 472,199"
        " trucks, 4.7% fewer than in the same months of 2024. Apart from incomplete years, no defect of the"
        " source is flagged between 1996 and 2025."
    )
    assert "En 2024 entraron a Estados Unidos desde México (sentido norte) 3,026,632 camiones" in finding.es


def test_all_ports_add_up(kept: AnswerStore) -> None:
    answer = answered(kept, "all")
    assert by_year(answer)["2024"][0] == "7617207"
    ports = table(answer, "ports")
    assert ports[0][:5] == ("Laredo", "Texas", "Nuevo Laredo, Tamaulipas", "3026632", "39.7")
    assert sum(int(row[3] or 0) for row in ports) == 7_617_207
    assert "Otay Mesa 13.9\N{NO-BREAK SPACE}% e Hidalgo 9.5\N{NO-BREAK SPACE}%" in answer.finding.es


@pytest.mark.parametrize(("year", "trucks"), [("2019", "6440255"), ("2023", "7356659"), ("2024", "7617207")])
def test_totals_of_trucks_are_complete_in_the_years_that_are_cited(
    kept: AnswerStore, year: str, trucks: str
) -> None:
    value, change, months, _ = by_year(answered(kept, "all"))[year]
    assert (value, months) == (trucks, "12")
    assert change is not None


def test_a_total_that_lacks_ports_is_shown_flagged_and_never_compared(kept: AnswerStore) -> None:
    answer = answered(kept, "all", "pedestrians")
    value, change, months, flags = by_year(answer)["2024"]
    assert (value, change, months) == ("40769064", None, "12")
    assert "ports missing from the total" in str(flags)
    assert by_year(answer)["2025"][1] is None
    assert by_year(answer)["2019"][1] == "6.5"
    for text in (answer.finding.en, answer.finding.es):
        assert "40,769,064" in text
        assert "San Ysidro" in text
        assert "%" not in text
        assert "\N{NO-BREAK SPACE}%" not in text
    assert "The total of 2024 is incomplete" in answer.finding.en
    assert "(enero: Andrade, Calexico," in answer.finding.es
    assert {row[4] for row in table(answer, "ports")} == {None}
    (flag,) = [row for row in table(answer, "flags") if row[2] == "2024-01" and "No figure" in str(row[5])]
    assert {"Calexico", "Otay Mesa", "San Ysidro"} <= set(
        str(flag[5])[len("No figure from ") :].split(":")[0].split(", ")
    )
    years, by_month = answer.figures[:2]
    assert isinstance(years, LineChart)
    assert isinstance(by_month, LineChart)
    assert dict(zip(years.x, years.series[0].values, strict=True))["2024"] == "40769064"
    assert {"2020", "2021", "2022", "2023", "2024"} <= {mark.x for mark in years.flags}
    assert dict(zip(by_month.x, by_month.series[0].values, strict=True))["2024-01"] is None
    assert "January 2024" not in by_month.finding.en


@pytest.mark.parametrize("measure", ["buses", "train-passengers", "bus-passengers"])
def test_no_change_is_stated_against_a_year_that_lacks_ports(kept: AnswerStore, measure: str) -> None:
    answer = answered(kept, "all", measure)
    assert [by_year(answer)[year][1] for year in ("2022", "2023", "2024", "2025")] == [None] * 4
    assert "than in" not in answer.finding.en


def test_a_share_of_an_incomplete_total_is_not_stated(kept: AnswerStore) -> None:
    finding = answered(kept, "san-ysidro", "pedestrians").finding
    assert "Its share is not stated" in finding.en
    assert "2024 is incomplete (11 of 12 months): February to December" in finding.en


def test_a_year_with_a_gap_names_the_months_reported(kept: AnswerStore) -> None:
    finding = answered(kept, "all", "train-passengers").finding
    assert "(11 of 12 months): January to September and November to December" in finding.en
    assert "de enero a septiembre y de noviembre a diciembre" in finding.es


def test_no_head_says_its_unit_twice(kept: AnswerStore) -> None:
    for item in answered(kept, "laredo").tables:
        for column in item.columns:
            if column.unit is not None:
                assert column.unit.en.casefold() not in column.label.en.casefold()
                assert column.unit.es.casefold() not in column.label.es.casefold()


def test_the_incomplete_year_is_shown_and_never_compared(kept: AnswerStore) -> None:
    answer = answered(kept, "laredo")
    value, change, months, flags = by_year(answer)["2025"]
    assert (value, change, months, flags) == ("472199", None, "2", "incomplete year")
    years = next(item for item in answer.figures if item.id == "years")
    assert isinstance(years, LineChart)
    assert years.series[0].values[-2:] == ("3026632", None)
    assert [mark.x for mark in years.flags] == ["2025"]


def test_double_counted_years_state_no_change(kept: AnswerStore) -> None:
    answer = answered(kept, "all", "truck-containers-loaded")
    assert "Do not rely on this figure" in answer.finding.en
    assert "187 cifras mensuales probablemente contadas dos veces" in answer.finding.es
    years = by_year(answer)
    assert years["2024"][0] == "10664994"
    assert years["2024"][1] is None
    assert years["2016"][1] is not None


def test_el_paso_is_not_compared_across_its_split(kept: AnswerStore) -> None:
    answer = answered(kept, "2402")
    years = by_year(answer)
    assert [years[year][1] is None for year in ("2019", "2020", "2021", "2022")] == [False, True, True, False]
    chart = next(item for item in answer.figures if item.id == "years")
    assert isinstance(chart, LineChart)
    both = dict(zip(chart.x, chart.series[1].values, strict=True))
    assert (both["2019"], both["2024"]) == ("792441", str(133_841 + 670_627))


def test_contradicting_rows_are_shown_and_left_out(kept: AnswerStore) -> None:
    answer = answered(kept, "sasabe", "bus-passengers")
    assert ("2021-02", None) in [row[:2] for row in table(answer, "months")]
    (conflict,) = [row for row in table(answer, "flags") if row[0] and "different values" in row[0]]
    assert "0, 2,175" in str(conflict[-1])


@pytest.mark.parametrize(
    ("port", "measure", "years"),
    [("cross-border-xpress", "trucks", {}), ("ysleta", "trucks", {"last_year": "2010"})],
)
def test_a_port_without_the_measure_is_answered(kept, port, measure, years) -> None:
    answer = answered(kept, port, measure, **years)
    assert answer.finding.en.startswith("No data: between 1996 and")
    assert answer.finding.es.startswith("Sin datos: entre 1996 y")
    assert table(answer, "years") == table(answer, "months") == []
    assert [type(figure) for figure in answer.figures] == [PointMap]


def test_a_port_that_stopped_reporting_says_its_last_year(kept: AnswerStore) -> None:
    answer = answered(kept, "boquillas")
    assert answer.finding.en.startswith("In 2015, 0 trucks")
    assert ("series ends", "Boquillas", "2016-07") in [row[:3] for row in table(answer, "flags")]


def test_asked_years_bound_everything(kept: AnswerStore) -> None:
    answer = answered(kept, "nogales", first_year="2018", last_year="2019")
    assert [row[0] for row in table(answer, "years")] == ["2018", "2019"]
    assert len(table(answer, "months")) == 24
    assert answer.finding.en.startswith("In 2019, 349,377 trucks")
    assert "2025" not in answer.finding.en


def test_a_single_incomplete_year_is_answered(kept: AnswerStore) -> None:
    answer = answered(kept, "all", first_year="2025", last_year="2025")
    assert answer.finding.en.startswith("In 2025 (2/12), 1,222,339 trucks")
    assert "than in" not in answer.finding.en


def test_the_map_places_all_ports_and_says_who_reports(kept: AnswerStore) -> None:
    drawn = next(item for item in answered(kept, "all", "trains").figures if isinstance(item, PointMap))
    places = {point.key: point for point in drawn.points}
    assert len(places) == 28
    assert (places["laredo"].lon, places["laredo"].lat) == ("-99.507", "27.5")
    assert places["cross-border-xpress"].value is None
    assert "of 28 ports publish a figure for 2024" in drawn.finding.en


def test_years_out_of_order_and_unknown_ports_are_both_listed(kept: AnswerStore, tmp_path: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        answered(kept, "Larredo", first_year="2020", last_year="2019")
    assert [problem.parameter for problem in caught.value.problems] == ["port", "last_year"]
    assert "laredo" in caught.value.text("es")
