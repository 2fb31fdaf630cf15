"""Limits of requests: the arithmetic of the buckets, who counts as one asker, and what too many are told."""

import json
import tracemalloc

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hled.web import rate_limit
from hled.web.agenda.models import ErrorReport
from hled.web.middleware import RateLimit
from hled.web.rate_limit import Buckets, client_key
from tests.house import sampling

SIZES = st.integers(1, 50)
RATES = st.floats(0.1, 100)
PAUSES = st.lists(st.floats(0, 30), max_size=60)


@given(SIZES, RATES, PAUSES)
def test_never_more_than_the_bucket_and_what_flowed_in(size, rate, pauses):
    buckets, now, let_through = Buckets(size, rate), 0.0, 0
    for pause in pauses:
        now += pause
        let_through += buckets.take("one", now) == 0
        assert let_through <= size + now * rate + 1e-6


@given(SIZES, RATES, PAUSES)
def test_who_waits_as_told_is_let_in(size, rate, pauses):
    buckets, now = Buckets(size, rate), 0.0
    for pause in pauses:
        now += pause
        wait = buckets.take("one", now)
        assert 0 <= wait <= 1 / rate
        if wait:
            now += wait + 1e-6
            assert buckets.take("one", now) == 0


@given(SIZES, RATES)
def test_a_full_bucket_is_let_through_at_once_and_no_more(size, rate):
    buckets = Buckets(size, rate)
    assert [buckets.take("one", 0.0) for _ in range(size)] == [0.0] * size
    assert buckets.take("one", 0.0) == pytest.approx(1 / rate)


def test_askers_do_not_empty_the_buckets_of_others():
    buckets = Buckets(1, 1.0)
    assert buckets.take("one", 0.0) == 0
    assert buckets.take("one", 0.0) > 0
    assert buckets.take("two", 0.0) == 0


def test_a_clock_that_stands_still_or_runs_back_gives_nothing():
    buckets = Buckets(1, 1.0)
    assert buckets.take("one", 100.0) == 0
    assert buckets.take("one", 100.0) > 0
    assert buckets.take("one", 40.0) > 0


def test_memory_is_bounded_and_the_longest_unseen_is_forgotten(monkeypatch):
    monkeypatch.setattr(rate_limit, "MAX_CLIENTS", 50)
    buckets = Buckets(1, 0.001)
    buckets.take("first", 0.0)
    for number in range(49):
        buckets.take(str(number), 0.0)
    assert buckets.take("first", 0.0) > 0  # seen again: now the youngest
    for number in range(49, 98):
        buckets.take(str(number), 0.0)
    assert buckets.take("first", 0.0) > 0
    assert buckets.take("0", 0.0) == 0  # forgotten
    assert len(buckets._levels) == 50


def test_a_flood_of_addresses_stays_small():
    buckets = Buckets(40, 5.0)
    tracemalloc.start()
    for number in range(rate_limit.MAX_CLIENTS + 5_000):
        buckets.take(f"2001:db8:{number:x}::/64", 0.0)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(buckets._levels) == rate_limit.MAX_CLIENTS
    assert used < 16 * 1024 * 1024


def key(address: str) -> str:
    return client_key(RequestFactory().get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),  # IPv4 as a socket of both kinds shows it
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "unix:", True),
        ("192.0.2.1", "not an address", False),
    ],
)
def test_one_person_is_one_asker(one, other, same):
    assert (key(one) == key(other)) is same


BURST = 3
REPORT = {"about": "", "text": "The date is wrong by a year.", "source": "https://example.org/page"}


def exhausted() -> Client:
    """A client for which as many pages were made as it may have at once, at a clock that hardly moves."""
    client = Client(headers={"accept-language": "es"})
    for number in range(BURST):
        assert client.get(f"/en/actions/?text=frontera&page={number + 1}").status_code != 429
    return client


@pytest.fixture
def slow(monkeypatch):
    """Buckets that do not fill again during a test."""
    limits = tuple((pattern, BURST, 0.25) for pattern, _, _ in RateLimit.LIMITS)
    monkeypatch.setattr(RateLimit, "LIMITS", limits)


PAGES = [
    "/en/search/?q=border",
    "/es/search/",
    "/en/silent/?days=7",
    "/es/download/actions.csv",
    "/en/evidence/",
    "/es/evidence/nothing/",
    "/es/report-error/",
    "/en/nowhere/",
]


@pytest.mark.parametrize("address", PAGES)
def test_too_many_are_told_when_to_come_back_in_both_languages(loaded, slow, address):
    response = exhausted().get(address)
    page = response.content.decode()
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 5
    assert f'<html lang="{address[1:3]}"' in page
    seconds = response["Retry-After"]
    assert f"Too many requests from your address. Try again in {seconds} s." in page
    assert f"Demasiadas solicitudes desde su dirección. Intente de nuevo en {seconds} s." in page
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize(("query", "title"), [("?lang=en", "Too many requests"), ("?lang=es", "Demasiadas")])
def test_programs_are_told_as_problem_json(loaded, slow, query, title):
    address = f"/api/v1/overview{query}"
    response = exhausted().get(address)
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 1 <= int(response["Retry-After"]) <= 5
    body = json.loads(response.content)
    assert (body["status"], body["code"]) == (429, "too_many_requests")
    assert body["title"].startswith(title)


@pytest.mark.slow
def test_pages_made_anew_for_every_invented_address_are_bounded(loaded):
    client = Client()
    codes = [client.get(f"/en/actions/?text=frontera{number}").status_code for number in range(200)]
    assert 429 not in codes[:120]
    assert codes.count(429) > 20


@pytest.mark.slow
def test_a_visit_that_walks_the_site_meets_no_limit(loaded):
    client = Client()
    addresses = [address for language in ("en", "es") for address in sampling.pages(language).values()]
    assert len(addresses) > 40
    refused = [address for address in 4 * addresses if client.get(address).status_code == 429]
    assert refused == []


def test_kept_and_unchanged_pages_are_free(loaded, slow):
    client = Client()
    for language in ("en", "es"):
        etag = client.get(f"/{language}/sources/")["ETag"]
    client.get("/es/nowhere/")
    assert client.get("/es/nowhere/").status_code == 429
    for _ in range(20):
        assert client.get("/en/sources/").status_code == 200
        assert client.get("/es/sources/", headers={"If-None-Match": etag}).status_code == 304


def test_health_and_other_askers_go_on(loaded, slow):
    client = exhausted()
    assert client.get("/en/search/?q=trade").status_code == 429
    assert client.get("/health").status_code == 200
    assert client.get("/ready").status_code == 200
    assert client.get("/en/search/?q=border", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_all_pages_share_one_bucket(loaded, slow):
    client = exhausted()
    assert client.get("/es/search/").status_code == 429
    assert client.get("/api/v1/overview").status_code == 429


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_stranger_sends_five_reports_at_once_then_one_a_minute(loaded, language):
    client = Client()
    codes = [client.post(f"/{language}/report-error/", REPORT).status_code for _ in range(7)]
    assert codes == [302] * 5 + [429] * 2
    refused = client.post("/es/report-error/", REPORT)
    assert 50 <= int(refused["Retry-After"]) <= 61
    assert client.get(f"/{language}/report-error/").status_code == 200
    assert ErrorReport.objects.count() == 5


def test_an_invented_forwarding_header_is_not_believed(loaded, slow):
    client = exhausted()
    assert client.get("/en/search/", headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 429


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("192.0.2.9", "192.0.2.9"),
        ("198.51.100.1, 192.0.2.9", "192.0.2.9"),  # what the asker wrote stands before what the proxy saw
        ("unknown,2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("192.0.2.9, ", "unknown"),
        ("192.0.2.9, <script>", "unknown"),
        ("", "unknown"),
    ],
)
def test_behind_a_proxy_the_last_hop_is_the_asker(settings, header, expected):
    settings.PROXY = True
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": header})
    assert client_key(request) == expected


def test_behind_a_proxy_each_asker_has_a_bucket(loaded, slow, settings):
    settings.PROXY = True
    client = Client()
    one, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    codes = [client.get(f"/en/search/?q=a{n}", headers=one).status_code for n in range(BURST + 1)]
    assert codes[-1] == 429
    assert client.get("/en/search/?q=b", headers=other).status_code == 200


def test_limits_can_be_switched_off_by_the_operator_only(loaded, slow, settings):
    client = exhausted()
    settings.RATE_LIMITS = False
    assert client.get("/en/search/").status_code == 200
