"""Headers of every kind of answer: nothing foreign runs, nothing is framed, no stranger is tracked."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from hled.web import content_policy
from hled.web.agenda.models import ErrorReport
from tests.house import sampling

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# a page that stands alone runs what it carries, by checksum, and connects nowhere
ALONE = {name: "'none'" for name in POLICY if name not in {"script-src", "style-src"}}
CHECKSUM = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")
CARRIED = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
GIVEN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# every way in which an answer leaves: method, address, status
WAYS = [
    ("GET", "/", 302),
    ("GET", "/en/actions", 301),
    ("GET", "/health", 200),
    ("GET", "/ready", 200),
    ("GET", "/en/", 200),
    ("HEAD", "/es/", 200),
    ("GET", "/en/nowhere/", 404),
    ("GET", "/nowhere", 404),
    ("GET", "/en/silent/?days=soon", 400),
    ("POST", "/es/report-error/", 400),
    ("POST", "/en/", 405),
    ("GET", "/en/download/actions.csv", 200),
    ("GET", "/en/download/record.json", 200),
    ("GET", "/es/calendar.ics", 200),
    ("GET", "/es/changes.atom", 200),
    ("GET", "/api/v1/overview", 200),
    ("GET", "/api/v1/nowhere", 404),
    ("POST", "/api/v1/overview", 405),
    ("OPTIONS", "/api/v1/overview", 204),
    ("GET", "/static/no-such.css", 404),
]
RUN = "0" * 64
# what other sites' pages may read: public data, without cookies
OPEN = [
    ("GET", "/api/v1/overview"),
    ("HEAD", "/api/v1/overview"),
    ("OPTIONS", "/api/v1/overview"),
    ("GET", "/api/v1/nowhere"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/en/download/actions.csv"),
    ("HEAD", "/es/download/record.json"),
    ("GET", f"/es/evidence/runs/{RUN}/answer.json"),
]
CLOSED = [
    ("GET", "/en/"),
    ("GET", "/en/report-error/"),
    ("POST", "/en/report-error/"),
    ("POST", "/api/v1/overview"),
    ("GET", f"/es/evidence/runs/{RUN}/"),
    ("GET", "/en/api/"),
    ("GET", "/en/download/"),
    ("GET", "/static/no-such.css"),
]
ID = "journey-42.a_B"


def raising(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def checked(response: HttpResponse, where: str) -> None:
    """Every header that protects the reader is there, and none that weakens it."""
    policy = response["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    alone = CHECKSUM.fullmatch(directives["script-src"]) and CHECKSUM.fullmatch(directives["style-src"])
    assert (ALONE if alone else POLICY).items() <= directives.items(), where
    assert "unsafe" not in policy, where
    assert "*" not in policy, where
    assert "http" not in policy, where
    assert {name: response.get(name) for name in GIVEN} == GIVEN, where
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in response["Permissions-Policy"], where
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"]), where
    shared = (response.get("Access-Control-Allow-Origin"), response["Cross-Origin-Resource-Policy"])
    assert shared in {(None, "same-origin"), ("*", "cross-origin")}, where
    assert "Access-Control-Allow-Credentials" not in response, where
    assert "Server" not in response, where


@pytest.mark.parametrize(("method", "address", "status"), WAYS)
def test_every_way_out_has_the_headers(loaded, client, method, address, status):
    response = client.generic(method, address)
    assert response.status_code == status
    checked(response, address)


@pytest.mark.parametrize(("method", "address"), OPEN)
def test_public_data_may_be_read_by_the_pages_of_other_sites(loaded, client, method, address):
    for _ in range(2):  # made, then kept
        response = client.generic(method, address, headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response


def test_public_data_unchanged_may_be_read_too(loaded, client):
    etag = client.get("/api/v1/overview")["ETag"]
    unchanged = client.get("/api/v1/overview", headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize(("method", "address"), CLOSED)
def test_everything_else_is_for_our_own_pages(loaded, client, method, address):
    response = client.generic(method, address, headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_failure_has_the_headers_too(db, monkeypatch):
    monkeypatch.setattr("hled.web.agenda.views.plan.queries.overview", raising)
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == 500
    checked(response, "500")


def test_pages_kept_and_unchanged_have_the_headers_too(loaded, client):
    first = client.get("/en/sources/")
    checked(client.get("/en/sources/"), "kept")
    unchanged = client.get("/en/sources/", headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304
    checked(unchanged, "304")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_public_pages_set_no_cookie(loaded, client, language):
    for name, address in sampling.pages(language).items():
        response = client.get(address)
        checked(response, address)
        if name != "agenda:report_error":
            assert "Set-Cookie" not in response.headers, address
            assert not response.cookies, address
            assert "Cookie" not in response.get("Vary", ""), address


def without_allowed(response: HttpResponse) -> str:
    """The page without the inline scripts and styles whose checksum its policy names."""
    named = response["Content-Security-Policy"]

    def left(found: re.Match[str]) -> str:
        return "" if content_policy.checksum(found[2]) in named else found[0]

    return CARRIED.sub(left, response.content.decode())


def test_a_page_runs_nothing_that_the_policy_forbids(loaded, client):
    data = r"\b(?:src=|type=\"application/json\")"
    inline = re.compile(rf"<script(?![^>]*{data})|<style|<[^>]+\s(?:style|on[a-z]+)=|=\"(?i:javascript):")
    foreign = re.compile(
        r"<(?:script|link|img|iframe|form|source)[^>]*\b(?:src|href|action)=\"(?:https?:)?//"
    )
    for address in sampling.pages("en").values():
        response = client.get(address)
        if response["Content-Type"].startswith("text/html"):
            page = without_allowed(response)
            assert inline.search(page) is None, (address, inline.search(page))
            assert foreign.search(page) is None, (address, foreign.search(page))


def test_a_well_formed_request_id_is_echoed(db, client):
    assert client.get("/health", headers={"X-Request-ID": ID})["X-Request-ID"] == ID


@pytest.mark.parametrize(
    "given",
    ["", "short", "x" * 65, "has space in it", "a/b/c/d/e/f", "línea-del-plan", "<script>alert", f"{ID}\n"],
)
def test_any_other_request_id_is_replaced(db, client, given):
    first = client.get("/health", headers={"X-Request-ID": given})["X-Request-ID"]
    second = client.get("/health", headers={"X-Request-ID": given})["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_cookie_is_bound_to_this_host(db, client, language):
    response = client.get(f"/{language}/report-error/")
    cookie = response.cookies["__Host-csrftoken"]
    assert set(response.cookies) == {"__Host-csrftoken"}
    assert cookie["secure"] is True
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""


GOOD = {
    "about": "",
    "text": "The date is wrong by a year.",
    "source": "https://example.org/page",
    "email": "",
}


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def token(client: Client) -> str:
    page = client.get("/en/report-error/", secure=True).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("language", "own", "other"),
    [
        ("en", "did not come from our own page", "Este formulario"),
        ("es", "no proviene de nuestra página", "form"),
    ],
)
def test_a_form_without_its_token_is_refused_in_both_languages(db, stranger, language, own, other):
    response = stranger.post(f"/{language}/report-error/", GOOD)
    page = response.content.decode()
    assert response.status_code == 403
    checked(response, "csrf")
    assert f'<html lang="{language}"' in page
    assert own in page
    assert other in page
    assert ErrorReport.objects.count() == 0


def test_a_form_with_its_token_is_kept(db, stranger):
    sent = {**GOOD, "csrfmiddlewaretoken": token(stranger)}
    own = {"Referer": "https://testserver/en/report-error/"}
    assert stranger.post("/en/report-error/", sent, secure=True, headers=own).status_code == 302
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/en/report-error/"},
        {},  # neither: an encrypted form that does not say where it comes from
    ],
)
def test_a_form_from_another_site_is_refused_even_with_a_token(db, stranger, foreign):
    sent = {**GOOD, "csrfmiddlewaretoken": token(stranger)}
    assert stranger.post("/en/report-error/", sent, secure=True, headers=foreign).status_code == 403
    assert ErrorReport.objects.count() == 0


@pytest.mark.parametrize("given", ["x" * 64, "", "no such token"])
def test_a_wrong_token_is_refused(db, stranger, given):
    token(stranger)
    sent = {**GOOD, "csrfmiddlewaretoken": given}
    own = {"Referer": "https://testserver/en/report-error/"}
    assert stranger.post("/en/report-error/", sent, secure=True, headers=own).status_code == 403
    assert ErrorReport.objects.count() == 0


def test_an_unknown_host_is_refused(db, client, settings):
    settings.ALLOWED_HOSTS = ["hled.example"]
    response = client.get("/en/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    checked(response, "host")
    assert "elsewhere" not in response.content.decode()
