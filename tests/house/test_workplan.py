"""Each of the fifteen lines has its page in both languages, and a working part or says it has none."""

import importlib
from importlib.util import find_spec

import pytest
from django.test import Client

from hled import evidence
from hled.workplan import charter
from hled.workplan.types import Line

NOT_BUILT = {"en": "not built yet", "es": "aún no construida"}


def exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def test_there_are_fifteen_lines_and_each_names_a_package_of_its_own() -> None:
    lines = charter().lines
    assert [line.number for line in lines] == list(range(1, 16))
    assert all(line.module.startswith(("hled.pillars.", "hled.forum", "hled.record")) for line in lines)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("line", charter().lines, ids=lambda line: str(line.number))
def test_every_line_has_a_page_and_a_part_or_says_there_is_none(
    loaded: None, client: Client, line: Line, language: str
) -> None:
    response = client.get(f"/{language}/lines/{line.number}/")
    assert response.status_code == 200
    page = response.content.decode().lower()
    assert (line.title.es if language == "es" else line.title.en).lower() in page.replace("&#x27;", "'")
    if exists(line.module):
        assert importlib.import_module(line.module).__doc__
        assert NOT_BUILT[language] not in page
    else:
        assert NOT_BUILT[language] in page


def test_a_line_that_does_not_exist_is_not_found(loaded: None, client: Client) -> None:
    assert client.get("/en/lines/16/").status_code == 404
    assert client.get("/es/lines/0/").status_code == 404


def test_every_question_serves_a_line_that_has_a_package() -> None:
    numbers = {line.number: line.module for line in charter().lines}
    for question in evidence.questions():
        assert question.line == 0 or exists(numbers[question.line]), question.id
