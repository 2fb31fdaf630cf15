"""A text exists in both languages or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.language import LANGUAGES, Bilingual, DialogueError

SHOWABLE = st.text(min_size=1).filter(str.strip)


def test_a_text_speaks_the_asked_language():
    text = Bilingual(en="supply chain", es="cadena de suministro")
    assert [text.text(language) for language in LANGUAGES] == ["supply chain", "cadena de suministro"]
    assert str(text) == "supply chain"


@pytest.mark.parametrize(
    ("english", "spanish"), [("", "frontera"), ("border", ""), ("border", " \n\t"), ("", "")]
)
def test_a_text_in_one_language_is_refused(english, spanish):
    with pytest.raises(ValueError, match="one language only"):
        Bilingual(en=english, es=spanish)


def test_fields_are_filled_each_in_its_language():
    template = Bilingual(en="{count} of {what}", es="{count} de {what}")
    filled = template.format(count=3, what=Bilingual(en="trucks", es="camiones"))
    assert filled == Bilingual(en="3 of trucks", es="3 de camiones")


def test_an_unfilled_field_is_an_error():
    with pytest.raises(KeyError):
        Bilingual(en="{count} trucks", es="{count} camiones").format()


@given(SHOWABLE, SHOWABLE)
def test_the_json_form_holds_both_versions(english, spanish):
    text = Bilingual(en=english, es=spanish)
    assert text.as_dict() == {"en": english, "es": spanish}
    assert Bilingual(**text.as_dict()) == text


def test_a_text_is_frozen_and_hashable():
    text = Bilingual(en="port", es="puerto")
    with pytest.raises(AttributeError):
        text.en = "harbour"
    assert len({text, Bilingual(en="port", es="puerto")}) == 1


def test_an_error_of_the_dialogue_speaks_both_languages():
    class ClosedError(DialogueError):
        code = "border.closed"

    error = ClosedError(Bilingual(en="The crossing is closed.", es="El cruce está cerrado."))
    assert error.text("es") == "El cruce está cerrado."
    assert error.text("en") == str(error) == "The crossing is closed."
    assert error.code == "border.closed"
    assert DialogueError.code == "error"
