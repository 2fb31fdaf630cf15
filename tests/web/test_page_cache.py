"""Kept pages: an unchanged page costs nothing, a changed one is never shown old, memory has an end."""

import datetime as dt
import gzip
import threading
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from hled.web import kept, page_cache
from hled.web.kept import from_record
from hled.web.page_cache import PublicPages
from hled.workplan import bundled_record

ADDRESS = "/en/sources/"
ACTION = bundled_record().actions[0].id
PAGES = ["/en/", "/es/", f"/en/actions/{ACTION}/", "/es/search/?q=frontera", "/en/changes.atom"]
FILES = ["/en/download/actions.csv", "/es/calendar.ics", "/api/v1/overview"]


@pytest.fixture
def runs(loaded, monkeypatch) -> list[str]:
    """The addresses for which a view ran."""
    seen: list[str] = []
    remember = PublicPages.process_view

    def process_view(
        self: PublicPages, request: HttpRequest, view: Callable[..., object], *rest: object
    ) -> None:
        seen.append(request.get_full_path())
        remember(self, request, view, *rest)

    monkeypatch.setattr(PublicPages, "process_view", process_view)
    return seen


def ask(client: Client, etag: str, address: str = ADDRESS) -> HttpResponse:
    return client.get(address, headers={"If-None-Match": etag})


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_an_unchanged_page_is_304_before_any_view(runs, client, address):
    first = client.get(address)
    assert runs == [address]
    again = ask(client, first["ETag"], address)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "Content-Type" not in again
    assert runs == [address]


def test_an_unchanged_page_costs_one_query(runs, client, django_assert_num_queries):
    etag = client.get(ADDRESS)["ETag"]
    with django_assert_num_queries(1):
        ask(client, etag)


def test_every_worker_gives_the_same_etag(runs):
    first, second = Client().get(ADDRESS), Client().get(ADDRESS)
    assert first["ETag"] == second["ETag"]
    assert first.content == second.content
    assert len(runs) == 2


def test_a_worker_without_the_page_answers_304_too(runs, client):
    etag = client.get(ADDRESS)["ETag"]
    assert ask(Client(), etag).status_code == 304


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("{0}", 304),
        ('"{1}"', 304),
        ('W/"{1}"', 304),
        ('"other", {0}', 304),
        ('W/"other",W/"{1}" , "more"', 304),
        ("*", 304),
        ('"other"', 200),
        ("", 200),
        ("no quotes", 200),
        ('"{1}x"', 200),
        ('"x{1}"', 200),
        ("{1}", 200),
        ('W/"x", W/', 200),
    ],
)
def test_validators_are_read_as_http_says(runs, client, form, status):
    etag = client.get(ADDRESS)["ETag"]
    assert ask(client, form.format(etag, etag.split('"')[1])).status_code == status


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_both_bodies_share_a_validator_that_is_weak(runs, client, accepted):
    first = client.get(ADDRESS, headers={"Accept-Encoding": accepted})
    assert first["ETag"].startswith('W/"')
    for other in ("gzip", "identity"):
        headers = {"Accept-Encoding": other, "If-None-Match": first["ETag"]}
        again = client.get(ADDRESS, headers=headers)
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_kept_pages_may_be_stored_but_are_asked_for_each_time(runs, client):
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "public, no-cache"
    assert response["ETag"].startswith('W/"')  # one for the plain and the packed body: not byte by byte
    assert "Accept-Encoding" in response["Vary"]


def test_a_new_entry_changes_every_page(runs, client):
    from hled.web.agenda import actions
    from hled.workplan import attachments

    etag = client.get(ADDRESS)["ETag"]
    source = bundled_record().sources[0].id
    data = b"The official text.\n"
    actions.attach(attachments.described(source, "official.txt", data, language="en"), data)
    changed = ask(client, etag)
    assert changed.status_code == 200
    assert changed["ETag"] != etag
    assert "official.txt" in client.get(f"/en/sources/{source}/").content.decode()


def test_a_kept_page_does_not_outlive_a_new_entry(runs, client):
    source = f"/en/sources/{bundled_record().sources[0].id}/"
    assert "later.txt" not in client.get(source).content.decode()
    from hled.web.agenda import actions
    from hled.workplan import attachments

    data = b"Published later.\n"
    actions.attach(attachments.described(source.split("/")[3], "later.txt", data, language="es"), data)
    assert "later.txt" in client.get(source).content.decode()
    assert runs == [source, source]


def test_language_address_query_and_host_each_have_their_own_etag(runs, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    found = [
        client.get("/en/sources/"),
        client.get("/es/sources/"),
        client.get("/en/bodies/"),
        client.get("/en/sources/?x=1"),
        client.get("/en/sources/", headers={"Host": "other.example"}),
        client.get("/en/sources/", secure=True),
    ]
    assert len({response["ETag"] for response in found}) == len(found)


def test_a_feed_names_the_host_that_was_asked(runs, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for host in ("one.example", "two.example", "one.example"):
        assert f"http://{host}/en/" in client.get("/en/changes.atom", headers={"Host": host}).content.decode()


def test_a_new_day_and_new_code_change_every_page(runs, client, monkeypatch):
    etag = client.get(ADDRESS)["ETag"]
    monkeypatch.setattr(page_cache, "code_version", lambda: "another")
    assert ask(client, etag).status_code == 200
    monkeypatch.undo()
    assert ask(client, etag).status_code == 304

    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)

    class Tomorrow(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return tomorrow

    monkeypatch.setattr(page_cache.dt, "datetime", Tomorrow)
    assert ask(client, etag).status_code == 200


def test_the_code_version_follows_what_is_shown(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("one", encoding="utf-8")
    (tmp_path / "note.bin").write_text("one", encoding="utf-8")
    monkeypatch.setattr(kept, "_shown_from", [tmp_path])
    version = kept.code_version.__wrapped__
    first = version()
    (tmp_path / "note.bin").write_text("two", encoding="utf-8")
    assert version() == first
    (tmp_path / "page.html").write_text("two", encoding="utf-8")
    assert version() != first


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_head_is_get_without_the_body(runs, address):
    client = Client()
    head = client.head(address)
    get = client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    hidden = {"X-Request-ID"}
    assert {k: v for k, v in head.items() if k not in hidden} == {
        k: v for k, v in get.items() if k not in hidden
    }
    assert len(get.content) == int(head["Content-Length"]) > 0


def test_a_head_first_never_empties_the_page(runs):
    client = Client()
    client.head(ADDRESS)
    assert client.get(ADDRESS).content == Client().get(ADDRESS).content != b""


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_compressed_and_plain_are_the_same_page(runs, client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert packed["Content-Type"] == plain["Content-Type"]
    assert packed.get("Content-Disposition") == plain.get("Content-Disposition")
    assert packed.get("Content-Language") == plain.get("Content-Language")


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip; q=0.0, br", "notgzip", "*;q=0"])
def test_who_takes_no_gzip_gets_none(runs, client, accepted):
    response = client.get(ADDRESS, headers={"Accept-Encoding": accepted})
    assert response.status_code == 200
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_the_kept_page_is_the_page_as_it_was_made(runs, client, address):
    first, second = client.get(address), client.get(address)
    assert runs == [address]
    assert first.content == second.content
    assert dict(first.items()) | {"X-Request-ID": ""} == dict(second.items()) | {"X-Request-ID": ""}


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_the_language_of_the_browser_changes_nothing(runs, address):
    found = [Client(headers={"Accept-Language": language}).get(address) for language in ("en", "es", "fr")]
    assert len({response.content for response in found}) == 1
    assert len({response["Content-Language"] for response in found}) == 1
    own = "en, es" if address.startswith("/api/") else address[1:3]
    assert found[0]["Content-Language"] == own


@pytest.mark.parametrize(
    "address", ["/en/nowhere/", "/en/silent/?days=soon", "/en/report-error/", "/en/search/?q=,"]
)
def test_errors_and_pages_with_a_cookie_are_never_kept(runs, client, address):
    first, second = client.get(address), client.get(address)
    assert first.status_code == second.status_code
    assert "public" not in first.get("Cache-Control", "")
    assert "ETag" not in first
    again = ask(client, "*", address)
    assert again.status_code == first.status_code


# The middleware alone, around a view of our own.


class Site:
    """Pages around one view; `made` counts how often it ran."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.made = 0
        self.answer = answer
        self.pages = PublicPages(self._respond)

    def _respond(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        self.pages.process_view(request, self.answer, (), {})
        return self.answer(request)

    def get(self, address: str = "/en/page/", **headers: str) -> HttpResponse:
        response = self.pages(RequestFactory().get(address, headers=headers))
        assert isinstance(response, HttpResponse)
        return response


@from_record
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{request.get_full_path()}</p>")


def test_only_marked_views_are_kept(loaded):
    unmarked = Site(lambda _request: HttpResponse("now"))
    marked = Site(page)
    for site in (unmarked, marked):
        site.get()
        site.get()
    assert (unmarked.made, marked.made) == (2, 1)
    assert "ETag" not in unmarked.get()


@from_record
def with_cookie(_request: HttpRequest) -> HttpResponse:
    response = HttpResponse("for you")
    response.set_cookie("who", "you")
    return response


@from_record
def unstorable(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("waiting", headers={"Cache-Control": "no-store"})


@from_record
def failing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("broken", status=500)


@from_record
def leading(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "/elsewhere"})


@pytest.mark.parametrize("view", [with_cookie, unstorable, failing, leading])
def test_what_is_for_one_reader_or_one_moment_is_never_kept(loaded, view):
    site = Site(view)
    responses = [site.get(), site.get(), site.get(**{"If-None-Match": "*"})]
    assert site.made == 3
    for response in responses:
        assert response.status_code == view(RequestFactory().get("/")).status_code
        assert "ETag" not in response


def test_memory_holds_a_number_of_pages(loaded, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_PAGES", 10)
    site = Site(page)
    for number in range(40):
        site.get(f"/en/search/?q={number}")
    assert len(site.pages._pages) == 10
    site.get("/en/search/?q=39")
    assert site.made == 40
    site.get("/en/search/?q=0")
    assert site.made == 41


def test_memory_holds_a_number_of_bytes(loaded, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_BYTES", 20_000)
    site = Site(from_record(lambda request: HttpResponse(request.GET["q"] + "x" * 5_000)))
    for number in range(40):
        site.get(f"/en/search/?q={number}")
    kept_bytes = [len(page.body) + len(page.packed) for page in site.pages._pages.values()]
    assert 0 < sum(kept_bytes) <= 20_000
    assert site.pages._bytes == sum(kept_bytes)


def test_pages_asked_for_often_stay(loaded, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_PAGES", 10)
    site = Site(page)
    site.get("/en/")
    for number in range(30):
        site.get(f"/en/search/?q={number}")
        site.get("/en/")
    assert site.made == 31


def test_a_page_larger_than_memory_is_sent_whole_and_not_kept(loaded, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_BYTES", 100)
    site = Site(from_record(lambda _request: HttpResponse("x" * 5_000)))
    assert site.get().content == b"x" * 5_000
    assert (len(site.pages._pages), site.pages._bytes) == (0, 0)


def test_a_long_address_is_answered_and_not_kept(loaded):
    site = Site(page)
    address = "/en/search/?q=" + "x" * page_cache.MAX_KEY
    assert address in site.get(address).content.decode()
    site.get(address)
    assert site.made == 2


def test_a_page_again_at_a_new_head_replaces_the_old_one(loaded, monkeypatch):
    site = Site(page)
    for version in ("one", "two", "three"):
        monkeypatch.setattr(page_cache, "code_version", lambda version=version: version)
        site.get()
    assert site.made == 3
    (only,) = site.pages._pages.values()
    assert site.pages._bytes == len(only.body) + len(only.packed)


def test_two_threads_at_once_get_the_same_whole_page(loaded, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_PAGES", 3)
    monkeypatch.setattr(page_cache, "_etag", lambda key: f'"{key}"')  # no database in the threads
    site, wrong = Site(page), []
    start = threading.Barrier(4)

    def read(first: int) -> None:
        start.wait()
        for step in range(200):
            address = f"/en/search/?q={(first + step) % 7}"
            if site.get(address).content.decode() != f"<p>{address}</p>":
                wrong.append(address)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(site.pages._pages) <= 3
    sizes = sum(len(item.body) + len(item.packed) for item in site.pages._pages.values())
    assert site.pages._bytes == sizes
