"""The evidence in the shell: listed, asked, exported, replayed, refused with words."""

import json

import pytest

from hled.cli.__main__ import main

LAREDO = ("ask", "border.flows", "--port", "Laredo", "--measure", "trucks")


@pytest.fixture
def hled(tmp_path, monkeypatch, capsys):
    """Run a command in a home of its own and return its exit code, output and errors."""
    monkeypatch.setenv("HLED_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--language", "en", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_every_question_has_an_id_and_a_line(hled):
    code, out, _ = hled("questions", "--json")
    found = json.loads(out)
    assert code == 0
    assert all(0 <= item["line"] <= 15 for item in found)
    assert "border.flows" in {item["id"] for item in found}
    assert "border.flows" in hled("questions")[1]


def test_an_answer_holds_the_published_numbers(hled):
    code, out, _ = hled(*LAREDO, "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found["run_id"]) == 64
    assert found["run"]["parameters"]["port"] == "laredo"
    cells = {
        cell
        for table in found["answer"]["tables"]
        for row in table["rows"]
        for cell in row
        if isinstance(cell, str)
    }
    assert {"2364681", "2936130"} <= cells
    assert found["answer"]["sources"]


def test_an_answer_reads_in_a_terminal_and_in_a_spreadsheet(hled):
    _, out, _ = hled(*LAREDO)
    assert "2,936,130" in out
    assert "Sources" in out
    _, out, _ = hled(*LAREDO, "--csv")
    assert "2936130" in out
    _, out, _ = hled(*LAREDO, "--language", "es")
    assert "Fuentes" in out


def test_the_parameters_of_a_question_are_explained(hled):
    code, out, _ = hled("ask", "border.flows", "--help")
    assert code == 0
    assert "--port" in out
    assert "laredo" in out


def test_a_run_replays_to_the_same_bytes(hled):
    run_id = json.loads(hled(*LAREDO, "--json")[1])["run_id"]
    code, out, _ = hled("evidence", "replay", run_id)
    assert (code, out.strip()) == (0, "Same bytes: the answer is the kept one.")
    assert json.loads(hled("evidence", "replay", run_id, "--json")[1])["same"] is True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "no.question"), "no.question"),
        (("ask", "border.flows", "--port", "Atlantis"), "Atlantis"),
        (("ask", "border.flows", "Laredo"), "out of place"),
        (("ask", "border.flows", "--port"), "needs a value"),
        (("ask", "border.flows", "--port", "laredo", "--port", "laredo"), "out of place"),
        ((*LAREDO, "--table", "nothing"), "nothing"),
        (("evidence", "replay", "0" * 64), "0" * 64),
        (("evidence", "burn", "0"), "burn"),
    ],
)
def test_wrong_requests_are_said(hled, arguments, words):
    code, out, err = hled(*arguments)
    assert code == 2
    assert words in err
    assert out == ""
