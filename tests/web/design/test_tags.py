"""Template tags: each writes in the page's language, at the precision known, and escapes what it is given."""

import pytest
from django.template import Context, Template
from django.utils import translation

from hled.language import LANGUAGES, Bilingual, PartialDate
from hled.workplan.types import DateBasis, EventKind, Party, SourceRead, Weight
from hled.workplan.words import BASIS, KIND, LEVEL, PARTY, READ

both = pytest.mark.parametrize("language", LANGUAGES)


def written(source: str, language: str = "en", **values: object) -> str:
    with translation.override(language):
        return Template(source).render(Context(values))


@both
def test_a_text_in_both_languages(language):
    text = Bilingual("Border", "Frontera")
    assert written("{{ x|bi }}", language, x=text) == text.text(language)
    assert written("{{ x|bi }}", language, x=None) == ""


def test_a_text_is_escaped():
    assert written("{{ x|bi }}", x=Bilingual("<b>&", "<b>&")) == "&lt;b&gt;&amp;"


@pytest.mark.parametrize(
    ("iso", "en", "es"),
    [
        ("2022", "2022", "2022"),
        ("2022-10", "October 2022", "octubre de 2022"),
        ("2021-09-09", "9 September 2021", "9 de septiembre de 2021"),
    ],
)
def test_a_date_is_as_precise_as_its_source(iso, en, es):
    assert written("{{ x|on }}", "en", x=PartialDate(iso)) == en
    assert written("{{ x|on }}", "es", x=PartialDate(iso)) == es


@both
def test_numbers_have_commas_in_both_languages(language):
    assert written("{{ x|thousands }}", language, x=2364681) == "2,364,681"
    assert written("{{ x|thousands }}", language, x=0) == "0"
    assert written("{{ x|thousands }}{{ y|thousands }}", language, x=None, y="") == ""


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 4, 25), (2, 3, 67), (0, 5, 0), (3, 0, 0)])
def test_a_share_of_nothing_is_nothing(part, whole, percent):
    assert written("{{ a|share:b }}", a=part, b=whole) == str(percent)


@both
def test_every_code_of_the_record_has_its_words(language):
    for words, codes in ((KIND, EventKind), (BASIS, DateBasis), (READ, SourceRead), (PARTY, Party)):
        for code in codes:
            assert written("{{ x|label }}", language, x=code) == words[code].text(language)
    for code, name in LEVEL.items():
        assert written("{{ x|label }}", language, x=code) == name.text(language)


def test_an_unknown_code_is_shown_as_it_is_and_escaped():
    assert written("{{ x|label }}", x="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("page", "text", "attribute"), [("en", "en", ""), ("en", "es", ' lang="es"'), ("es", "en", ' lang="en"')]
)
def test_a_foreign_passage_is_marked(page, text, attribute):
    assert written("{% lang_attr x %}", page, x=text) == attribute


def test_each_weight_has_a_mark_of_its_own_shape():
    class Item:
        def __init__(self, weight: object) -> None:
            self.weight = weight

    marks = {written("{% mark x %}", x=Item(weight)) for weight in Weight}
    assert len(marks) == len(Weight)
    assert all('aria-hidden="true"' in mark for mark in marks)
    assert written("{% mark x %}", x=Item("promise-not")) == ""
