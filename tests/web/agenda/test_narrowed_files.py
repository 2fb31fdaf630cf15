"""A list and its file are narrowed alike, and each page links the file of what it shows."""

import datetime as dt
import html
import json
import re

import pytest
from django.test import Client

from hled.web.agenda import queries

ACTION = re.compile(r'href="/en/actions/([\w.-]+)/"')
FILE = re.compile(r'href="(/en/download/[\w.]+(?:\?[^"]*)?)"')
ACTIONS = [
    "pillar=II",
    "line=5",
    "status=promised",
    "silent-for=1200",
    "text=border",
    "adjacent=yes",
    "agency=us-state",
]


def files(client: Client, address: str) -> list[str]:
    """The downloads that a page links."""
    return [html.unescape(link) for link in FILE.findall(client.get(address).content.decode())]


def ids(client: Client, address: str) -> set[str]:
    found = client.get(address)
    assert found.status_code == 200, address
    return {item["id"] for item in json.loads(found.content)}


@pytest.mark.parametrize("query", [*ACTIONS, "pillar=I&status=under_way&silent-for=100"])
def test_the_file_of_actions_holds_what_its_page_shows(loaded, client, query):
    page = client.get(f"/en/actions/?{query}").content.decode()
    shown = set(ACTION.findall(page[page.index('class="rows"') :]))
    assert shown
    assert f"/en/download/actions.csv?{query}" in files(client, f"/en/actions/?{query}")
    assert (
        ids(client, f"/en/download/actions.json?{query}") == shown < ids(client, "/en/download/actions.json")
    )
    rows = client.get(f"/en/download/actions.csv?{query}").content.decode().splitlines()
    assert len(rows) == len(shown) + 1


def test_the_file_of_events_holds_what_its_pages_show(loaded, client):
    query = "kind=output&since=2022"
    listed = client.get(f"/en/events/?{query}").content.decode()
    shown = set(re.findall(r'<li id="([\w.-]+)">', listed))
    assert 0 < len(shown) < 50
    assert f"/en/download/events.json?{query}" in files(client, f"/en/events/?{query}&page=1&pillar=")
    assert ids(client, f"/en/download/events.json?{query}") == shown


def test_the_whole_list_is_offered_too(loaded, client):
    for page in ("actions", "events"):
        assert f"/en/download/{page}.csv" in files(client, f"/en/{page}/?pillar=I")
        assert files(client, f"/en/{page}/") == [f"/en/download/{page}.csv", f"/en/download/{page}.json"]


@pytest.mark.parametrize("days", [180, 1095])
def test_silence_offers_the_actions_it_lists(loaded, client, days):
    address = f"/en/silent/?days={days}"
    page = client.get(address).content.decode()
    found = queries.silent(days, dt.datetime.now(dt.UTC).date())
    listed = {item.id for item in (*found.actions, *found.never, *found.sections)}
    assert listed <= set(ACTION.findall(page))
    csv, as_json, *announced = files(client, address)
    assert csv.startswith("/en/download/actions.csv?")
    assert ids(client, as_json) == listed
    assert announced == ["/en/download/deliverables.csv", "/en/download/deliverables.json"]


@pytest.mark.parametrize(("language", "words"), [("en", "border+crossing"), ("es", "cruce+fronterizo")])
def test_search_offers_the_same_as_json(loaded, client, language, words):
    response = client.get(f"/{language}/search/?q={words}&kind=&pillar=I&page=1")
    (link,) = re.findall(r'href="(/api/v1/search[^"]*)"', response.content.decode())
    found = json.loads(client.get(html.unescape(link)).content)
    shown = response.context["found"]
    assert [item["key"] for item in found["items"]] == [hit.key for hit in shown.hits]
    assert (found["total"], found["language"]) == (shown.total, language)
