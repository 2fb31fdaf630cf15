"""Reporting an error: kept for the officers, refused with words, never part of the record."""

import pytest

from hled.web.agenda import actions, queries
from hled.web.agenda.actions import MAX_SOURCE, MAX_TEXT, ErrorFound, report_error
from hled.web.agenda.errors import ReportError, ReportsFullError
from hled.web.record import queries as record

GOOD = {
    "about": "urn:hled:action:some-action",
    "text": "The date is wrong.",
    "source": "https://example.org/a",
}


def test_a_report_is_kept_as_written(loaded):
    before = record.head()
    number = report_error(ErrorFound(**GOOD, email="a@example.org"), "es", "request-1")
    kept = queries.reports()[0]
    assert (kept.id, kept.about, kept.text, kept.source) == (number, *GOOD.values())
    assert (kept.email, kept.language, kept.request_id) == ("a@example.org", "es", "request-1")
    assert kept.at.endswith("Z")
    assert record.head() == before


def test_the_newest_comes_first_and_email_may_be_missing(db):
    report_error(ErrorFound(**GOOD), "en")
    second = report_error(ErrorFound(**{**GOOD, "about": ""}), "en")
    assert next(item.id for item in queries.reports()) == second
    assert queries.reports()[0].email == ""


def test_control_characters_are_dropped(db):
    report_error(ErrorFound(**{**GOOD, "text": "  A wrong\0 date\x1b here.\nSecond line. "}), "en")
    assert queries.reports()[0].text == "A wrong date here.\nSecond line."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", "javascript:alert(1)"),
        ("about", "urn:hled:action:" + "x" * 200),
        ("text", ""),
        ("text", "short"),
        ("text", "x" * (MAX_TEXT + 1)),
        ("source", ""),
        ("source", "x" * (MAX_SOURCE + 1)),
        ("email", "not an address"),
        ("email", "a@" + "x" * 300 + ".org"),
    ],
)
def test_what_cannot_be_kept_is_refused(db, field, value):
    with pytest.raises(ReportError) as caught:
        report_error(ErrorFound(**{**GOOD, field: value}), "en")
    assert set(caught.value.problems) == {field}
    assert caught.value.message.en != caught.value.message.es
    assert queries.reports() == ()


def test_every_problem_is_said_at_once(db):
    with pytest.raises(ReportError) as caught:
        report_error(ErrorFound(about="x", text="", source="", email="x"), "en")
    assert set(caught.value.problems) == {"about", "text", "source", "email"}


def test_the_box_of_reports_has_an_end(db, client, monkeypatch):
    monkeypatch.setattr(actions, "MAX_REPORTS", 2)
    for _ in range(2):
        report_error(ErrorFound(**GOOD), "en")
    with pytest.raises(ReportsFullError):
        report_error(ErrorFound(**GOOD), "en")
    response = client.post("/es/report-error/", GOOD)
    page = response.content.decode()
    assert response.status_code == 503
    assert "El buzón de reportes está lleno" in page
    assert "The box of reports is full" in page
    assert len(queries.reports()) == 2


def test_a_wrong_report_is_told_what_is_wrong_even_when_the_box_is_full(db, monkeypatch):
    monkeypatch.setattr(actions, "MAX_REPORTS", 0)
    with pytest.raises(ReportError):
        report_error(ErrorFound(**{**GOOD, "text": ""}), "en")
