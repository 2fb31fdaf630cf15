"""The command line as people meet it: languages, errors in words, nothing heavy for a greeting."""

import json
import subprocess
import sys

import pytest

from hled.cli.__main__ import asked_language, main
from hled.cli.agenda import SECTIONS
from hled.cli.evidence import FOLDER
from hled.web.settings import environment
from hled.workplan import TABLES

HEAVY = ("django", "pydantic", "duckdb", "numpy", "pandas", "ibis", "pyarrow", "gunicorn")
NOUNS = ("load", "status", "actions", "show", "export", "reports", "questions", "ask", "evidence")
COMMANDS = (*NOUNS, "prepare", "serve", "work")


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hled.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=variables or None, check=False
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_help_names_every_command(language, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--language", language, "--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"\n    {name} " in shown for name in COMMANDS)
    assert ("uso: hled" if language == "es" else "usage: hled") in shown


def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom hled.cli.parser import parser\nparser('en').format_help()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "variables", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "es_MX.UTF-8"}, "es"),
        ([], {"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LC_MESSAGES": "es_MX", "LANG": "en_US"}, "es"),
        (["status", "--language", "es"], {"LANG": "en_US"}, "es"),
        (["--language=en", "status"], {"LANG": "es_MX"}, "en"),
        (["--language", "en", "ask", "q", "--language", "es"], {}, "es"),
        (["--language"], {}, "en"),
    ],
)
def test_the_language_is_the_askers(arguments, variables, language):
    assert asked_language(arguments, variables) == language


@pytest.mark.parametrize(
    ("arguments", "english", "spanish"),
    [
        ([], "the following arguments are required", "faltan estos argumentos"),
        (["fly"], "invalid choice: 'fly'", "'fly' no vale"),
        (["show"], "the following arguments are required: KEY", "faltan estos argumentos: KEY"),
        (["actions", "--pillar"], "expected one argument", "se esperaba un valor"),
        (["serve", "--port", "many"], "invalid int value", "no es un valor válido"),
        (["status", "--nonsense"], "unrecognized arguments", "argumentos desconocidos"),
        (["serve", "--port", "0"], "A port is 1 to 65535", "El puerto va de 1 a 65535"),
        (["load", "/no/such/file.json"], "cannot be read", "No se puede leer"),
        (["load", "/no/such/file.csv"], "cannot be read", "No se puede leer"),
        (["export", "--format", "csv"], "needs a folder", "requiere una carpeta"),
    ],
)
def test_wrong_requests_are_said_in_the_askers_language(arguments, english, spanish, capsys):
    for language, words in (("en", english), ("es", spanish)):
        assert main(["--language", language, *arguments]) == 2
        captured = capsys.readouterr()
        assert words in captured.err
        assert captured.out == ""


def test_an_unexpected_failure_shows_no_traceback(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    found = run("status", HLED_HOME=str(blocked / "home"), PATH="")
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "HLED_LOG_LEVEL=DEBUG" in found.stderr
    assert "Algo falló" in found.stderr
    assert "Traceback" in run("status", HLED_HOME=str(blocked / "home"), HLED_LOG_LEVEL="DEBUG").stderr


def test_a_home_is_prepared_by_the_first_command_and_found_by_the_second(tmp_path):
    variables = {"HLED_HOME": str(tmp_path / "new"), "LANG": "es_MX.UTF-8", "HLED_LOG_LEVEL": "WARNING"}
    first = json.loads(run("status", "--json", **variables).stdout)
    assert {name: first[name] for name in ("pillars", "lines", "actions", "events")} == {
        "pillars": 4, "lines": 15, "actions": 73, "events": 202,
    }  # fmt: skip
    second = run("prepare", **variables)
    assert second.returncode == 0
    assert "Migraciones aplicadas: 0; asientos agregados: 0." in second.stdout
    assert json.loads(run("status", "--json", **variables).stdout) == first


def test_names_that_two_places_share_agree():
    from hled.web.evidence import queries

    assert queries.FOLDER == FOLDER
    assert set(SECTIONS) == set(TABLES)
    assert environment.HOME.name == "HLED_HOME"
