"""The charter: the frame of the dialogue, complete, in both languages, with its source."""

import dataclasses
import re
from collections import Counter

from hled.language import Bilingual
from hled.workplan import bundled_record, charter
from hled.workplan.types import Party

ROMAN = ("I", "II", "III", "IV")
PART = {"I": "rebuilding", "II": "development", "III": "prosperity", "IV": "people"}


def texts(value: object) -> list[Bilingual]:
    if isinstance(value, Bilingual):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in texts(getattr(value, field.name))]
    return []


def test_two_parties_five_goals_four_pillars_fifteen_lines():
    plan = charter()
    assert [party.party for party in plan.parties] == [Party.US, Party.MX]
    assert {goal.id: goal.direction for goal in plan.goals} == {
        "growth": "up",
        "jobs": "up",
        "competitiveness": "up",
        "poverty": "down",
        "inequality": "down",
    }
    assert tuple(pillar.id for pillar in plan.pillars if not pillar.is_section) == ROMAN
    assert [pillar.id for pillar in plan.pillars if pillar.is_section] == ["GOV", "LEGACY"]
    assert len({objective.id for objective in plan.objectives}) == 15
    assert [line.number for line in plan.lines] == list(range(1, 16))


def test_the_dialogue_has_its_names():
    assert charter().short == Bilingual(en="HLED", es="DEAN")
    assert "High-Level Economic Dialogue" in charter().title.en
    assert "Diálogo Económico de Alto Nivel" in charter().title.es


def test_source_and_date_are_named_and_known():
    plan = charter()
    assert plan.adopted.iso == "2021-09-09"
    (source,) = [source for source in bundled_record().sources if source.id == plan.source_id]
    assert source.published == plan.adopted


def test_lines_stand_under_objectives_of_their_own_pillar():
    plan = charter()
    homes = {objective.id: objective.pillar for objective in plan.objectives}
    assert all(homes[line.objective] == line.pillar for line in plan.lines)
    assert set(homes.values()) == {pillar.id for pillar in plan.pillars}
    assert Counter(line.pillar for line in plan.lines) == {"I": 6, "II": 2, "III": 3, "IV": 4}


def test_each_line_names_the_package_of_its_pillar():
    for line in charter().lines:
        assert line.module.startswith(f"hled.pillars.{PART[line.pillar]}.")
        assert re.fullmatch(r"[a-z_.]+", line.module)


def test_gaps_are_said_for_the_lines_where_something_was_not_found():
    assert [line.number for line in charter().lines if line.gap] == [5, 7, 10, 14]


def test_objectives_that_came_later_and_sections_say_so():
    since = {objective.id: objective.since for objective in charter().objectives}
    assert {name for name, day in since.items() if day and day.iso == "2022-09-12"} == {
        "climate-clean-transport",
        "fair-work",
    }
    assert {name for name, day in since.items() if day is None} == {
        "meetings",
        "stakeholders",
        "legacy-2013-2016",
    }


def test_spanish_is_written_in_spanish():
    shared = {text.en for text in texts(charter()) if text.en == text.es}
    assert shared == set()
    for text in texts(charter()):
        assert "USMCA" not in text.es
        assert "HLED" not in text.es


def test_the_charter_is_read_once():
    assert charter() is charter()
