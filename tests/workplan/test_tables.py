"""Every list of the record is a CSV table that loads back to the same rows and runs no formula."""

import csv
import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hled.language import Bilingual, PartialDate
from hled.workplan import TABLES, RecordInvalid, bundled_record, from_csv, to_csv
from hled.workplan.tables import guard, unguard
from hled.workplan.types import Action, Agency, Claim, Discrepancy, Event, Party, PublicRecord, Version

PLAIN = st.characters(exclude_characters="\x7f", exclude_categories=["Cc", "Cs", "Cf"])
TEXTS = st.text(PLAIN | st.sampled_from("\t\r\n'=+-@\",;"), min_size=1, max_size=30).filter(str.strip)
BOTH = st.builds(Bilingual, en=TEXTS, es=TEXTS)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,10}", fullmatch=True)
CLAIMS = st.builds(
    Claim,
    id=IDS,
    quantity=IDS,
    label=BOTH,
    period=st.none() | TEXTS,
    value=BOTH,
    unit=BOTH,
    is_target=st.booleans(),
    source=IDS,
)
ACTIONS = st.builds(
    Action,
    id=IDS,
    pillar=IDS,
    objective=IDS,
    line=st.none() | st.integers(1, 15),
    title=BOTH,
    summary=BOTH,
    agencies_us=st.lists(IDS, unique=True, max_size=3).map(tuple),
    agencies_mx=st.lists(IDS, unique=True, max_size=3).map(tuple),
    origin=BOTH,
    adjacent=st.booleans(),
)
DISCREPANCIES = st.builds(
    Discrepancy,
    id=IDS,
    title=BOTH,
    explanation=BOTH,
    versions=st.lists(st.builds(Version, statement=BOTH, source=IDS), min_size=2, max_size=4).map(tuple),
)

FEW = settings(max_examples=25, deadline=None)


def unique(things):
    return st.lists(things, max_size=4, unique_by=lambda thing: thing.id)


def rows(record: PublicRecord, section: str) -> tuple[object, ...]:
    events = tuple(event for action in record.actions for event in action.events)
    actions = tuple(dataclasses.replace(action, events=()) for action in record.actions)
    special = {"events": events, "actions": actions, "figures": record.claims}
    return special[section] if section in special else getattr(record, section)


@pytest.mark.parametrize("section", TABLES)
def test_each_list_of_the_bundled_record_loads_back(section):
    things = rows(bundled_record(), section)
    assert things
    assert from_csv(TABLES[section], to_csv(TABLES[section], things)) == things


@FEW
@given(unique(CLAIMS))
def test_claims_with_any_text_load_back(claims):
    assert from_csv(Claim, to_csv(Claim, claims)) == tuple(claims)


@FEW
@given(unique(ACTIONS))
def test_actions_with_any_text_load_back(actions):
    assert from_csv(Action, to_csv(Action, actions).encode()) == tuple(actions)


@FEW
@given(unique(DISCREPANCIES))
def test_discrepancies_take_a_row_for_each_version(discrepancies):
    text = to_csv(Discrepancy, discrepancies)
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 1 + sum(
        len(d.versions) for d in discrepancies
    )
    assert from_csv(Discrepancy, text) == tuple(discrepancies)


@given(st.text())
def test_the_guard_is_undone_exactly(cell):
    assert unguard(guard(cell)) == cell


@given(CLAIMS)
def test_no_cell_begins_like_a_formula(claim):
    for row in csv.reader(io.StringIO(to_csv(Claim, [claim]), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM", "'@SUM"),
        ("-5", "'-5"),
        ("'90s", "''90s"),
        ("'=x", "''=x"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_the_guard_is_one_apostrophe(cell, guarded):
    assert guard(cell) == guarded
    assert unguard(guarded) == cell


def test_an_apostrophe_that_a_person_typed_stays():
    assert unguard("'90s") == "'90s"


AGENCY = Agency("us-state", Party.US, Bilingual("State", "Estado"), Bilingual("Department", "Departamento"))
HEADER = "id,party,short_en,short_es,name_en,name_es"


def refused(noun: type, text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(RecordInvalid) as invalid:
        from_csv(noun, text)
    return [(problem.path, problem.code) for problem in invalid.value.problems]


def test_columns_come_in_any_order_and_blank_lines_do_not_count():
    text = (
        "name_es,id,party,short_en,short_es,name_en\n\nDepartamento,us-state,US,State,Estado,Department\n\n"
    )
    assert from_csv(Agency, text) == (AGENCY,)
    assert from_csv(Agency, b"\xef\xbb\xbf" + text.encode()) == (AGENCY,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("row 1", "missing_column")),
        (HEADER.replace("party,", ""), ("row 1", "missing_column")),
        (HEADER + ",colour", ("row 1", "unknown_column")),
        (HEADER + ",id", ("row 1", "repeated_column")),
        (f"{HEADER}\nus-state,US,State", ("row 2", "wrong_width")),
        (f'{HEADER}\nus-state,US,"State', ("row 2", "not_csv")),
        (f"{HEADER}\nus-state,US,S,E,D,D\nus-state,US,S,E,D,D", ("row 3, column id", "duplicate_id")),
        (f"{HEADER}\nus-state,CA,S,E,D,D", ("row 2, column party", "unknown_value")),
        (f"{HEADER}\na,US,S,E,D,D\nb,US,S,,D,D", ("row 3, column short_es", "one_language")),
        (f"{HEADER}\nthe state,US,S,E,D,D", ("row 2, column id", "bad_id")),
        (f"{HEADER}\nus-state,US,S,E,D,\0", ("row 2, column name_es", "bad_characters")),
        (b"\xff", ("table", "not_utf8")),
    ],
)
def test_a_broken_table_names_row_and_column(text, expected):
    assert expected in refused(Agency, text)


def test_problems_of_all_rows_are_told_at_once():
    text = f"{HEADER}\n?,US,S,E,D,D\nb,CA,S,E,D,D\nc,US,S,E,D,"
    assert refused(Agency, text) == [
        ("row 2, column id", "bad_id"),
        ("row 3, column party", "unknown_value"),
        ("row 4, column name_es", "one_language"),
    ]


def test_a_date_that_a_spreadsheet_rewrote_is_told():
    event = dataclasses.replace(bundled_record().actions[0].events[0], date=PartialDate("2022-09"))
    assert refused(Event, to_csv(Event, [event]).replace("2022-09,", "Sep-22,")) == [
        ("row 2, column date", "bad_date")
    ]


def test_versions_of_one_discrepancy_agree_on_what_they_share():
    (first, *_) = bundled_record().discrepancies
    text = to_csv(Discrepancy, [first])
    lines = text.splitlines(keepends=True)
    lines[2] = lines[2].replace(first.title.en, "Another title", 1)
    assert refused(Discrepancy, "".join(lines)) == [("row 3, column title_en", "row_differs")]
    lines = text.splitlines(keepends=True)
    lines[2] = lines[2].replace(first.versions[1].source, "no such", 1)
    assert refused(Discrepancy, "".join(lines)) == [("row 3, column source_id", "bad_id")]
