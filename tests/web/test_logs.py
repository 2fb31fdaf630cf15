"""Log lines and failures: enough to find what went wrong, nothing about who asked, no details outside."""

import datetime as dt
import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from hled.web.design.logs import JsonLines
from hled.web.settings import base

ID = "request-0123456789"
SECRET = "a-detail-only-for-the-log"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the process writes, through the formatter of the real settings."""
    stream = io.StringIO()
    writer = logging.StreamHandler(stream)
    writer.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(writer)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(writer)
    root.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """The lines as objects; each must be one line of JSON."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def of_requests(log: io.StringIO) -> list[dict[str, object]]:
    return [line for line in lines(log) if line["logger"] == "hled.request"]


def raising(*_: object, **__: object) -> HttpResponse:
    raise RuntimeError(SECRET)


def test_the_settings_write_these_lines():
    assert base.LOGGING["formatters"]["json"]["()"] == "hled.web.design.logs.JsonLines"
    assert base.LOGGING["root"]["handlers"] == ["stderr"]
    assert base.LOGGING["handlers"]["stderr"]["formatter"] == "json"


def test_each_request_is_one_line(loaded, log, client):
    client.get("/en/sources/", headers={"X-Request-ID": ID})
    (line,) = of_requests(log)
    assert line["message"] == "GET /en/sources/"
    assert (line["request_id"], line["status"], line["level"]) == (ID, 200, "INFO")
    assert isinstance(line["ms"], float)
    assert 0 <= line["ms"] < 60_000
    at = dt.datetime.fromisoformat(str(line["at"]))
    assert at.utcoffset() == dt.timedelta(0)
    assert abs(dt.datetime.now(dt.UTC) - at) < dt.timedelta(minutes=1)


def test_the_line_carries_the_id_that_the_answer_carries(db, log, client):
    response = client.get("/health")
    assert of_requests(log)[0]["request_id"] == response["X-Request-ID"]


def test_nothing_about_who_asked_or_what_for(loaded, log, client):
    hidden = {
        "address": "203.0.113.77",
        "query": "wordsearchedfor",
        "agent": "browser-of-a-person",
        "referer": "https://from.example/private",
        "cookie": "cookievalue",
    }
    headers = {"User-Agent": hidden["agent"], "Referer": hidden["referer"], "Cookie": f"a={hidden['cookie']}"}
    for path in ("/en/search/", "/api/v1/search", "/en/nowhere/", "/en/silent/"):
        client.get(f"{path}?q={hidden['query']}", headers=headers, REMOTE_ADDR=hidden["address"])
    client.post("/en/report-error/", {"email": "person@example.org", "text": hidden["query"]})
    said = log.getvalue()
    assert len(of_requests(log)) == 5
    assert [name for name, value in hidden.items() if value in said] == []
    assert "person@example.org" not in said


@pytest.mark.parametrize(
    "path", ["/en/%0A%7B%22level%22:%22FORGED%22%7D/", "/en/%E2%80%A8x/", "/en/\x1b[31m/"]
)
def test_an_address_cannot_forge_a_line(loaded, log, client, path):
    client.get(path)
    found = lines(log)
    assert len(of_requests(log)) == 1
    assert {line["level"] for line in found} <= {"INFO", "WARNING"}
    assert "\x1b" not in log.getvalue()


def test_errors_of_the_asker_are_counted_too(loaded, log, client):
    for path in ("/en/nowhere/", "/en/silent/?days=x"):
        client.get(path)
    assert [line["status"] for line in of_requests(log)] == [404, 400]


@pytest.fixture
def broken(db, monkeypatch) -> Client:
    """A client of a site whose overview fails in a way that nobody foresaw."""
    monkeypatch.setattr("hled.web.agenda.queries.overview", raising)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_failure_shows_no_details_and_both_languages(broken, log, language):
    response = broken.get(f"/{language}/")
    page = response.content.decode()
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
    assert f'<html lang="{language}"' in page
    assert "Something failed on our side." in page
    assert "Algo falló de nuestro lado." in page
    for detail in (SECRET, "RuntimeError", "Traceback", "overview(", ".py", str(django_settings.HOME)):
        assert detail not in page


@pytest.mark.parametrize("address", ["/en/", "/es/"])
def test_a_failure_is_in_the_log_under_the_id_of_the_answer(broken, log, address):
    response = broken.get(f"{address}?q=wordsearchedfor")
    failures = [line for line in lines(log) if "error" in line]
    assert failures
    for line in failures:
        assert line["level"] == "ERROR"
        assert SECRET in str(line["error"])
        assert line["request_id"] == response["X-Request-ID"]
    assert of_requests(log)[-1]["status"] == 500
    assert "wordsearchedfor" not in log.getvalue()


@pytest.mark.parametrize(("language", "title"), [("en", "Something failed"), ("es", "Algo falló")])
def test_a_failure_of_the_api_is_problem_json(broken, log, language, title):
    response = broken.get(f"/api/v1/overview?lang={language}")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == language
    body = json.loads(response.content)
    assert (body["status"], body["code"]) == (500, "failed")
    assert body["title"].startswith(title)
    assert SECRET not in response.content.decode()
    (line,) = [line for line in lines(log) if "error" in line]
    assert line["request_id"] == response["X-Request-ID"]
    assert SECRET in str(line["error"])


@pytest.mark.parametrize(
    "refused",
    [
        ("GET", "/api/v1/nowhere", 404, "not_found"),
        ("GET", "/api/v2/", 404, "not_found"),
        ("POST", "/api/v1/overview", 405, "api.method_not_allowed"),
        ("DELETE", "/api/v1/actions", 405, "api.method_not_allowed"),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_api_refuses_is_problem_json(loaded, client, refused, language):
    method, address, status, code = refused
    response = client.generic(method, f"{address}?lang={language}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"].startswith(f"/{language}/docs/reference/errors/#")
    assert body["title"]


@pytest.mark.parametrize(
    "address", ["/en/", "/en/search/", "/es/meetings/", "/en/download/actions.csv", "/health"]
)
def test_pages_are_read_only(loaded, client, address):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = client.generic(method, address)
        assert response.status_code == 405
        assert "GET" in response["Allow"]


def gone(*_: object, **__: object) -> HttpResponse:
    raise DatabaseError("connection refused")


def test_health_needs_no_database(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health")
    assert (response.status_code, response.json()) == (200, {"ok": True})


def test_ready_when_the_database_answers_and_is_migrated(db, client):
    response = client.get("/ready")
    assert (response.status_code, response.json()) == (200, {"ok": True, "database": True, "migrated": True})


def test_not_ready_while_a_migration_is_missing(db, client):
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_unapplied("meetings", "0001_meetings")
    response = client.get("/ready")
    assert (response.status_code, response.json()["migrated"]) == (503, False)
    assert client.get("/health").status_code == 200


def test_not_ready_while_the_database_is_gone(db, client, monkeypatch):
    monkeypatch.setattr("django.db.migrations.recorder.MigrationRecorder.applied_migrations", gone)
    response = client.get("/ready")
    assert (response.status_code, response.json()) == (503, {"ok": False, "database": False})


@pytest.mark.parametrize("address", ["/en/", "/es/search/?q=frontera", "/api/v1/overview"])
def test_pages_fail_in_words_while_the_database_is_gone(db, monkeypatch, log, address):
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
        response = Client(raise_request_exception=False, headers={"Accept-Language": "es"}).get(address)
    assert response.status_code == 500
    assert "Algo falló de nuestro lado." in response.content.decode()
    assert "connection refused" not in response.content.decode()
    assert "connection refused" in log.getvalue()


@pytest.mark.parametrize("fields", [{}, {"request_id": "x", "status": 200, "ms": 1.5, "other": "hidden"}])
def test_a_line_holds_the_known_fields_only(fields):
    record = logging.LogRecord("hled", logging.INFO, "f.py", 1, "said %s\n%s", ("ñ", "two"), None)
    vars(record).update(fields)
    text = JsonLines().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert line["message"] == "said ñ\ntwo"
    assert set(line) == {"at", "level", "logger", "message"} | (set(fields) - {"other"})


def test_a_line_can_always_be_written():
    record = logging.LogRecord("hled", logging.INFO, "f.py", 1, "lone \udc80", (), None)
    assert JsonLines().format(record).encode("utf-8")
