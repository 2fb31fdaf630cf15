"""The search page: found things lead to their pages, matches are marked, nothing typed is lost or run."""

import html
import re

import pytest

from hled.language import LANGUAGES
from hled.web.search.queries import search
from hled.workplan import charter
from hled.workplan.status import NAME

WORD = {"en": "border", "es": "frontera"}
both = pytest.mark.parametrize("language", LANGUAGES)


def hits(page: str) -> list[str]:
    """The addresses of what was found, in order."""
    listed = re.search(r'<ol class="rows">(.*?)</ol>', page, re.DOTALL)
    return re.findall(r'<li><p><a href="([^"]+)">', listed[1]) if listed else []


@both
def test_the_empty_page_offers_words_and_filters(loaded, client, language):
    response = client.get(f"/{language}/search/")
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert hits(page) == []
    for pillar in charter().pillars:
        assert f'<option value="{pillar.id}">{pillar.title.text(language)}</option>' in page
    for status, name in NAME.items():
        assert f'<option value="{status.value}">{name.text(language)}</option>' in page
    assert 'role="alert"' not in page


@both
def test_what_is_found_leads_to_its_page_in_the_same_language(loaded, client, language):
    page = client.get(f"/{language}/search/?q={WORD[language]}").content.decode()
    found = search(WORD[language], language)
    assert len(hits(page)) == len(found.hits) == 20
    for address in hits(page):
        assert address.startswith(f"/{language}/")
        assert client.get(address).status_code == 200


@both
def test_it_says_how_many_were_found_here_and_in_the_other_language(loaded, client, language):
    found = search(WORD[language], language)
    page = client.get(f"/{language}/search/?q={WORD[language]}").content.decode()
    shown = re.search(r'<p class="finding">(\d+) ', page)
    assert shown is not None
    assert int(shown[1]) == found.total
    other = client.get(f"/{found.other}/search/?q={WORD[language]}")
    elsewhere = re.search(r'<p class="finding">(\d+) ', other.content.decode())
    assert elsewhere is not None
    assert int(elsewhere[1]) == found.elsewhere
    if found.elsewhere:
        assert f'href="/{found.other}/search/?q={WORD[language]}"' in page


@both
def test_matches_are_marked_and_the_words_stay_in_the_form(loaded, client, language):
    page = client.get(f"/{language}/search/?q={WORD[language]}&kind=event").content.decode()
    marks = re.findall(r"<mark>(.*?)</mark>", page)
    listed = re.search(r'<ol class="rows">(.*?)</ol>', page, re.DOTALL)
    assert listed is not None
    rows = listed[1].split("</li>")[:-1]
    assert len(rows) == len(hits(page)) >= 3
    assert all("<mark>" in row for row in rows)
    assert all(mark.lower().startswith(WORD[language][:6]) for mark in marks)
    assert f'name="q" maxlength="200" value="{WORD[language]}"' in page
    assert '<option value="event" selected>' in page


@both
def test_pages_lead_through_every_result_once_and_keep_the_filters(loaded, client, language):
    address, seen = f"/{language}/search/?q={WORD[language]}&kind=event&pillar=I", []
    while address:
        page = client.get(address).content.decode()
        seen += hits(page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        assert not following or "kind=event" in following[1]
        address = f"/{language}/search/{html.unescape(following[1])}" if following else ""
    wanted = search(WORD[language], language, None)
    assert 0 < len(seen) < wanted.total
    assert all("/actions/" in item or "/events/" in item for item in seen)


@both
def test_what_is_not_there_is_said(loaded, client, language):
    page = client.get(f"/{language}/search/?q=zzzzunknown").content.decode()
    assert hits(page) == []
    assert re.search(r'<p class="finding">0 ', page)


@both
def test_every_wrong_filter_is_listed(loaded, client, language):
    response = client.get(f"/{language}/search/?q=x&kind=party&pillar=V&status=done&page=0")
    page = response.content.decode()
    assert response.status_code == 400
    alert = re.search(r'<div class="errors" role="alert">(.*?)</div>', page, re.DOTALL)
    assert alert is not None
    assert re.findall(r"<code>(\w+)</code>", alert[1]) == ["kind", "pillar", "status", "page"]
    assert ("Select a valid choice" in alert[1]) is (language == "en")


@both
def test_a_page_beyond_the_last_is_refused_in_words(loaded, client, language):
    response = client.get(f"/{language}/search/?q={WORD[language]}&page=9999")
    words = {"en": "There is no such page of results", "es": "No existe esa página de resultados"}
    assert response.status_code == 400
    assert words[language] in response.content.decode()


def test_accents_and_case_change_nothing(loaded, client):
    pages = [
        client.get("/es/search/", {"q": word}).content.decode() for word in ("región", "REGION", "Región")
    ]
    assert hits(pages[0]) == hits(pages[1]) == hits(pages[2]) != []


def test_the_words_are_escaped_and_their_marks_too(loaded, client):
    page = client.get("/en/search/", {"q": 'border <b onclick="x">"'}).content.decode()
    assert "<b onclick" not in page
    assert 'value="border &lt;b onclick=&quot;x&quot;&gt;&quot;"' in page


def test_a_found_text_with_signs_of_html_is_escaped(db, client):
    from hled.language import Bilingual
    from hled.web.search.index import Document, put

    text = Bilingual("<script>unusualword</script> & more", "<script>palabrarara</script> y más")
    put([Document("note", "n", text, text, "agenda:home")])
    page = client.get("/en/search/?q=unusualword").content.decode()
    assert "&lt;script&gt;<mark>unusualword</mark>&lt;/script&gt; &amp; more" in page
    assert "<script>" not in page
