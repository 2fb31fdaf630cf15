"""The menu says where a page stands, a figure does not repeat what was just said, dates are written out."""

import re

import pytest
from django.utils import translation

from hled.figures import Progress
from hled.language import Bilingual
from hled.web.design.templatetags.dialogue import figure, on, pillar_name
from hled.workplan import bundled_record

RECORD = bundled_record()
ENTRIES = [
    "",
    "actions/",
    "events/",
    "silent/",
    "meetings/",
    "bodies/",
    "evidence/",
    "discrepancies/",
    "sources/",
]
BELOW = {
    "pillars/I/": "actions/",
    "lines/5/": "actions/",
    f"actions/{RECORD.actions[0].id}/": "actions/",
    f"sources/{RECORD.sources[0].id}/": "sources/",
    f"bodies/{RECORD.bodies[0].id}/": "bodies/",
    f"agencies/{RECORD.agencies[0].id}/": "bodies/",
    f"meetings/{RECORD.meetings[0].id}/": "meetings/",
    "evidence/border.flows/": "evidence/",
}
FINDING = Bilingual("One of two.", "Uno de dos.")
SPEC = Progress(id="a", title=Bilingual("Title", "Título"), finding=FINDING, rows=(), legend=())


def marked(client, address: str) -> set[tuple[str, str]]:
    """The entries of the menu that are marked, with how."""
    page = client.get(address).content.decode()
    menu = page[
        page.index('<nav class="sections"') : page.index("</nav>", page.index('<nav class="sections"'))
    ]
    return set(re.findall(r'<a href="([^"]*)" aria-current="(\w+)"', menu))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_of_the_menu_is_the_page(loaded, client, entry, language):
    assert marked(client, f"/{language}/{entry}") == {(f"/{language}/{entry}", "page")}


@pytest.mark.parametrize(("page", "entry"), BELOW.items())
def test_a_page_below_marks_its_section(loaded, client, page, entry):
    assert marked(client, f"/es/{page}") == {(f"/es/{entry}", "true")}


@pytest.mark.parametrize("page", ["about/", "search/", "report-error/", "nowhere/"])
def test_a_page_of_no_section_marks_none(loaded, client, page):
    assert marked(client, f"/en/{page}") == set()


def test_a_finding_that_was_just_said_is_not_repeated():
    with translation.override("en"):
        longer = Bilingual("One of two. And more.", "Uno de dos. Y más.")
        assert figure(SPEC, said=longer)["finding"] == ""
        assert figure(SPEC, said=FINDING)["finding"] == ""
        assert figure(SPEC, said=Bilingual("Other.", "Otro."))["finding"] == FINDING.en
        assert figure(SPEC)["finding"] == FINDING.en


def test_dates_and_pillars_are_written_as_people_do():
    with translation.override("es"):
        assert on("2022-09-12") == "12 de septiembre de 2022"
        assert pillar_name("I") == "Pilar I"
        assert pillar_name("GOV") == "Gobernanza y participación"
    with translation.override("en"):
        assert (on("2022-09"), on(""), on(None)) == ("September 2022", "", "")
        assert (pillar_name("II"), pillar_name("unknown")) == ("Pillar II", "unknown")
