"""The arithmetic of border flows on small made-up series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.pillars.rebuilding.border import flows
from hled.pillars.rebuilding.border.flows import Month, Year
from hled.pillars.rebuilding.border.inputs import Row


def rows(*values: tuple[str, str, int]) -> list[Row]:
    return [Row(port, "trucks", month, value) for port, month, value in values]


def year(number: int, value: int, months: int = 12) -> tuple[int, Year]:
    return number, Year(number, value, months)


def test_a_month_published_twice_counts_once_when_the_values_agree() -> None:
    series = flows.by_port(rows(("1", "2019-06", 5), ("1", "2019-06", 5), ("1", "2019-07", 7)), "trucks")
    assert series["1"] == (Month("2019-06", 5, (5, 5)), Month("2019-07", 7, (7,)))
    assert flows.yearly(series["1"]) == (Year(2019, 12, 2),)


def test_a_month_published_with_two_values_is_left_out_of_every_total() -> None:
    series = flows.by_port(
        rows(("1", "2021-02", 0), ("1", "2021-02", 2175), ("1", "2021-03", 4), ("2", "2021-02", 9)), "trucks"
    )
    assert series["1"][0] == Month("2021-02", None, (0, 2175))
    assert flows.yearly(series["1"]) == (Year(2021, 4, 1),)
    assert [item.value for item in flows.total(series)] == [9, 4]


def test_only_the_asked_measure_is_taken() -> None:
    assert flows.by_port([Row("1", "buses", "2019-01", 3)], "trucks") == {}


def test_only_complete_years_are_compared() -> None:
    years = dict([year(2018, 100), year(2019, 150), year(2020, 90, 11)])
    assert flows.change(years, 2019, 2018) == "50.0"
    assert flows.change(years, 2020, 2019) is None
    assert flows.change(years, 2018, 2017) is None


def test_an_incomplete_year_is_compared_with_its_own_months() -> None:
    months = [("2023-01", 10), ("2023-02", 20), ("2023-03", 40), ("2024-01", 11), ("2024-02", 22)]
    series = tuple(Month(month, value, (value,)) for month, value in months)
    assert flows.same_months(series, 2024) == (33, 30)
    assert flows.same_months(series, 2023) is None
    assert flows.same_months(series, 2025) is None


def test_percentages_round_half_up_and_know_no_negative_zero() -> None:
    assert flows.percent(2005, 2000) == "0.3"
    assert flows.percent(19999, 20000) == "0.0"
    assert flows.percent(1, 0) is None
    assert flows.share(1, 3) == "33.3"
    assert flows.share(0, 0) is None


def test_laredo_2024_against_2019_and_2023() -> None:
    assert flows.percent(3_026_632, 2_936_130) == "3.1"
    assert flows.percent(3_026_632, 2_364_681) == "28.0"


def test_a_year_ends_in_december() -> None:
    assert flows.month_after("2024-12") == "2025-01"
    assert flows.month_after("2024-09") == "2024-10"


def monthly(first: int, last: int, value: int, *without: str) -> flows.Series:
    months = [f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13)]
    return tuple(Month(month, value, (value,)) for month in months if month not in without)


def test_a_month_that_a_port_of_weight_lacks_makes_the_total_and_its_year_incomplete() -> None:
    total = flows.total({"1": monthly(2018, 2021, 900), "2": monthly(2018, 2021, 100, "2020-03")})
    assert [(item.month, item.value, item.lacking) for item in total if item.lacking] == [
        ("2020-03", 900, ("2",))
    ]
    assert next(item.whole for item in total if item.month == "2020-03") is None
    years = {one.year: one for one in flows.yearly(total)}
    assert years[2020] == Year(2020, 11_900, 12, lacking=1)
    assert [years[number].complete for number in (2018, 2019, 2020, 2021)] == [True, True, False, True]
    assert flows.change(years, 2019, 2018) == "0.0"
    assert flows.change(years, 2020, 2019) is None
    assert flows.change(years, 2021, 2020) is None
    assert flows.same_months(total, 2019) == (12_000, 12_000)
    assert flows.same_months(total, 2020) is flows.same_months(total, 2021) is None


@pytest.mark.parametrize(("value", "lacking"), [(5, ()), (6, ("2",))])
def test_a_port_weighs_with_more_than_half_a_percent(value: int, lacking: tuple[str, ...]) -> None:
    series = {"1": monthly(2018, 2020, 1000 - value), "2": monthly(2018, 2020, value, "2019-07")}
    assert next(item.lacking for item in flows.total(series) if item.month == "2019-07") == lacking


def test_a_gap_of_years_is_weighed_by_the_last_year_with_that_month() -> None:
    gap = [f"{year}-{month:02d}" for year in (2016, 2017, 2018) for month in range(1, 13)]
    total = flows.total({"1": monthly(2014, 2020, 10), "2": monthly(2014, 2020, 10, *gap)})
    assert [item.month for item in total if item.lacking] == gap


@pytest.mark.parametrize(
    ("other", "incomplete"),
    [
        (("2020-01", "2025-02"), []),
        (("2018-01", "2022-12"), []),
        (("2018-01", "2024-02"), []),
        (("2018-01", "2024-12"), ["2025-01", "2025-02"]),
    ],
    ids=[
        "begins later",
        "ended",
        "ended a year before the edition does",
        "stops just before the edition ends",
    ],
)
def test_before_a_port_begins_and_after_it_ended_nothing_is_missing(
    other: tuple[str, str], incomplete: list[str]
) -> None:
    both = [item for item in monthly(2018, 2025, 10) if item.month <= "2025-02"]
    reported = tuple(item for item in both if other[0] <= item.month <= other[1])
    total = flows.total({"1": tuple(both), "2": reported})
    assert [item.month for item in total if item.lacking] == incomplete


def test_a_value_that_is_not_determined_is_a_gap_of_the_total() -> None:
    series = flows.by_port(
        rows(*((port, month, 7) for port in "12" for month in ("2020-02", "2021-02", "2021-03"))), "trucks"
    )
    series["2"] = (series["2"][0], Month("2021-02", None, (7, 9)), series["2"][2])
    assert [item.lacking for item in flows.total(series)] == [(), ("2",), ()]


@given(st.lists(st.tuples(st.sampled_from("123"), st.integers(1, 12), st.integers(0, 10**6)), max_size=40))
def test_the_total_of_determined_months_is_the_sum_of_the_ports(values: list[tuple[str, int, int]]) -> None:
    listed = rows(*((port, f"2020-{month:02d}", value) for port, month, value in values))
    series = flows.by_port(listed, "trucks")
    total = sum(item.value for item in flows.total(series) if item.value is not None)
    assert total == sum(one.value for months in series.values() for one in flows.yearly(months))


def test_nothing_in_gives_nothing_out() -> None:
    assert flows.total({}) == ()
    assert flows.yearly(()) == ()
    assert flows.within((), 1996, 2025) == ()
