"""No page shows a text that was never given to a translator: one pass over every page in brackets."""

import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext, pgettext

from hled import evidence
from hled.language import Bilingual
from hled.web.docs.queries import documents
from hled.web.evidence import queries as runs
from hled.workplan import bundled_record
from tests.house import sampling
from tools.pseudolocale import leaks, mark, pseudolocale

# Names that are the same in both languages; short names of agencies and titles of documents are added.
NAMES = ("CSV", "JSON", "Parquet", "SVG", "Atom", "iCalendar", "API", "HLED", "DEAN", "SHA-256", "GitHub")


def names() -> set[str]:
    """Proper names that no translator touches: documents, questions, agencies, and places in the data."""
    titles = {version.title for document in documents().values() for version in document.versions}
    agencies = {agency.short.en for agency in bundled_record().agencies}
    return {*NAMES, *titles, *agencies, *(question.id for question in evidence.questions())}


def places(run_id: object) -> set[str]:
    tables = runs.finished(str(run_id)).answer.tables
    cells = {cell for table in tables for row in table.rows for cell in row if isinstance(cell, str)}
    return {cell for cell in cells if not cell[:1].isdigit()}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>⟦Work plan⟧ 15 · <b>⟦Gone silent⟧</b></p>", ()),
        ("<p>Work plan</p>", ("Work plan",)),
        ("<p>⟦Promised by <a href='/x'>⟦Mexico⟧</a>, in⟧ 2021</p>", ()),
        ('<img alt="A chart"><img alt="⟦A chart⟧">', ("A chart",)),
        ('<meta name="description" content="Plain">', ("Plain",)),
        ('<html lang="es"><p lang="en">Said in English</p><p>suelto</p></html>', ("suelto",)),
        ("<code>hled ask</code><script>var a</script><p translate='no'>USTR</p>", ()),
        ("<p>2021-09-09 · urn:hled:action:a-b · https://example.org/path · border.flows · 4f9a12</p>", ()),
        ("<p>CSV <b>JSON</b></p>", ()),
        ("<p>⟦A long text that was cut…</p><p>loose</p>", ("loose",)),
        ("<p>⟦A text without an end</p>", ("1 brackets are not closed: a translated text was cut",)),
        ("<p>⟦un⟧wrapped&nbsp;end</p>", ("wrapped end",)),
    ],
)
def test_leaks_finds_what_stands_outside_brackets(html: str, found: tuple[str, ...]) -> None:
    assert leaks(html, NAMES) == found


def test_the_pseudolocale_marks_every_kind_of_text_and_ends() -> None:
    with pseudolocale():
        assert gettext("Work plan") == "⟦Work plan⟧"
        assert pgettext("month", "May") == "⟦May⟧"
        assert ngettext("%(n)s event", "%(n)s events", 2) % {"n": 2} == "⟦2 events⟧"
        assert Bilingual("promise", "promesa").text("es") == "⟦promesa⟧"
    assert Bilingual("promise", "promesa").text("es") == "promesa"
    assert "⟦" not in gettext("Work plan")


def test_no_page_shows_a_text_that_was_not_translated(loaded: None, client: Client) -> None:
    known = names() | places(sampling.asked()["evidence:run"]["run_id"])
    found, seen = {}, 0
    with pseudolocale():
        for name, path in sampling.pages("es").items():
            response = client.get(path)
            assert response.status_code == 200, path
            if not response["Content-Type"].startswith("text/html"):
                continue
            seen += 1
            if texts := leaks(response.content.decode(), known):
                found[f"{name} {path}"] = texts
        found["not found"] = leaks(client.get("/es/nowhere/").content.decode(), known)
    assert seen >= 15
    assert {page: texts for page, texts in found.items() if texts} == {}
    assert mark("x") not in client.get("/es/").content.decode()
