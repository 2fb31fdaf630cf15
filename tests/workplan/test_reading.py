"""A broken record file is refused with every problem at its own place, and each kind has its own message."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hled.workplan import (
    RecordInvalid,
    dump_record,
    entries,
    from_content,
    from_csv,
    load_record,
    to_csv,
    urn,
)
from hled.workplan.messages import MESSAGES
from hled.workplan.types import Source
from tests.workplan.samples import GONE, SAMPLE, problems, sample

EVENT = "actions__0__events__0__"
EVENT_PATH = "$.actions[0].events[0]"

BROKEN = [
    ({"extra": 1}, "$.extra", "unknown_key"),
    ({"actions__0__colour": "red"}, "$.actions[0].colour", "unknown_key"),
    ({"actions__0__two words": "red"}, '$.actions[0]["two words"]', "unknown_key"),
    ({"meta": GONE}, "$.meta", "missing_key"),
    ({"actions": GONE}, "$.actions", "missing_key"),
    ({"actions__0__id": GONE}, "$.actions[0].id", "missing_key"),
    ({"actions__0__events": GONE}, "$.actions[0].events", "missing_key"),
    ({"actions__0__title_en": GONE, "actions__0__title_es": GONE}, "$.actions[0].title_en", "missing_key"),
    ({"meta": []}, "$.meta", "wrong_type"),
    ({"sources": {}}, "$.sources", "wrong_type"),
    ({"actions__0": "crossing"}, "$.actions[0]", "wrong_type"),
    ({"actions__0__events": "none"}, "$.actions[0].events", "wrong_type"),
    ({"actions__0__adjacent_track": 1}, "$.actions[0].adjacent_track", "wrong_type"),
    ({"actions__0__line": True}, "$.actions[0].line", "wrong_type"),
    ({"actions__0__line": "5"}, "$.actions[0].line", "wrong_type"),
    ({"actions__0__line": 5.0}, "$.actions[0].line", "wrong_type"),
    ({"actions__0__title_en": 7}, "$.actions[0].title_en", "wrong_type"),
    ({"actions__0__lead_agencies_us": "us-state"}, "$.actions[0].lead_agencies_us", "wrong_type"),
    ({"actions__0__line": 10**9}, "$.actions[0].line", "out_of_range"),
    ({"sources__1__id": "sheet"}, "$.sources[1].id", "duplicate_id"),
    ({"actions__1__id": "crossing"}, "$.actions[1].id", "duplicate_id"),
    ({f"{EVENT}id": "crossing.undated.meeting"}, "$.actions[0].events[1].id", "duplicate_id"),
    (
        {"actions__0__lead_agencies_us": ["us-state"] * 2},
        "$.actions[0].lead_agencies_us[1]",
        "repeated_value",
    ),
    ({"actions__0__pillar": "V"}, "$.actions[0].pillar", "unknown_pillar"),
    ({"actions__0__objective": "peace"}, "$.actions[0].objective", "unknown_objective"),
    ({"actions__0__line": 16}, "$.actions[0].line", "unknown_line"),
    ({"actions__0__line": 0}, "$.actions[0].line", "unknown_line"),
    ({"actions__0__objective": "inclusion"}, "$.actions[0].objective", "objective_elsewhere"),
    ({"actions__0__line": 9}, "$.actions[0].line", "line_elsewhere"),
    ({"actions__0__lead_agencies_us": ["us-dot"]}, "$.actions[0].lead_agencies_us[0]", "unknown_agency"),
    ({"actions__0__lead_agencies_us": ["mx-se"]}, "$.actions[0].lead_agencies_us[0]", "unknown_agency"),
    ({"bodies__0__actions": ["tunnel"]}, "$.bodies[0].actions[0]", "unknown_action"),
    ({"deliverables__0__action": "tunnel"}, "$.deliverables[0].action", "unknown_action"),
    ({"deliverables__0__outcome": "nothing"}, "$.deliverables[0].outcome", "unknown_event"),
    ({"deliverables__0__promised_by": "nobody"}, "$.deliverables[0].promised_by", "unknown_event"),
    ({"deliverables__0__action": "reviews"}, "$.deliverables[0].promised_by", "event_elsewhere"),
    ({"meetings__0__event_id": "nothing"}, "$.meetings[0].event_id", "unknown_event"),
    ({f"{EVENT}source_id": "rumour"}, f"{EVENT_PATH}.source_id", "unknown_source"),
    ({"figures__0__source_id": "rumour"}, "$.figures[0].source_id", "unknown_source"),
    ({"bodies__0__sources": ["rumour"]}, "$.bodies[0].sources[0]", "unknown_source"),
    (
        {"discrepancies__0__versions__1__source_id": "rumour"},
        "$.discrepancies[0].versions[1].source_id",
        "unknown_source",
    ),
    ({f"{EVENT}source_id": None}, f"{EVENT_PATH}.source_id", "no_source"),
    ({f"{EVENT}source_id": GONE}, f"{EVENT_PATH}.source_id", "no_source"),
    ({f"{EVENT}date": "2022-02-30"}, f"{EVENT_PATH}.date", "impossible_date"),
    ({f"{EVENT}date": "2022-13"}, f"{EVENT_PATH}.date", "impossible_date"),
    ({f"{EVENT}date": "12 September"}, f"{EVENT_PATH}.date", "bad_date"),
    ({"meta__compiled": "yesterday"}, "$.meta.compiled", "bad_date"),
    ({f"{EVENT}date": "2024-07-01"}, f"{EVENT_PATH}.date", "future_date"),
    ({f"{EVENT}reported": "2025"}, f"{EVENT_PATH}.reported", "future_date"),
    ({f"{EVENT}date": None}, f"{EVENT_PATH}.date_basis", "date_and_basis"),
    ({f"{EVENT}date_basis": "unknown"}, f"{EVENT_PATH}.date_basis", "date_and_basis"),
    ({"actions__0__title_es": GONE}, "$.actions[0].title_es", "one_language"),
    ({"actions__0__title_es": "  "}, "$.actions[0].title_es", "one_language"),
    ({"actions__0__title_en": None}, "$.actions[0].title_en", "one_language"),
    ({"deliverables__0__note_en": "Late."}, "$.deliverables[0].note_es", "one_language"),
    ({"actions__0__origin": "Plan"}, "$.actions[0].origin", "one_language"),
    ({"meta__notes": ["English only."]}, "$.meta.notes[0].text", "one_language"),
    ({"actions__0__title_en": "", "actions__0__title_es": ""}, "$.actions[0].title_en", "empty_text"),
    ({f"{EVENT}kind": "party"}, f"{EVENT_PATH}.kind", "unknown_value"),
    ({f"{EVENT}date_basis": "guess"}, f"{EVENT_PATH}.date_basis", "unknown_value"),
    ({f"{EVENT}source_read": "half"}, f"{EVENT_PATH}.source_read", "unknown_value"),
    ({"agencies__0__party": "CA"}, "$.agencies[0].party", "unknown_value"),
    ({"meetings__0__level": "lunch"}, "$.meetings[0].level", "unknown_value"),
    ({"actions__0__summary_en": "x" * 4_001}, "$.actions[0].summary_en", "too_long"),
    ({"sources__0__url": "https://example.org/" + "x" * 2_000}, "$.sources[0].url", "too_long"),
    ({"actions__0__summary_en": "nul \0"}, "$.actions[0].summary_en", "bad_characters"),
    ({"actions__0__summary_en": "\ud800"}, "$.actions[0].summary_en", "bad_characters"),
    ({"actions__0__summary_en": "abc \u202e fdp"}, "$.actions[0].summary_en", "bad_characters"),
    ({"bodies__0__id": "a group"}, "$.bodies[0].id", "bad_id"),
    ({"bodies__0__id": "acción"}, "$.bodies[0].id", "bad_id"),
    ({"bodies__0__id": ""}, "$.bodies[0].id", "bad_id"),
    ({"bodies__0__id": "../etc"}, "$.bodies[0].id", "bad_id"),
    ({"bodies__0__id": "x" * 121}, "$.bodies[0].id", "bad_id"),
    ({"discrepancies__0__versions": []}, "$.discrepancies[0].versions", "too_few"),
]

FEW = settings(max_examples=25, deadline=None)


def test_the_sample_is_sound():
    assert problems(sample()) == []
    assert len(load_record(json.dumps(SAMPLE)).actions) == 2


@pytest.mark.parametrize(
    ("changes", "path", "code"), BROKEN, ids=[f"{code} {path}" for _, path, code in BROKEN]
)
def test_one_broken_place_has_its_own_message_there(changes, path, code):
    assert (path, code) in problems(sample(**changes))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/a",
        "javascript:alert(1)",
        "example.org",
        "https://",
        "https://exa mple.org",
        "https://user:secret@example.org",
        "https://[::1",
        "http://example.org/\u200b",
        "",
    ],
)
def test_only_web_addresses_pass(url):
    assert problems(sample(sources__0__url=url)) == [("$.sources[0].url", "bad_url")]


def test_a_scheduled_event_may_lie_in_the_future():
    changes = {f"{EVENT}date": "2030", f"{EVENT}date_basis": "scheduled", f"{EVENT}kind": "scheduled"}
    assert problems(sample(**changes)) == []


def test_a_date_that_begins_before_the_day_of_compilation_is_not_in_the_future():
    assert problems(sample(**{f"{EVENT}date": "2024"})) == []


@pytest.mark.parametrize(
    "section", ["agencies", "bodies", "deliverables", "figures", "discrepancies", "meetings"]
)
def test_an_optional_section_may_be_absent(section):
    changes = {section: GONE, "actions__0__lead_agencies_us": [], "actions__0__lead_agencies_mx": []}
    assert problems(sample(**changes)) == []


@pytest.mark.parametrize("official", ["US", "MX", "both", None])
def test_whose_own_publication_a_source_is_survives_file_table_and_entry(official):
    record = load_record(json.dumps(sample(sources__0__official=official)))
    source = record.sources[0]
    assert (source.official and source.official.value) == official
    assert load_record(dump_record(record)).sources == record.sources
    assert from_csv(Source, to_csv(Source, record.sources)) == record.sources
    content = next(content for _, name, content in entries(record) if name == urn(source))
    assert content["official"] == official
    assert from_content(Source, content) == source


def test_a_file_and_an_entry_of_before_say_of_no_source_that_it_is_official():
    record = load_record(json.dumps(sample()))
    assert [source.official for source in record.sources] == [None, None]
    content = {key: value for key, value in next(entries(record))[2].items() if key != "official"}
    assert from_content(Source, content) == record.sources[0]


def test_no_third_government_publishes():
    assert problems(sample(sources__0__official="CA")) == [("$.sources[0].official", "unknown_value")]


def test_all_problems_are_told_at_once():
    several = sample(
        **{
            "sources__0__url": "nowhere",
            "actions__0__pillar": "V",
            f"{EVENT}date": "2022-02-30",
            "actions__0__events__1__source_id": None,
            "figures__0__unit_es": GONE,
            "meetings__0__event_id": "nothing",
        }
    )
    assert set(problems(several)) == {
        ("$.sources[0].url", "bad_url"),
        ("$.actions[0].pillar", "unknown_pillar"),
        (f"{EVENT_PATH}.date", "impossible_date"),
        ("$.actions[0].events[1].source_id", "no_source"),
        ("$.figures[0].unit_es", "one_language"),
        ("$.meetings[0].event_id", "unknown_event"),
    }


def test_the_error_names_the_first_problems_and_counts_the_rest():
    changes = {f"sources__{place}__{key}": 7 for place in (0, 1) for key in ("id", "read")}
    with pytest.raises(RecordInvalid) as invalid:
        load_record(json.dumps(sample(**changes)))
    more = len(invalid.value.problems) - 3
    assert invalid.value.code == "workplan.record_invalid"
    assert "$.sources[0].id" in invalid.value.text("en")
    assert f"and {more} more" in invalid.value.text("en")
    assert f"y {more} más" in invalid.value.text("es")


def test_every_kind_of_problem_of_a_file_is_tested():
    tested = {code for _, _, code in BROKEN} | {"bad_url"}
    of_the_text = {"too_large", "not_utf8", "not_json", "too_deep", "duplicate_key", "not_a_number"}
    of_tables = {
        "not_csv",
        "unknown_column",
        "missing_column",
        "repeated_column",
        "wrong_width",
        "row_differs",
    }
    assert set(MESSAGES) - tested == of_the_text | of_tables | {"mismatch"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PLACES = [
    "meta",
    "meta__counts",
    "meta__notes",
    "sources",
    "sources__0",
    "sources__0__id",
    "actions",
    "actions__0",
]
PLACES += [
    "actions__0__id",
    "actions__0__events",
    f"{EVENT}source_id",
    f"{EVENT}date",
    f"{EVENT}kind",
    "figures",
]
PLACES += ["actions__0__events__0", "pillars", "objectives", "work_plan_2021", "discrepancies__0__versions"]
PLACES += ["bodies__0__actions", "meetings__0__event_id", "deliverables__0__promised_by", "figures__0__unit"]


@FEW
@given(st.dictionaries(st.sampled_from(PLACES), JSON, min_size=1, max_size=1))
def test_whatever_stands_anywhere_the_answer_is_a_record_or_a_list_of_problems(changes):
    document = sample(**changes)
    if not problems(document):
        assert load_record(json.dumps(document)).title.en == SAMPLE["meta"]["title_en"]


@given(JSON)
def test_any_json_is_answered(value):
    with pytest.raises(RecordInvalid):
        load_record(json.dumps(value))
