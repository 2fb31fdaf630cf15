"""Attaching an official text in the shell: done once, said in both languages, refused with words."""

import hashlib
import json

import pytest

from hled.cli.__main__ import main
from hled.web.record import queries as record

SOURCE = "wh-2021-09-09-fs"
TEXT = b"Fact sheet: the High-Level Economic Dialogue.\n"
SHA256 = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def hled(loaded, capsys, settings, tmp_path):
    """Run a command in an empty home and return its exit code, output and errors."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--language", "en", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "fact-sheet.txt"
    path.write_bytes(TEXT)
    return str(path)


def test_a_text_is_attached_once(hled, file):
    code, out, _ = hled("attach", SOURCE, file, "--written-in", "en")
    assert code == 0
    assert f"Attached to {SOURCE}: fact-sheet.txt (46 bytes)" in out
    assert SHA256 in out
    size = record.head().size
    code, out, _ = hled("attach", SOURCE, file, "--language", "es")
    assert (code, record.head().size) == (0, size)
    assert "ya está adjunto" in out


def test_what_was_attached_as_json_and_shown(hled, file):
    notes = ("--note-en", "Saved in May.", "--note-es", "Guardado en mayo.")
    code, out, _ = hled("attach", SOURCE, file, "--written-in", "en", *notes, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["already"], found["seq"]) == (False, record.head().size - 1)
    assert found["attachment"]["sha256"] == SHA256
    assert found["attachment"]["language"] == "en"
    assert found["attachment"]["note"] == {"en": "Saved in May.", "es": "Guardado en mayo."}
    _, out, _ = hled("show", SOURCE, "--language", "es")
    assert "Copias que conserva quien opera el sitio" in out
    assert "fact-sheet.txt (en)" in out
    assert "Guardado en mayo." in " ".join(out.split())  # lines fit the terminal


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "está vacío"),
        ("tool.exe", b"MZ", "no es de los tipos"),
        ("latin.txt", b"Di\xe1logo", "no es texto UTF-8"),
        ("absent.txt", None, "No se puede leer"),
    ],
)
def test_a_file_that_is_not_taken_changes_nothing(hled, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    size = record.head().size
    code, out, err = hled("attach", SOURCE, str(tmp_path / name), "--language", "es")
    assert (code, out, record.head().size) == (2, "", size)
    assert words in err


@pytest.mark.parametrize(
    ("source", "more", "words"),
    [
        ("no-such-source", (), "No consta en el registro: fuente «no-such-source»"),
        (SOURCE, ("--note-en", "Only here."), "en un solo idioma"),
        (SOURCE, ("--written-in", "fr"), "no vale"),
    ],
)
def test_a_wrong_request_changes_nothing(hled, file, source, more, words):
    size = record.head().size
    code, out, err = hled("attach", source, file, *more, "--language", "es")
    assert (code, out, record.head().size) == (2, "", size)
    assert words in err
