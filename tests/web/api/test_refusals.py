"""What the API refuses, it refuses as problem+json in the asked language, with a code, never with a 500."""

import json
import re

import pytest
from django.test import Client

from hled.language import Bilingual
from hled.web.agenda import queries as agenda
from hled.web.docs import queries as docs
from hled.web.evidence import actions, policy

WRONG = [
    ("/actions?pillar=V", "api.bad_parameters", "pillar"),
    ("/actions?pillar=", "api.bad_parameters", "pillar"),
    ("/actions?line=16", "api.bad_parameters", "line"),
    ("/actions?line=5.0", "api.bad_parameters", "line"),
    ("/actions?line=1_0", "api.bad_parameters", "line"),
    ("/actions?limit=-1", "api.bad_parameters", "limit"),
    ("/actions?limit=501", "api.bad_parameters", "limit"),
    ("/actions?offset=" + "9" * 400, "api.bad_parameters", "offset"),
    ("/actions?silent-for=180d", "api.bad_parameters", "silent-for"),
    ("/actions?silent_for=180", "api.bad_parameters", "silent_for"),
    ("/actions?adjacent=maybe", "api.bad_parameters", "adjacent"),
    ("/actions?pillar=I&pillar=II", "api.bad_parameters", "pillar"),
    ("/actions?text=" + "x" * 5000, "api.bad_parameters", "text"),
    ("/events?since=2022-13", "api.bad_parameters", "since"),
    ("/events?until=2021-02-29", "api.bad_parameters", "until"),
    ("/events?action=a%00b", "api.bad_parameters", "action"),
    ("/events?kind=party", "api.bad_parameters", "kind"),
    ("/overview?debug=1", "api.bad_parameters", "debug"),
    ("/openapi.json?x=1", "api.bad_parameters", "x"),
    ("/search?q=frontera", "api.bad_parameters", "language"),
    ("/search?language=es", "api.bad_parameters", "q"),
    ("/silent?days=0", "api.bad_parameters", "days"),
    ("/record/entries?from=-1", "api.bad_parameters", "from"),
    ("/evidence/questions/border.flows/answer?port=atlantis", "evidence.bad_parameters", "port"),
]
NOWHERE = [
    ("/actions/no-such", "agenda.not_on_record"),
    ("/actions/no%00such", "agenda.not_on_record"),
    ("/actions/%ED%A0%80", "agenda.not_on_record"),
    ("/pillars/i", "agenda.not_on_record"),
    ("/lines/16", "agenda.not_on_record"),
    ("/lines/" + "9" * 300, "agenda.not_on_record"),
    ("/lines/-1", "not_found"),
    ("/lines/" + "9" * 5000, "not_found"),
    ("/sources/%00", "agenda.not_on_record"),
    ("/agencies/nobody", "directory.not_found"),
    ("/bodies/nobody", "directory.not_found"),
    ("/meetings/%00", "meetings.not_found"),
    ("/record/entries/999999", "record.no_such_entry"),
    ("/record/entries/" + "9" * 300, "record.no_such_entry"),
    ("/evidence/questions/what.ever", "evidence.unknown_question"),
    ("/evidence/questions/what.ever/answer", "evidence.unknown_question"),
    ("/evidence/runs/" + "f" * 64, "evidence.unknown_run"),
    ("/evidence/runs/%00", "evidence.unknown_run"),
    ("/nowhere", "not_found"),
]
ODD = [
    "%00",
    "%ED%A0%80",
    "%F0%9F%9B%82",
    "a" * 3000,
    "-1",
    "9" * 30,
    "%27%22%3B--",
    "%",
    "..%2F..",
    "%E2%80%AE",
]
ODD_PLACES = [
    "/actions?agency=ODD",
    "/actions?text=ODD",
    "/actions?ODD=ODD",
    "/actions?lang=ODD",
    "/actions/ODD",
    "/events?action=ODD",
    "/events?source=ODD",
    "/events?since=ODD",
    "/search?q=ODD&language=en",
    "/search?q=a&language=ODD&kind=ODD&pillar=ODD&status=ODD&page=ODD",
    "/record/entries?from=ODD",
    "/record/entries/ODD",
    "/pillars/ODD",
    "/sources/ODD",
    "/agencies/ODD",
    "/bodies/ODD",
    "/meetings/ODD",
    "/evidence/questions/ODD",
    "/evidence/questions/ODD/answer",
    "/evidence/questions/border.flows/answer?port=ODD&ODD=1",
    "/evidence/runs/ODD",
]


def problem(client: Client, address: str, language: str = "en", **more: object) -> dict:
    response = client.get(f"/api/v1{address}", headers={"Accept-Language": language}, **more)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == language
    found = json.loads(response.content)
    assert found["status"] == response.status_code
    assert found["type"] == f"/{language}/docs/reference/errors/#{found['code']}"
    return found


@pytest.mark.parametrize(("address", "code", "parameter"), WRONG)
def test_a_wrong_parameter_is_named_in_both_languages(client, address, code, parameter):
    english, spanish = problem(client, address), problem(client, address, "es")
    assert english["status"] == spanish["status"] == 400
    assert english["code"] == spanish["code"] == code
    assert [found["parameter"] for found in english["problems"]] == [parameter]
    assert english["title"] != spanish["title"]
    assert english["problems"][0]["message"] != spanish["problems"][0]["message"]


def test_every_wrong_parameter_is_listed(client):
    found = problem(client, "/actions?pillar=V&line=99&limit=x")
    assert {item["parameter"] for item in found["problems"]} == {"pillar", "line", "limit"}
    pillar = next(item for item in found["problems"] if item["parameter"] == "pillar")
    assert "I, II, III, IV" in pillar["message"]


@pytest.mark.parametrize(("address", "code"), NOWHERE)
def test_what_is_not_there_is_not_found_in_both_languages(client, address, code):
    english, spanish = problem(client, address), problem(client, address, "es")
    assert (english["status"], english["code"]) == (404, code)
    assert (spanish["status"], spanish["code"]) == (404, code)
    assert english["title"] != spanish["title"]


def test_the_address_may_ask_for_the_language(client):
    response = client.get("/api/v1/lines/99?lang=es", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "es"
    assert "No consta" in json.loads(response.content)["title"]
    refused = client.get("/api/v1/lines/5?lang=fr")
    assert refused.status_code == 400
    assert json.loads(refused.content)["problems"][0]["message"] == "Possible values: en, es."


@pytest.mark.parametrize("text", ["%00", "---", "%F0%9F%9B%82", "+".join(f"w{n}x" for n in range(13))])
def test_a_text_that_cannot_be_searched_is_refused(client, text):
    for address in (f"/search?language=es&q={text}", f"/actions?text={text}"):
        found = problem(client, address, "es")
        assert (found["status"], found["code"]) == (400, "search.refused")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/api/v1/actions", "/api/v1/openapi.json", "/api/v1/docs"])
def test_nothing_but_reading_is_allowed(client, method, address):
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(response.content)["code"] == "api.method_not_allowed"


def test_a_stranger_form_is_told_the_same(settings):
    response = Client(enforce_csrf_checks=True).post("/api/v1/actions", {"a": "b"})
    assert response.status_code == 405


def test_options_says_what_is_allowed(client):
    response = client.options("/api/v1/actions")
    assert (response.status_code, response.content, response["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_a_quota_is_429(client, monkeypatch):
    monkeypatch.setattr(policy, "MAX_OPEN", 0)
    address = "/evidence/questions/border.flows/answer?port=roma&measure=buses&last_year=2003"
    found = problem(client, address, "es")
    assert (found["status"], found["code"]) == (429, "evidence.quota")


def test_a_calculation_that_failed_is_503(client):
    address = "/evidence/questions/border.flows/answer?port=roma&measure=buses&last_year=2004"
    run_id = json.loads(client.get(f"/api/v1{address}").content)["run_id"]
    task = actions.take()
    assert task is not None
    actions.fail(task, code="evidence.too_long", message=Bilingual("Too long.", "Demasiado largo."))
    for place in (address, f"/evidence/runs/{run_id}"):
        found = problem(client, place, "es")
        assert (found["status"], found["code"], found["title"]) == (
            503,
            "evidence.too_long",
            "Demasiado largo.",
        )


def test_a_fault_of_ours_is_500_without_details(client, monkeypatch):
    def fails(_today: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(agenda, "overview", fails)
    client.raise_request_exception = False
    found = problem(client, "/overview", "es")
    assert (found["status"], found["code"]) == (500, "failed")
    assert "secret" not in json.dumps(found)


def test_too_many_requests_are_429(settings):
    settings.RATE_LIMITS = True
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.get(f"/api/v1/record/head?lang=es&z={n}") for n in range(200)]
    refused = [response for response in answers if response.status_code == 429]
    assert refused
    assert refused[0]["Content-Type"] == "application/problem+json"
    assert refused[0]["Content-Language"] == "es"
    assert int(refused[0]["Retry-After"]) >= 1


@pytest.mark.parametrize("value", ODD)
def test_odd_values_are_never_our_fault(client, value):
    for place in ODD_PLACES:
        address = f"/api/v1{place}".replace("ODD", value)
        assert client.get(address).status_code in {200, 400, 404}, address


def test_a_thousand_parameters_are_refused(client):
    response = client.get("/api/v1/actions?" + "&".join(f"p{n}=1" for n in range(1000)))
    assert response.status_code == 400
    assert json.loads(response.content)["code"]


def test_every_code_is_explained_in_the_documents(client):
    page = (docs.folder() / "reference/errors.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^### `([a-z_.]+)`$", page, re.MULTILINE))
    assert {"api.bad_parameters", "api.method_not_allowed", "record.no_such_entry"} <= explained
