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
NOUNS = ("load", "status", "actions", "show", "export", "reports", "record", "questions", "ask", "evidence")
COMMANDS = (*NOUNS, "node", "sync", "witness", "prepare", "serve", "work")


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


@pytest.mark.parametrize(("level", "shown"), [("INFO", False), ("DEBUG", True)])
def test_an_unexpected_failure_shows_no_traceback(level, shown):
    script = (
        "import sys; from hled.cli import __main__, agenda\n"
        "agenda.status = lambda options: 1 / 0\nsys.argv = ['hled', 'status']\n__main__.main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=False, env={"HLED_LOG_LEVEL": level},
    )  # fmt: skip
    assert found.returncode == 1
    assert ("Traceback" in found.stderr) is shown
    assert "hled: ZeroDivisionError" in found.stderr
    assert "HLED_LOG_LEVEL=DEBUG" in found.stderr
    assert "Algo falló" in found.stderr


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cannot be the home of HLED"), ("es", "no puede ser la carpeta de HLED")]
)
def test_a_home_that_cannot_be_used_is_named(tmp_path, language, words):
    blocked = tmp_path / "file"
    blocked.write_text("")
    for home in (blocked, blocked / "home"):
        found = run("status", "--language", language, HLED_HOME=str(home))
        assert found.returncode == 2
        assert f"{home} {words}" in found.stderr
        assert "HLED_HOME" in found.stderr


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cannot be opened"), ("es", "No se puede abrir la base de datos")]
)
def test_a_file_that_is_no_database_is_named(tmp_path, language, words):
    path = tmp_path / "hled.sqlite3"
    path.write_text("This is no database, whatever its name says. " * 30)
    found = run("status", "--language", language, HLED_HOME=str(tmp_path))
    assert found.returncode == 2
    assert words in found.stderr
    assert str(path) in found.stderr
    assert path.read_text().startswith("This is no database")


@pytest.mark.parametrize(("language", "words"), [("en", "cannot be reached"), ("es", "No se puede llegar")])
def test_a_server_that_does_not_answer_is_named(tmp_path, language, words):
    address = "postgresql://person:secret@127.0.0.1:1/dean"
    found = run("status", "--language", language, HLED_HOME=str(tmp_path), HLED_DATABASE_URL=address)
    assert found.returncode == 2
    assert words in found.stderr
    assert "127.0.0.1:1" in found.stderr
    assert "HLED_DATABASE_URL" in found.stderr
    assert "secret" not in found.stderr


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
