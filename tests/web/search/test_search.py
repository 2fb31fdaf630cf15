"""Searching: both languages, accents, beginnings of words, filters, and no text that breaks it."""

import pytest

from hled.language import Bilingual
from hled.web.search.index import Document, put
from hled.web.search.models import SearchDocument
from hled.web.search.queries import Filters, NoSuchPageError, keys, search, titles
from hled.web.search.words import SearchRefusedError, beginning, excerpt, fold, folded, marked, terms

ODD = ['"', "*", "(", "\0", "' '", "🛂", "--", "-_-", "   ", ""]
WORDS_IN_ODD_DRESS = [
    "AND (",
    "'; DROP TABLE x",
    "NEAR(border)",
    "border\0crossing",
    "bord*",
    "title:x",
    "^a",
    "ñandú 🛂",
    "%s",
    "a\\:b",
]


@pytest.mark.parametrize("word", ["cadenas", "semiconductores", "fronteriza", "CADENAS", "cádenas"])
def test_spanish_words_are_found_with_or_without_accents(loaded, word):
    page = search(word, "es")
    assert page.total > 0
    assert page.hits[0].excerpt or page.hits[0].marked_title


def test_an_accented_title_is_found_by_its_bare_letters(db):
    put([Document("note", "n1", Bilingual("Scope", "Ámbito de la región"), None, "agenda:home")])
    assert [hit.key for hit in search("ambito region", "es", Filters(kind="note")).hits] == ["n1"]
    assert search("scope", "es", Filters(kind="note")).elsewhere == 1


def test_every_word_must_be_there(db):
    put([Document("note", "n1", Bilingual("one two", "uno dos"), Bilingual("three", "tres"), "agenda:home")])
    assert search("two three", "en", Filters(kind="note")).total == 1
    assert search("two four", "en", Filters(kind="note")).total == 0


def test_the_other_language_is_counted_too(loaded):
    page = search("frontera", "en")
    assert (page.language, page.other) == ("en", "es")
    assert page.elsewhere == search("frontera", "es").total > 0


def test_filters_narrow(loaded):
    every = search("border", "en").total
    actions = search("border", "en", Filters(kind="action"))
    first = search("border", "en", Filters(kind="action", pillar="I"))
    assert every > actions.total >= first.total > 0
    assert {hit.kind for hit in actions.hits} == {"action"}
    assert {hit.pillar for hit in first.hits} == {"I"}
    status = first.hits[0].status
    assert status
    assert {hit.status for hit in search("border", "en", Filters("action", "I", status)).hits} == {status}
    assert search("border", "en", Filters(kind="no\0such")).total == 0


def test_pages_hold_twenty_and_never_repeat(loaded):
    first, second = search("border", "en"), search("border", "en", page=2)
    assert len(first.hits) == 20
    assert first.pages == -(-first.total // 20)
    assert not {(hit.kind, hit.key) for hit in first.hits} & {(hit.kind, hit.key) for hit in second.hits}


@pytest.mark.parametrize("page", [0, -1, 99, 10**30])
def test_a_page_beyond_the_last_is_refused(loaded, page):
    with pytest.raises(NoSuchPageError) as caught:
        search("border", "en", page=page)
    assert caught.value.code == "search.no_page"
    assert caught.value.message.en != caught.value.message.es


@pytest.mark.parametrize("text", ODD)
def test_a_text_without_words_is_refused(db, text):
    with pytest.raises(SearchRefusedError) as caught:
        search(text, "es")
    assert "palabra" in caught.value.text("es")


@pytest.mark.parametrize("text", WORDS_IN_ODD_DRESS)
def test_signs_around_words_mean_nothing(loaded, text):
    assert search(text, "en").total >= 0


def test_too_much_is_refused(db):
    with pytest.raises(SearchRefusedError, match="10,000 characters"):
        search("x" * 10_000, "en")
    with pytest.raises(SearchRefusedError, match="13 words"):
        search(" ".join(f"word{number}" for number in range(13)), "en")


def test_putting_again_replaces(db):
    put([Document("note", "n1", Bilingual("old heading", "título viejo"), None, "agenda:home")])
    put([Document("note", "n1", Bilingual("new heading", "título nuevo"), None, "agenda:home")])
    only = Filters(kind="note")
    assert search("old", "en", only).total == 0
    assert search("new", "en", only).total == 1
    assert SearchDocument.objects.filter(kind="note").count() == 2


def test_a_borrowed_title_is_shown_but_not_searched(db):
    title, text = Bilingual("Ports", "Puertos"), Bilingual("rail", "tren")
    put([Document("note", "n1", title, text, "agenda:home", own_title=False)])
    assert search("ports", "en", Filters(kind="note")).total == 0
    assert search("rail", "en", Filters(kind="note")).hits[0].title == "Ports"


def test_keys_and_titles(loaded):
    found = keys("semiconductores", "action")
    assert found
    key = min(found)
    named = titles([("action", key), ("action", "no-such-action")])
    assert set(named) == {("action", key)}
    assert named["action", key].url_name == "agenda:action"


def test_folding():
    assert fold("ÁÉÍÓÚ ñ Ü ﬁ") == "aeiou n u fi"
    assert folded("T-MEC, año 2022: ¡fronteras!") == "t mec ano 2022 fronteras"
    assert terms("Fronteriza fronterizas") == ("fronteriz",)
    assert beginning("semiconductores") == "semiconductor"
    assert beginning("gas") == "gas"


def test_marks_keep_the_text():
    text = "Cadenas de suministro y fronteras: la Frontera Norte."
    pieces = marked(text, ("frontera",))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, hit in pieces if hit] == ["fronteras", "Frontera"]


def test_an_excerpt_surrounds_the_first_match():
    text = "relleno " * 100 + "frontera " + "relleno " * 100
    pieces = excerpt(text, ("frontera",), width=80)
    assert ("frontera", True) in pieces
    whole = "".join(piece for piece, _ in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 100
    assert excerpt("x" * 500, ("y",), width=80)[0][0].startswith("x" * 80)
    assert excerpt("", ("y",)) == ()
