"""Dates keep the precision of their source and never gain a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import PartialDate

DAYS = st.dates(min_value=dt.date(1, 1, 1))


@pytest.mark.parametrize(
    ("iso", "earliest", "latest"),
    [
        ("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("2022-10", dt.date(2022, 10, 1), dt.date(2022, 10, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2021-09-09", dt.date(2021, 9, 9), dt.date(2021, 9, 9)),
    ],
)
def test_a_date_spans_the_days_it_may_mean(iso, earliest, latest):
    date = PartialDate(iso)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("iso", "english", "spanish"),
    [
        ("2021-09-09", "9 September 2021", "9 de septiembre de 2021"),
        ("2022-10", "October 2022", "octubre de 2022"),
        ("2016", "2016", "2016"),
        ("2023-12-01", "1 December 2023", "1 de diciembre de 2023"),
    ],
)
def test_people_read_the_date_in_their_language(iso, english, spanish):
    assert PartialDate(iso).text("en") == english
    assert PartialDate(iso).text("es") == spanish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-1",
        "2022-10-1",
        "2022/10/01",
        "2022-10-01T00:00",
        " 2022",
        "2022\n",
        "２０２２",
        "-2022",
    ],
)
def test_a_badly_formed_date_is_refused(text):
    with pytest.raises(ValueError, match="not a date of the form"):
        PartialDate(text)


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2023-02-29", "2022-04-31", "0000", "2022-01-00"])
def test_an_impossible_date_is_refused(text):
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(text)


@given(DAYS)
def test_every_day_of_the_calendar_is_a_date(day):
    date = PartialDate(day.isoformat())
    assert date.earliest == date.latest == day
    assert str(date) == day.isoformat()


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_a_coarser_date_spans_the_finer_one(day, precision):
    coarse = PartialDate(day.isoformat()[:precision])
    assert coarse.earliest <= day <= coarse.latest


@given(DAYS, DAYS)
def test_days_order_as_the_calendar_does(first, second):
    assert (PartialDate(first.isoformat()) < PartialDate(second.isoformat())) == (first < second)


def test_a_year_comes_before_its_months_and_a_month_before_its_days():
    dates = [PartialDate(iso) for iso in ("2022-10-24", "2022", "2023", "2022-10", "2022-09-30")]
    assert [str(date) for date in sorted(dates)] == ["2022", "2022-09-30", "2022-10", "2022-10-24", "2023"]
