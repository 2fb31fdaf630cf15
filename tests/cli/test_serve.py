"""Serving is refused, in words, where it could not go well."""

import socket

import pytest

from hled.cli.__main__ import main
from hled.web.record import checks
from hled.web.record.queries import head


@pytest.fixture
def free():
    """A port on which nothing listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return str(trial.getsockname()[1])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "design system's files are not in"), ("es", "Faltan los archivos")]
)
def test_without_the_design_systems_files(loaded, capsys, free, language, words):
    assert main(["serve", "--port", free, "--language", language]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert f"{head().size:,}" in captured.out


def test_with_an_unsafe_database(loaded, capsys, free, monkeypatch):
    monkeypatch.setattr(checks, "is_safe", lambda version: False)
    monkeypatch.setattr("django.db.connection.vendor", "sqlite")
    assert main(["serve", "--port", free, "--language", "en"]) == 2
    assert "record.E001" in capsys.readouterr().err


def test_on_a_busy_port(capsys):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert main(["serve", "--port", str(busy.getsockname()[1]), "--language", "es"]) == 2
    assert "No se puede escuchar en 127.0.0.1" in capsys.readouterr().err


def test_on_an_address_that_is_none(capsys):
    assert main(["serve", "--host", "not an address", "--language", "en"]) == 2
    assert "Cannot listen on not an address" in capsys.readouterr().err
