"""Odd addresses and parameters: a clear answer in the page's language, never a failure."""

from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.test import Client

from hled.workplan import bundled_record

RECORD = bundled_record()
SURROGATE = "%ED%A0%80"
HUGE = "9" * 5_000
TEXTS = [
    "abc",
    "-1",
    "10**12",
    "1000000000000",
    HUGE,
    SURROGATE,
    "%FF%FE",
    "1.5",
    "1e3",
    "NaN",
    "x" * 10_000,
]
NUMBERS = {"silent/": "days", "events/": "page", "actions/": "line", "search/?q=frontera": "page"}
CHOICES = [
    "actions/?pillar",
    "actions/?status",
    "events/?kind",
    "events/?since",
    "search/?q=x&kind",
    "search/?q=x&pillar",
]
KEYED = ["actions", "bodies", "agencies", "sources", "pillars", "lines", "meetings", "evidence", "docs"]
KEYS = [
    "%00",
    "no%00such",
    SURROGATE,
    "..%2f",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "..",
    "x" * 9_000,
    HUGE,
    "-1",
    "0",
    "%0d%0aSet-Cookie:%20a=b",
    "<script>",
    "%27%20OR%201=1",
    "{{7*7}}",
    "%25s",
    "👩‍⚖️",
    "ñ",
    "%E2%80%AE",
    "%5C..%5C",
    "a;b",
    "CON",
]


@pytest.fixture
def client(loaded) -> Client:
    """A client that shows failures as a visitor sees them."""
    return Client(raise_request_exception=False)


def refused(client: Client, address: str, language: str, *, among: frozenset[int]) -> None:
    """The answer is one of these, and a page in the language of the address that says what is wrong."""
    response = client.get(address)
    assert response.status_code in among, f"{address[:200]} {response.status_code}"
    page = response.content.decode()
    assert f'<html lang="{language}"' in page, address[:200]
    assert len(page) < 100_000
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_a_number_that_is_none_is_refused(client, text, language):
    for page, name in NUMBERS.items():
        sign = "&" if "?" in page else "?"
        refused(client, f"/{language}/{page}{sign}{name}={text}", language, among=frozenset({400}))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("page", CHOICES)
def test_a_choice_that_is_none_is_refused(client, page, language):
    for text in TEXTS:
        refused(client, f"/{language}/{page}={text}", language, among=frozenset({400}))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("section", KEYED)
def test_a_key_that_is_none_is_not_found(client, section, language):
    for key in KEYS:
        response = client.get(f"/{language}/{section}/{key}/")
        assert response.status_code == 404, f"{section} {key[:60]}"
        page = response.content.decode()
        assert f'<html lang="{language}"' in page
        assert "<script>" not in page
        assert "Set-Cookie" not in response


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_file_that_is_none_is_not_found(client, language):
    places = [
        "download/nothing.csv",
        "download/record.csv",
        "download/actions.xml",
        "download/actions.",
        "download/..%2factions.csv",
        "download/actions.csv%00",
        f"download/{SURROGATE}.csv",
        f"sources/{RECORD.sources[0].id}/texts/%00",
        f"evidence/runs/{'f' * 64}/",
        f"evidence/runs/{'f' * 64}/answer.json",
        f"evidence/runs/{'F' * 64}/",
        "evidence/no.such/ask/",
    ]
    for place in places:
        response = client.get(f"/{language}/{place}")
        assert response.status_code == 404, place
        assert f'<html lang="{language}"' in response.content.decode(), place


@pytest.mark.parametrize(
    ("days", "status"),
    [("0", 200), ("99999", 200), ("100000", 400), ("180d", 200), ("180%20d%C3%ADas", 200), ("", 200)],
)
def test_any_number_of_days_has_an_answer(client, days, status):
    assert client.get(f"/es/silent/?days={days}").status_code == status


@pytest.mark.parametrize(
    ("number", "status"), [("1", 200), ("5", 200), ("6", 400), ("0", 400), ("1000000000", 400), ("", 200)]
)
def test_pages_of_events_have_an_end(client, number, status):
    assert client.get(f"/en/events/?page={number}").status_code == status


@pytest.mark.parametrize("line", ["99", "0", "16", "-1", "01", "1,2"])
def test_a_line_outside_the_plan_is_refused(client, line):
    refused(client, f"/es/actions/?line={line}", "es", among=frozenset({400}))
    refused(client, f"/es/lines/{line}/", "es", among=frozenset({404} if line != "01" else {200, 404}))


QUERIES = [
    "%00",
    SURROGATE,
    "%FF",
    "x" * 201,
    "x" * 10_000,
    ",",
    "%20",
    "*",
    "%22",
    "a " * 13,
    "🛂",
    "%E2%80%8B",
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda text: text[:20])
def test_odd_words_are_refused_or_find_nothing(client, query, language):
    refused(client, f"/{language}/search/?q={query}", language, among=frozenset({200, 400}))


@pytest.mark.parametrize("query", [",", "*", "x" * 201, "a b c d e f g h i j k l m"])
def test_words_that_are_none_are_refused(client, query):
    refused(client, f"/es/search/?q={query}", "es", among=frozenset({400}))


class Active(HTMLParser):
    """Collects what would run: scripts without a file, attributes that listen, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and "src" not in given:
            self.found.append((tag, ""))
        for name, value in attrs:
            leads = name in {"href", "src", "action", "formaction"}
            if name.startswith("on") or (leads and (value or "").strip().lower().startswith("javascript:")):
                self.found.append((tag, name))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "\"' onfocus=alert(1) x='", "javascript:alert(1)"]
)
def test_what_was_asked_is_escaped(client, hostile):
    hostile = quote(hostile)
    for address in (
        f"/en/search/?q=border{hostile}",
        f"/en/search/?q={hostile}&kind={hostile}",
        f"/en/actions/?text={hostile}",
        f"/en/actions/?agency={hostile}",
        f"/en/silent/?days={hostile}",
        f"/en/events/?since={hostile}",
        f"/en/events/?x={hostile}",
        f"/en/report-error/?about={hostile}&sent={hostile}",
        f"/en/{hostile}/?{hostile}",
        f"/en/?x={hostile}&{hostile}={hostile}",
    ):
        reader = Active()
        reader.feed(client.get(address).content.decode())
        assert reader.found == [], address


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/en/%00/",
        f"/{SURROGATE}",
        f"/en/{SURROGATE}/",
        "/..%2f..%2fetc/passwd",
        "/en/..%2f..%2fsettings.py",
        "/static/..%2f..%2fsecret_key",
        "/static/%00",
        f"/static/{SURROGATE}",
        "/en/" + "x/" * 3_000,
        "/" + "x" * 9_000,
        "/en//",
        "/xx/",
        "/EN/",
        "/en/.env",
        "/.git/config",
        "/en/%0d%0aLocation:%20https:%2f%2felsewhere.example/",
    ],
    ids=lambda text: text[:40],
)
def test_odd_addresses_are_not_found(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert '<html lang="' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/en/%0d%0aX-Forged:%201", "/%0aevil", "//elsewhere.example", "/en/actions/..%2f%2felsewhere.example"],
)
def test_a_missing_slash_leads_nowhere_else(client, address):
    response = client.get(address)
    assert response.status_code in {301, 302, 400, 404}
    assert "X-Forged" not in response
    assert not response.get("Location", "/").startswith(("//", "http"))


@pytest.mark.parametrize("path", ["//elsewhere.example", "///elsewhere.example/en", "/\\elsewhere.example"])
def test_two_slashes_lead_to_no_other_host(client, path):
    response = client.get("/", PATH_INFO=path)
    assert response.status_code in {301, 404}
    assert not response.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize(
    "query", ["actions/?line=1%00", "actions/?text=%00", "events/?kind=output%00", "search/?q=a%00b"]
)
def test_a_nul_is_refused(client, query):
    refused(client, f"/es/{query}", "es", among=frozenset({400}))


@pytest.mark.parametrize("page", ["silent/?days", "events/?page"])
def test_a_nul_is_no_number(client, page):
    refused(client, f"/es/{page}=1%00", "es", among=frozenset({400}))


def test_many_parameters_are_answered(client):
    many = "&".join(f"p{number}=1" for number in range(500))
    refused(client, f"/en/actions/?{many}", "en", among=frozenset({400}))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "address",
    [
        "actions/?pillar=I&pillar=II",
        "actions/?piller=I",
        "actions/?agency=nobody",
        "actions/?page=1",
        "events/?kind=output&kind=output",
        "events/?status=promised",
        "events/?action=no-such-action",
        "events/?source=no-such-source",
        "silent/?days=30&days=60",
        "silent/?day=30",
        "search/?q=border&q=port",
        "search/?q=border&pilar=I",
        "evidence/border.flows/ask/?port=laredo&port=laredo",
        "evidence/border.flows/ask/?puerto=laredo",
        "download/actions.csv?pillar=I&pillar=II",
        "download/actions.csv?agency=nobody",
        "download/events.json?source=no-such-source",
        "download/sources.csv?pillar=I",
        "download/record.json?pillar=I",
    ],
)
def test_what_is_unknown_or_given_twice_is_refused(client, address, language):
    refused(client, f"/{language}/{address}", language, among=frozenset({400}))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff" * 400_000, "application/x-www-form-urlencoded"),
        (b"text=" + b"x" * 400_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"p%d=1" % number for number in range(200)), "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"{}", "application/json"),
        (b"", "text/plain"),
        (b"%ff%fe=%00", "application/x-www-form-urlencoded"),
        (b"text=x", "application/x-www-form-urlencoded; charset=no-such"),
    ],
    ids=["bytes", "long", "many", "no-boundary", "broken", "json", "empty", "not-utf8", "charset"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_odd_bodies_are_refused(client, body, kind, language):
    response = client.generic("POST", f"/{language}/report-error/", body, content_type=kind)
    assert 400 <= response.status_code < 500
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "BREW", "PROPFIND", "CONNECT", "OPTIONS"])
def test_odd_verbs_are_refused(client, method):
    assert client.generic(method, "/en/").status_code == 405
