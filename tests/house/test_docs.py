"""Documentation is tested: variables, verbs and decisions are written down, every link leads somewhere."""

import re
from argparse import ArgumentParser
from pathlib import Path

import pytest

from hled.cli.parser import parser
from hled.web.settings import environment
from tests.house.files import CODE, ROOT, own_files, python_files, text

LINK = re.compile(r"\]\((?P<target>[^)\s#]+)(?:#[^)\s]*)?\)")
HEADINGS = ("Status", "Context", "Decision", "Consequences")


def documents() -> list[str]:
    return [name for name in own_files() if name.endswith(".md")]


def decisions() -> list[str]:
    return [name for name in documents() if re.fullmatch(r"docs/adr/\d{4}-[\w-]+\.md", name)]


def test_every_variable_is_a_row_of_the_table() -> None:
    rows = re.findall(r"^\|\s*`(\w+)`", text("docs/reference/environment.md"), re.MULTILINE)
    assert sorted(rows) == sorted(variable.name for variable in environment.VARIABLES)


def test_no_variable_is_read_past_the_table() -> None:
    known = {variable.name for variable in environment.VARIABLES}
    named = {
        variable
        for name in python_files(*CODE)
        for variable in re.findall(r"[\"'](HLED_[A-Z_]+)[\"']", text(name))
    }
    assert named - known == set()


def verbs(above: ArgumentParser | None = None, path: str = "") -> list[str]:
    """The verbs that the command line offers, those of a noun behind it: `record verify`."""
    offered = (above or parser("en"))._subparsers
    if offered is None:
        return [path]
    below = [item for action in offered._group_actions for item in (action.choices or {}).items()]
    return sorted(verb for name, inner in below for verb in verbs(inner, f"{path} {name}".strip()))


def test_every_verb_is_documented() -> None:
    page = text("docs/reference/command-line.md")
    assert len(verbs()) >= 8
    assert [verb for verb in verbs() if f"hled {verb}" not in page] == []


def test_there_are_decisions_and_each_has_the_four_headings() -> None:
    assert len(decisions()) >= 6
    for name in decisions():
        found = re.findall(r"^## (.+)$", text(name), re.MULTILINE)
        assert [heading for heading in HEADINGS if heading not in found] == [], name


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(Path(name).name[:4]) for name in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", documents())
def test_every_relative_link_leads_somewhere(name: str) -> None:
    targets = [match["target"] for match in LINK.finditer(text(name))]
    relative = [target for target in targets if not re.match(r"[a-z]+:|/", target)]
    assert [target for target in relative if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_decisions_named_in_the_code_exist() -> None:
    named = {number for name in python_files(*CODE) for number in re.findall(r"docs/adr/(\d{4})", text(name))}
    assert named - {Path(name).name[:4] for name in decisions()} == set()


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.MULTILINE))
    named = {target for name in documents() for target in re.findall(r"`make ([a-z0-9-]+)", text(name))}
    assert named - targets == set()
