"""What may be attached to a source: four kinds of file, told by name and content; notes in both languages."""

import hashlib

import pytest

from hled.language import Bilingual, DialogueError
from hled.record import canonical
from hled.workplan import attachments
from hled.workplan.attachments import (
    EmptyTextError,
    NoteError,
    TextEncodingError,
    TextTooLargeError,
    TextTypeError,
    described,
    from_content,
    note_of,
)

PDF = b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n%%EOF\n"
TEXT = "Diálogo Económico de Alto Nivel\n".encode()
NOTE = Bilingual("Saved on 3 May 2025.", "Guardado el 3 de mayo de 2025.")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("fact-sheet.pdf", PDF, "application/pdf"),
        ("FACT SHEET.PDF", PDF, "application/pdf"),
        ("page.html", b"<!doctype html><p>x", "text/html"),
        ("page.htm", b"<p>x", "text/html"),
        ("notes.md", TEXT, "text/markdown"),
        ("texto.txt", b"\xef\xbb\xbf" + TEXT, "text/plain"),
    ],
)
def test_a_kind_is_told_by_name_and_content(name, data, media_type):
    found = described("a-source", f"some/folder/{name}", data, language="es")
    assert (found.media_type, found.name, found.size) == (media_type, name, len(data))
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.urn == f"urn:hled:attachment:{found.sha256[:32]}-a-source"


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.txt", b"", EmptyTextError),
        ("blank.txt", b" \n\n", EmptyTextError),
        ("sheet.xlsx", b"PK\x03\x04", TextTypeError),
        ("script.svg", b"<svg/>", TextTypeError),
        ("nothing", TEXT, TextTypeError),
        ("-", TEXT, TextTypeError),
        ("renamed.pdf", TEXT, TextTypeError),
        ("renamed.txt", PDF, TextTypeError),
        ("binary.txt", b"text\0text", TextTypeError),
        ("latin.txt", "Diálogo".encode("latin-1"), TextEncodingError),
        ("wide.html", "Diálogo".encode("utf-16"), TextEncodingError),
    ],
)
def test_what_is_not_taken_has_its_own_words(name, data, error):
    with pytest.raises(error) as caught:
        described("a-source", name, data, language=None)
    assert name in caught.value.text("es")
    assert caught.value.text("es") != caught.value.text("en")


def test_a_text_has_a_greatest_size(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_BYTES", len(TEXT))
    assert described("a-source", "a.txt", TEXT, language=None).size == len(TEXT)
    with pytest.raises(TextTooLargeError, match=f"larger than {len(TEXT)} bytes"):
        described("a-source", "a.txt", TEXT + b".", language=None)


def test_every_refusal_has_its_own_code():
    errors = (EmptyTextError, TextTooLargeError, TextTypeError, TextEncodingError, NoteError)
    assert len({error.code for error in errors}) == len(errors)
    assert all(issubclass(error, DialogueError) for error in errors)


def test_a_note_is_in_both_languages_or_absent():
    assert note_of(None, None) is None
    assert note_of(" ", "") is None
    assert note_of(" Saved on 3 May 2025. ", NOTE.es) == NOTE
    for only in ((NOTE.en, None), (None, NOTE.es), (NOTE.en, " ")):
        with pytest.raises(NoteError, match="one language only"):
            note_of(*only)


@pytest.mark.parametrize("text", ["two\nlines", "turned \u202e round", "x" * 1_001])
def test_a_note_that_cannot_be_shown_is_refused(text):
    with pytest.raises(NoteError, match="characters"):
        described("a-source", "a.txt", TEXT, language=None, note=Bilingual("Good.", text))


def test_names_show_what_they_are():
    assert described("s", "a\u202etxt.\x1bb\udcff.md", TEXT, language=None).name == "atxt.b.md"
    long = described("s", "n" * 300 + ".txt", TEXT, language=None).name
    assert len(long) == attachments.MAX_NAME
    assert long.endswith("n.txt")


@pytest.mark.parametrize("note", [None, NOTE])
@pytest.mark.parametrize("language", [None, "en", "es"])
def test_the_content_of_an_entry_reads_back(language, note):
    found = described("a-source", "a.txt", TEXT, language=language, note=note)
    assert from_content(found.to_content()) == found
    assert canonical(found.to_content())
