"""A file may restate what it holds: what is absent is filled in by rule, what is there must agree."""

import copy
import json

import pytest

from hled.workplan import load_record
from tests.workplan.samples import GONE, Node, problems, sample


def compiled(**changes: object) -> Node:
    """The sample in the shape of a compiled file: no event ids, no lines, and everything restated."""
    document = sample()
    for action in document["actions"]:
        del action["line"]
        for event in action["events"]:
            del event["id"], event["reported"]
            source = next(s for s in document["sources"] if s["id"] == event["source_id"])
            event |= {"source_url": source["url"], "source_publisher": source["publisher_en"]}
    document["actions"][0] |= {"record_status": "progress_reported", "last_reported": "2022-09-12"}
    document["actions"][1] |= {"record_status": "announced_only", "last_reported": None}
    del document["figures"][0]["quantity"], document["figures"][0]["is_target"]
    document["figures"][0]["source_url"] = "https://example.org/sheet"
    document["meta"]["counts"] = {
        "actions": 2,
        "events": 2,
        "work_plan_lines": 15,
        "objectives": 15,
        "figures": 1,
        "sources": 2,
    }
    document["meta"]["language_of_summaries"] = ["en", "es"]
    document["pillars"] = [{"id": "I", "title_en": "One", "title_es": "Uno"}]
    document["objectives"] = [{"id": "fair-work", "pillar": "IV", "since": "2022-09-12"}]
    document["work_plan_2021"] = [
        {
            "line": 5,
            "pillar": "I",
            "objective": "trade-facilitation-infrastructure",
            "actions": ["crossing"],
            "gap_note": None,
        }
    ]
    holder = document
    for name, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in name.split("__")]
        holder = document
        for step in steps:
            holder = holder[step]
        holder[last] = value
    return document


def test_a_compiled_file_loads_to_the_same_record():
    assert problems(compiled()) == []
    same = load_record(json.dumps(compiled()))
    plain = load_record(json.dumps(sample()))
    assert same.actions == plain.actions
    assert same.claims == plain.claims


def test_event_ids_follow_the_rule_and_count_repetitions():
    document = sample()
    first = document["actions"][0]["events"][0]
    document["actions"][0]["events"] = [first, copy.deepcopy(first), copy.deepcopy(first)]
    for event in document["actions"][0]["events"]:
        del event["id"]
    document["meetings"] = []
    events = load_record(json.dumps(document)).actions[0].events
    base = "crossing.2022-09-12.commitment"
    assert [event.id for event in events] == [base, f"{base}.2", f"{base}.3"]


@pytest.mark.parametrize(
    ("basis", "date", "expected"),
    [
        ("event", "2022-01", "2022-09-12"),
        ("inferred", "2022-01", "2022-09-12"),
        ("scheduled", "2022-10", "2022-09-12"),
        ("unknown", None, "2022-09-12"),
        ("report", "2022-01", "2022-01"),
    ],
)
def test_the_day_of_the_report_comes_from_the_source_unless_the_date_is_that_day(basis, date, expected):
    place = "actions__0__events__0__"
    document = sample(**{f"{place}date": date, f"{place}date_basis": basis, f"{place}reported": GONE})
    event = load_record(json.dumps(document)).actions[0].events[0]
    assert str(event.reported) == expected


def test_no_day_of_report_is_invented():
    document = sample(actions__0__events__1__reported=GONE)
    assert load_record(json.dumps(document)).actions[0].events[1].reported is None


def test_a_bare_number_is_the_same_in_both_languages_and_words_are_not():
    bare = sample(figures__0__value_en=GONE, figures__0__value_es=GONE, figures__0__value="17,210.8")
    assert load_record(json.dumps(bare)).claims[0].value.es == "17,210.8"
    bare["figures"][0]["value"] = "more than 10"
    assert problems(bare) == [("$.figures[0].value", "one_language")]


def test_a_unit_that_says_target_makes_a_target():
    document = sample(figures__0__unit_en="people (target)", figures__0__is_target=GONE)
    assert load_record(json.dumps(document)).claims[0].is_target


@pytest.mark.parametrize(
    ("change", "value", "path"),
    [
        ("meta__counts__actions", 3, "$.meta.counts.actions"),
        ("meta__counts__events", 0, "$.meta.counts.events"),
        ("meta__counts__work_plan_lines", 14, "$.meta.counts.work_plan_lines"),
        ("meta__language_of_summaries", ["en"], "$.meta.language_of_summaries"),
        ("actions__0__record_status", "announced_only", "$.actions[0].record_status"),
        ("actions__0__last_reported", "2023", "$.actions[0].last_reported"),
        ("actions__1__last_reported", "2023", "$.actions[1].last_reported"),
        (
            "actions__0__events__0__source_url",
            "https://example.org/other",
            "$.actions[0].events[0].source_url",
        ),
        ("actions__0__events__0__source_publisher", "SRE", "$.actions[0].events[0].source_publisher"),
        ("figures__0__source_url", None, "$.figures[0].source_url"),
        ("objectives__0__pillar", "I", "$.objectives[0].pillar"),
        ("objectives__0__since", "2021-09-09", "$.objectives[0].since"),
        ("work_plan_2021__0__objective", "supply-chains", "$.work_plan_2021[0].objective"),
    ],
)
def test_a_restated_value_that_differs_is_told(change, value, path):
    assert (path, "mismatch") in problems(compiled(**{change: value}))


@pytest.mark.parametrize(
    ("change", "value", "path", "code"),
    [
        ("pillars__0__id", "V", "$.pillars[0].id", "unknown_pillar"),
        ("objectives__0__id", "peace", "$.objectives[0].id", "unknown_objective"),
        ("work_plan_2021__0__line", 16, "$.work_plan_2021[0].line", "unknown_line"),
        ("work_plan_2021__0__actions", ["tunnel"], "$.work_plan_2021[0].actions[0]", "unknown_action"),
        ("work_plan_2021__0__gap_note", "nothing found", "$.work_plan_2021[0].gap_note", "one_language"),
        ("meta__what_it_is", "A record.", "$.meta.what_it_is", "one_language"),
    ],
)
def test_the_plan_in_the_file_is_checked_against_the_charter(change, value, path, code):
    assert (path, code) in problems(compiled(**{change: value}))


def test_an_action_says_the_same_line_as_the_plan():
    assert ("$.work_plan_2021[0].actions[0]", "mismatch") in problems(compiled(actions__0__line=4))


def test_texts_in_english_only_are_told_for_each_key():
    document = compiled()
    for holder, key in [("actions", "origin"), ("figures", "unit"), ("sources", "publisher")]:
        thing = document[holder][0]
        thing[key] = thing.pop(f"{key}_en")
        del thing[f"{key}_es"]
    assert set(problems(document)) == {
        ("$.actions[0].origin", "one_language"),
        ("$.figures[0].unit", "one_language"),
        ("$.sources[0].publisher", "one_language"),
    }
