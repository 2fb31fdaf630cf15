"""The reference says what the code says: variables, error codes, record files, checksums."""

import argparse
import ast
import hashlib
import json
import os
import re
from pathlib import Path

import pytest

import hled
from hled.cli.parser import parser
from hled.language import DialogueError
from hled.tables import sources
from hled.web.docs import queries
from hled.web.settings.environment import VARIABLES
from hled.workplan import load_record
from hled.workplan.messages import MESSAGES
from hled.workplan.shapes import shapes

REQUEST_CODES = {"bad_request", "denied", "csrf", "not_found", "too_many_requests", "failed"}


def text(path: str) -> str:
    return (queries.folder() / path).read_text(encoding="utf-8")


def codes() -> set[str]:
    """The code of every error class of the project, read from its sources without running them."""
    package = Path(hled.__file__).parent
    classes = [
        node
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    return {
        line.value.value
        for node in classes
        for line in node.body
        if isinstance(line, ast.Assign)
        and [ast.unparse(target) for target in line.targets] == ["code"]
        and isinstance(line.value, ast.Constant)
    }


def test_every_error_code_has_its_place_and_no_other() -> None:
    listed = re.findall(r"^### `([a-z_.]+)`$", text("reference/errors.md"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == codes() | REQUEST_CODES


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_problem_of_a_record_file_is_explained(language: str) -> None:
    listed = re.findall(
        r"^\| `([a-z_0-9]+)` \| `(?:\$|row)", text(f"how-to/load-a-record-file.{language}.md"), re.MULTILINE
    )
    assert sorted(listed) == sorted(MESSAGES)


def test_every_variable_stands_with_its_default_and_meaning() -> None:
    page = text("reference/environment.md")
    for variable in VARIABLES:
        default = f"`{variable.default}`" if variable.default else "empty"
        assert f"| `{variable.name}` | {default} | {variable.meaning.en} |" in page


def test_every_key_of_the_record_file_is_described() -> None:
    page = text("reference/record-file.md")
    keys = {key for shape in shapes() for key, _ in shape.columns}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_the_smallest_record_file_loads() -> None:
    example = re.search(r"^```json\n(.*?)^```", text("reference/record-file.md"), re.MULTILINE | re.DOTALL)
    assert example
    record = load_record(example[1])
    assert [event.id for action in record.actions for event in action.events] == [
        "example-lane.2026-11.announcement"
    ]


def test_an_unknown_key_in_the_smallest_file_is_refused() -> None:
    example = re.search(r"^```json\n(.*?)^```", text("reference/record-file.md"), re.MULTILINE | re.DOTALL)
    assert example
    document = json.loads(example[1])
    document["actions"][0]["owner"] = "nobody"
    with pytest.raises(DialogueError, match="owner"):
        load_record(json.dumps(document))


def rows() -> list[tuple[str, str]]:
    return re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", text("reference/data.md"), re.MULTILINE)


def test_the_list_of_data_has_the_checksums_of_the_registry() -> None:
    assert {source.checksum for source in sources()} <= {checksum for _, checksum in rows()}


@pytest.mark.skipif(not os.environ.get("HLED_CASES"), reason="HLED_CASES names no folder of outside data")
@pytest.mark.parametrize(("name", "checksum"), rows())
def test_the_checksums_are_those_of_the_files(name: str, checksum: str) -> None:
    found = hashlib.sha256((Path(os.environ["HLED_CASES"]) / name).read_bytes()).hexdigest()
    assert found == checksum


def commands(
    above: argparse.ArgumentParser | None = None, path: str = ""
) -> dict[str, argparse.ArgumentParser]:
    """Every command by its words, the verbs of a noun behind it: `record verify`."""
    parent = above or parser("en")
    if parent._subparsers is None:
        return {path: parent}
    below = [item for action in parent._subparsers._group_actions for item in (action.choices or {}).items()]
    return {
        words: command
        for name, inner in below
        for words, command in commands(inner, f"{path} {name}".strip()).items()
    }


def test_every_command_and_option_is_described() -> None:
    sections = re.split(r"^### `hled (\w+(?: \w+)*)`$", text("reference/command-line.md"), flags=re.MULTILINE)
    described = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert set(described) == set(commands())
    for name, command in commands().items():
        options = {word for action in command._actions for word in action.option_strings}
        own = {option for option in options - {"--help", "--language"} if option.startswith("--")}
        assert {option for option in own if f"`{option}" not in described[name]} == set(), name
