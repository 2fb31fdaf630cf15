"""What tests of the record's commands share: an empty home, and a way to run a verb there."""

import pytest

from hled.cli.__main__ import main


@pytest.fixture
def home(loaded, settings, tmp_path, monkeypatch):
    """An empty home beside a database that holds the bundled record."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    monkeypatch.setenv("HLED_HOME", str(settings.HOME))
    monkeypatch.chdir(tmp_path)
    return settings.HOME


@pytest.fixture
def record(home, capsys):
    """Run a verb of the record and return its exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["--language", "en", "record", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
