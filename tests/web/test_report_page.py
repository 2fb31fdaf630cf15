"""The form for errors: every problem at once, nothing typed is lost, nothing hostile is ever shown or run."""

import html
import re

import pytest
from django.test import Client

from hled.cli.__main__ import main
from hled.language import LANGUAGES
from hled.web.agenda.models import ErrorReport

GOOD = {
    "about": "urn:hled:action:supply-chain-working-group",
    "text": "La fecha está equivocada por un año.",
    "source": "https://example.org/página",
    "email": "",
}
BAD = {"about": "javascript:alert(1)", "text": "short", "source": "x", "email": "no address"}
HOSTILE = "<script>alert('1')</script>\"' onx=\"\x1b[31m\x9b31m\u202etxt"
ADDRESS = "/en/report-error/"
both = pytest.mark.parametrize("language", LANGUAGES)


def typed(page: str, name: str) -> str:
    """What stands in a field of the form."""
    found = re.search(
        rf'<textarea[^>]* name="{name}"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL
    ) or re.search(rf'<input[^>]*? name="{name}"[^>]*? value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


@both
def test_the_form_labels_and_explains_every_field(db, client, language):
    page = client.get(f"/{language}/report-error/").content.decode()
    for name in GOOD:
        assert f'<label class="usa-label" for="id_{name}">' in page
        assert f'aria-describedby="id_{name}_hint"' in page
        assert f'id="id_{name}_hint"' in page


@both
def test_a_page_passes_on_what_the_report_is_about(loaded, client, language):
    page = client.get(f"/{language}/actions/supply-chain-working-group/").content.decode()
    address = re.search(r'href="([^"]*report-error/\?about=[^"]*)"', page)
    assert address is not None
    form = client.get(html.unescape(address[1])).content.decode()
    assert typed(form, "about") == GOOD["about"]
    assert (
        client.post(f"/{language}/report-error/", {**GOOD, "about": typed(form, "about")}).status_code == 302
    )


@both
def test_every_problem_is_listed_and_what_was_typed_is_kept(db, client, language):
    response = client.post(f"/{language}/report-error/", BAD)
    page = response.content.decode()
    assert response.status_code == 400
    alert = re.search(r'<div class="errors" role="alert".*?</div>', page, re.DOTALL)
    assert alert is not None
    assert re.findall(r'href="#id_(\w+)"', alert[0]) == list(BAD)
    said = html.unescape(alert[0])
    words = {
        "en": ("not one of this register", "Say what is wrong", "Name a source", "not valid"),
        "es": ("no pertenece a este registro", "Diga qué está mal", "Indique una fuente", "no es válido"),
    }
    assert all(word in said for word in words[language])
    assert {name: typed(page, name) for name in BAD} == BAD
    assert ErrorReport.objects.count() == 0


@both
def test_what_is_much_too_long_is_refused_with_words_and_kept(db, client, language):
    long = {**GOOD, "text": "é" * 20_000, "source": "s" * 5_000, "email": "e" * 400, "about": "a" * 400}
    response = client.post(f"/{language}/report-error/", long)
    page = response.content.decode()
    assert response.status_code == 400
    assert page.count('<li><a href="#id_') == 4
    assert typed(page, "text") == long["text"]
    assert {"en": "in 10 to 5,000 characters", "es": "en 10 a 5,000 caracteres"}[language] in page


@pytest.mark.parametrize("missing", ["text", "source"])
def test_what_is_needed_must_be_there(db, client, missing):
    response = client.post(ADDRESS, {name: value for name, value in GOOD.items() if name != missing})
    assert response.status_code == 400
    assert f'href="#id_{missing}"' in response.content.decode()


@both
def test_a_kept_report_has_a_number_which_the_next_page_shows(db, client, language):
    response = client.post(f"/{language}/report-error/", GOOD)
    kept = ErrorReport.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/{language}/report-error/?sent={kept.pk}")
    assert (kept.about, kept.text, kept.source) == (GOOD["about"], GOOD["text"], GOOD["source"])
    assert kept.language == language
    assert kept.request_id == response["X-Request-ID"]
    page = client.get(response["Location"]).content.decode()
    assert {"en": f"Its number is {kept.pk}.", "es": f"{kept.pk}"}[language] in page
    assert 'role="status"' in page
    assert "<textarea" not in page


@pytest.mark.parametrize("sent", ["x", "-1", "<b>", "1+", "%00", "", "0", "%D9%A1", "1" * 5_000])
def test_an_invented_number_thanks_nobody(db, client, sent):
    page = client.get(f"{ADDRESS}?sent={sent}").content.decode()
    assert "<textarea" in page
    assert 'role="status"' not in page


def test_hostile_text_is_escaped_in_the_form(db, client):
    page = client.post(
        ADDRESS, {**BAD, "text": HOSTILE[:9], "source": HOSTILE, "email": HOSTILE}
    ).content.decode()
    assert "<script>" not in page
    assert typed(page, "email") == HOSTILE
    prefilled = client.get(ADDRESS, {"about": HOSTILE}).content.decode()
    assert "<script>" not in prefilled
    assert typed(prefilled, "about") == HOSTILE


def test_a_report_is_on_no_public_page(loaded, client):
    marker = "uniquewordofareport"
    text = f"{marker} is what this report says."
    assert client.post(ADDRESS, {**GOOD, "text": text, "email": f"{marker}@example.org"}).status_code == 302
    pages = ["/en/", "/en/actions/supply-chain-working-group/", f"/en/search/?q={marker}", "/en/changes.atom"]
    pages += [
        "/en/download/record.json",
        "/en/download/actions.csv",
        "/en/report-error/?sent=1",
        "/api/v1/overview",
    ]
    other = Client()
    assert [page for page in pages if f"{marker}@" in other.get(page).content.decode()] == []
    assert [page for page in pages if "what this report says" in other.get(page).content.decode()] == []


def test_officers_read_hostile_text_as_plain_text(loaded, client, capsys):
    text = f"Something is wrong here.{HOSTILE}\r\n\r\n#99  2026-01-01  forged"
    assert client.post(ADDRESS, {**GOOD, "text": text, "source": f"{HOSTILE} source"}).status_code == 302
    assert main(["--language", "en", "reports"]) == 0
    shown = capsys.readouterr().out
    assert "<script>alert('1')</script>" in shown  # as written: a terminal runs no HTML
    for sign in ("\x1b", "\x9b", "\u202e", "\r", "\x00"):
        assert sign not in shown
    assert [line for line in shown.splitlines() if line.startswith("#")] == [
        line for line in shown.splitlines() if line.startswith(f"#{ErrorReport.objects.get().pk}  ")
    ]


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "\x1b[2J", "\x9b2J", "\u202e", "\u2066", "\x07", "\x7f"])
def test_signs_that_no_reader_needs_are_dropped(db, client, sign):
    from hled.web.agenda.actions import ErrorFound, report_error

    report_error(ErrorFound(about="", text=f"A wrong{sign} date here.", source=f"A source{sign}."), "en")
    kept = ErrorReport.objects.get()
    assert not set(sign[:1]) & set(kept.text + kept.source)
    assert kept.text.startswith("A wrong")


def test_nul_bytes_are_fine(db, client):
    response = client.post(
        ADDRESS, {**GOOD, "text": "The date\x00 is wrong.\x00", "about": "\x00", "email": "\x00"}
    )
    assert response.status_code in {302, 400}
    if response.status_code == 302:
        assert ErrorReport.objects.get().text == "The date is wrong."


@pytest.mark.parametrize("size", [300_000, 3_000_000])
def test_a_huge_body_is_refused(db, size):
    client = Client(raise_request_exception=False)
    response = client.post(ADDRESS, {**GOOD, "text": "x" * size})
    assert 400 <= response.status_code < 500
    assert len(response.content) < 400_000
    assert ErrorReport.objects.count() == 0


def test_sending_twice_keeps_two(db, client):
    first, second = client.post(ADDRESS, GOOD), client.post(ADDRESS, GOOD)
    assert first["Location"] != second["Location"]
    assert ErrorReport.objects.count() == 2
