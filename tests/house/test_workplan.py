"""Each of the fifteen lines has its page in both languages, and questions or says that it has none."""

from importlib.util import find_spec

import pytest
from django.test import Client

from hled import evidence
from hled.workplan import charter
from hled.workplan.types import Line

NOT_BUILT = {"en": "not built yet", "es": "aún no construid"}


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
def test_every_line_has_a_page_and_questions_or_says_there_are_none(
    loaded: None, client: Client, line: Line, language: str
) -> None:
    response = client.get(f"/{language}/lines/{line.number}/")
    assert response.status_code == 200
    page = response.content.decode().lower()
    assert (line.title.es if language == "es" else line.title.en).lower() in page.replace("&#x27;", "'")
    assert line.module not in page
    asked = [question for question in evidence.questions() if question.line == line.number]
    assert (NOT_BUILT[language] in page) is not bool(asked)
    for question in asked:
        address = f"/{language}/evidence/{question.id}/"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_a_line_that_does_not_exist_is_not_found(loaded: None, client: Client) -> None:
    assert client.get("/en/lines/16/").status_code == 404
    assert client.get("/es/lines/0/").status_code == 404


def test_some_line_is_served() -> None:
    assert {question.line for question in evidence.questions()} & {line.number for line in charter().lines}


def test_every_question_serves_a_line_that_has_a_package() -> None:
    numbers = {line.number: line.module for line in charter().lines}
    for question in evidence.questions():
        assert question.line == 0 or exists(numbers[question.line]), question.id
