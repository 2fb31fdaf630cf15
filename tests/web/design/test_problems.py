"""Problems as people or programs read them, and the language in which a request is answered."""

import json

import pytest
from django.test import RequestFactory

from hled.language import Bilingual
from hled.web.design.context import page
from hled.web.design.problems import asked_language, problem

MESSAGE = Bilingual("It is <wrong>.", "Está <mal>.")


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/en/", "es", "en"),
        ("/es/nowhere", "en", "es"),
        ("/", "es-MX,es;q=0.9,en;q=0.1", "es"),
        ("/", "fr,de", "en"),
        ("/", "", "en"),
        ("/", "*", "en"),
        ("/", "x" * 5_000, "en"),
        ("/nowhere", "en-GB,es;q=0.2", "en"),
        ("/api/v1/x?lang=es", "en", "es"),
        ("/api/v1/x?a=1&lang=en", "es", "en"),
        ("/api/v1/x?lang=fr", "es", "es"),
        ("/api/v1/x?xlang=es", "en", "en"),
        ("/api/v1/x?" + "p=1&" * 2_000 + "lang=es", "en", "es"),
        ("/fr/", "es", "es"),
        ("/en/?lang=es", "es", "en"),  # a page has one language: that of its address
    ],
)
def test_the_language_of_an_answer(path, accepted, language):
    assert asked_language(RequestFactory().get(path, headers={"Accept-Language": accepted})) == language


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_says_it_in_both_languages_escaped(language):
    response = problem(RequestFactory().get(f"/{language}/x/"), 404, "code", MESSAGE)
    body = response.content.decode()
    assert response.status_code == 404
    assert "It is &lt;wrong&gt;." in body
    assert "Está &lt;mal&gt;." in body
    other = {"en": "es", "es": "en"}[language]
    assert f'lang="{other}">{"Está" if other == "es" else "It is"}' in body


def test_a_program_reads_rfc_9457():
    request = RequestFactory().get("/api/v1/x?lang=es")
    found = problem(request, 400, "a.code", MESSAGE, problems=[("days", Bilingual("No.", "No, no."))])
    assert found["Content-Type"] == "application/problem+json"
    assert found["Content-Language"] == "es"
    assert json.loads(found.content) == {
        "type": "/es/docs/reference/errors/#a.code",
        "title": "Está <mal>.",
        "status": 400,
        "code": "a.code",
        "problems": [{"parameter": "days", "message": "No, no."}],
    }


def test_without_listed_problems_there_is_no_empty_list():
    assert "problems" not in json.loads(problem(RequestFactory().get("/api/"), 404, "c", MESSAGE).content)


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/en/", "/es/"),
        ("/en/actions/x/?a=1&b=%C3%B1", "/es/actions/x/?a=1&b=%C3%B1"),
        ("/nowhere", "/es/"),
        ("/english/", "/es/"),
    ],
)
def test_the_switch_of_language_keeps_the_page(address, there):
    languages = page(RequestFactory().get(address))["languages"]
    assert [item["url"] for item in languages if item["code"] == "es"] == [there]
    assert [item["current"] for item in languages].count(True) == 1


@pytest.mark.parametrize(
    ("accepted", "home"), [("es-MX", "/es/"), ("en-US", "/en/"), ("fr", "/en/"), ("", "/en/")]
)
def test_the_way_in_follows_the_browser(db, client, accepted, home):
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]
