"""The feed of changes: well-formed Atom, stable and unique ids, dates that every reader understands."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from hled.language import LANGUAGES, Bilingual
from hled.web.agenda import actions
from hled.web.record import queries as record
from hled.workplan import attachments, bundled_record

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
RECORD = bundled_record()
both = pytest.mark.parametrize("language", LANGUAGES)


def feed(client: Client, language: str) -> ET.Element:
    """Fetch and parse; XML that is not well-formed fails here."""
    response = client.get(f"/{language}/changes.atom")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert b"<!DOCTYPE" not in response.content
    return ET.XML(response.content)


def one(node: ET.Element, name: str) -> str:
    (found,) = node.findall(ATOM + name)
    assert found.text
    return found.text


def link(node: ET.Element, relation: str) -> str:
    (found,) = [item for item in node.findall(ATOM + "link") if item.get("rel") == relation]
    return found.get("href") or ""


@both
def test_the_feed_says_what_it_is(loaded, client, language):
    root = feed(client, language)
    assert root.tag == ATOM + "feed"
    assert root.get(XML + "lang") == language
    assert link(root, "self") == one(root, "id") == f"http://testserver/{language}/changes.atom"
    assert link(root, "alternate") == f"http://testserver/{language}/"
    assert one(root, "title")
    assert {"en": "no statement", "es": "gobierno"}[language] in one(root, "subtitle")
    assert root.findall(f"{ATOM}author/{ATOM}name")[0].text


@both
def test_entries_are_the_last_of_the_record(loaded, client, language):
    entries = feed(client, language).findall(ATOM + "entry")
    marks = record.newest(50)
    assert [one(entry, "id") for entry in entries] == [f"urn:hled:entry:{mark.seq}" for mark in marks]
    assert len({one(entry, "id") for entry in entries}) == len(entries) == 50
    for entry, mark in zip(entries, marks, strict=True):
        assert one(entry, "updated") == mark.at
        assert one(entry, "title").strip() == one(entry, "title")


@both
def test_dates_are_rfc_3339_and_the_feed_is_as_new_as_its_first_entry(loaded, client, language):
    root = feed(client, language)
    dates = [item.text or "" for item in root.iter(ATOM + "updated")]
    assert all(RFC3339.fullmatch(date) for date in dates)
    moments = [dt.datetime.fromisoformat(date) for date in dates]
    assert all(moment.tzinfo is not None for moment in moments)
    assert moments[0] == max(moments)


@both
def test_each_entry_leads_to_a_page_in_the_language_of_the_feed(loaded, client, language):
    addresses = {link(entry, "alternate") for entry in feed(client, language).findall(ATOM + "entry")}
    assert addresses
    for address in addresses:
        path = address.removeprefix("http://testserver").split("#")[0]
        assert path.startswith(f"/{language}/")
        assert client.get(path).status_code == 200


@both
def test_a_new_entry_comes_first_with_hostile_text_escaped(loaded, client, language):
    note = Bilingual("<b>&amp; ]]> note</b>", "<b>&amp; ]]> nota</b>")
    data = b"text & <markup>\n"
    source = RECORD.sources[0].id
    made = attachments.described(source, "a.txt", data, language="en", note=note)
    actions.attach(made, data)
    first = feed(client, language).findall(ATOM + "entry")[0]
    assert link(first, "alternate") == f"http://testserver/{language}/sources/{source}/"
    assert (
        one(first, "title")
        == {
            "en": "A copy of an official text was attached",
            "es": "Se adjuntó una copia de un texto oficial",
        }[language]
    )


def test_an_empty_record_has_a_well_formed_feed(empty, client):
    root = feed(client, "es")
    assert root.findall(ATOM + "entry") == []
    assert RFC3339.fullmatch(one(root, "updated"))


def test_titles_are_in_the_language_of_the_feed(loaded, client):
    english, spanish = (
        [one(entry, "title") for entry in feed(client, language).findall(ATOM + "entry")]
        for language in LANGUAGES
    )
    assert len(english) == len(spanish)
    assert sum(a != b for a, b in zip(english, spanish, strict=True)) > 40
