"""The bundled public record is the whole real record, honest about dates, sources and promises."""

import dataclasses
import datetime as dt
from collections import Counter

import pytest

from hled.language import Bilingual
from hled.workplan import (
    ComputedStatus,
    bundled_record,
    charter,
    computed_status,
    overdue,
    recorded_status,
    silent_days,
)
from hled.workplan.types import DateBasis, Official, Party, Weight

RECORD = bundled_record()
EVENTS = [event for action in RECORD.actions for event in action.events]


def test_everything_that_was_compiled_is_there():
    assert len(RECORD.actions) == 73
    assert len(EVENTS) == 202
    assert len(RECORD.claims) == 30
    assert sum(claim.is_target for claim in RECORD.claims) == 4
    assert len(RECORD.discrepancies) == 5
    assert len(RECORD.sources) == 124  # 122 compiled, one without an address, one of a dated meeting


def test_events_by_dating_reading_and_kind_are_as_compiled():
    assert Counter(event.basis.value for event in EVENTS) == {
        "event": 117,
        "report": 59,
        "inferred": 17,
        "unknown": 5,
        "scheduled": 4,
    }
    assert Counter(event.read.value for event in EVENTS) == {
        "full": 65,
        "part": 6,
        "excerpt": 38,
        "secondary": 93,
    }
    assert Counter(event.kind.value for event in EVENTS) == {
        "commitment": 34,
        "meeting": 29,
        "review": 28,
        "output": 24,
        "agreement": 17,
        "plan": 16,
        "statement": 13,
        "funding": 11,
        "programme_launch": 10,
        "announcement": 6,
        "scheduled": 5,
        "study": 3,
        "milestone": 3,
        "construction": 2,
        "working_group": 1,
    }


def test_statuses_are_those_of_the_compiled_record():
    counts = Counter(recorded_status(action.events).value for action in RECORD.actions)
    assert counts == {"progress_reported": 53, "announced_only": 20}
    ours = Counter(computed_status(action.events) for action in RECORD.actions)
    assert ours[ComputedStatus.PROMISED] + ours[ComputedStatus.REVIEWED] == 20


def test_lines_have_the_actions_found_for_them():
    found = Counter(action.line for action in RECORD.actions if action.line)
    assert [found[line.number] for line in charter().lines] == [4, 6, 1, 2, 10, 1, 6, 6, 3, 1, 2, 1, 2, 4, 7]


def test_exactly_five_events_have_no_date():
    assert sum(event.date is None for event in EVENTS) == 5
    assert all((event.date is None) == (event.basis is DateBasis.UNKNOWN) for event in EVENTS)


def test_a_report_that_is_the_only_dated_thing_carries_that_date():
    for event in EVENTS:
        if event.basis is DateBasis.REPORT:
            assert event.reported == event.date


def test_only_one_event_has_a_source_without_an_address():
    without = {source.id for source in RECORD.sources if source.url is None}
    assert [event.id for event in EVENTS if event.source in without] == [
        "mexican-talent-community-colleges.2023-12-15.programme_launch"
    ]
    assert all(source.url.startswith(("https://", "http://")) for source in RECORD.sources if source.url)


def test_event_ids_say_action_date_and_kind():
    for event in EVENTS:
        assert event.id.startswith(f"{event.action}.{event.date or 'undated'}.{event.kind}")
    assert len({event.id for event in EVENTS}) == len(EVENTS)


def test_adjacent_tracks_keep_their_flag():
    assert [action.id for action in RECORD.actions if action.adjacent] == [
        "north-america-semiconductor-coordination"
    ]
    assert "usmca-emergency-subcommittee" in {body.id for body in RECORD.bodies if body.adjacent}


def test_agencies_named_as_acting_are_of_the_right_party():
    party = {agency.id: agency.party for agency in RECORD.agencies}
    for action in RECORD.actions:
        assert {party[name] for name in action.agencies_us} <= {Party.US}
        assert {party[name] for name in action.agencies_mx} <= {Party.MX}
    named = {name for action in RECORD.actions for name in action.agencies_us + action.agencies_mx}
    assert named == set(party)


def test_the_three_events_of_october_2022_have_no_outcome():
    october = [promise for promise in RECORD.deliverables if promise.due.iso.startswith("2022-10")]
    named = {"5g-forum-2022-10", "apprenticeship-exchange-2022-10-24", "technical-education-dialogue-2022-10"}
    assert {promise.id for promise in october} == named | {"usmca-emergency-talks-2022-10"}
    assert all(promise.outcome is None for promise in october)
    assert all(overdue(promise, dt.date(2022, 11, 1)) for promise in october)
    assert not any(overdue(promise, dt.date(2022, 10, 24)) for promise in october)


def test_deliverables_are_promised_by_promises():
    kinds = {event.id: event for event in EVENTS}
    for promise in RECORD.deliverables:
        by = kinds[promise.promised_by]
        assert by.kind.weight in {Weight.PROMISE, Weight.ACTIVITY}, promise.id
        if promise.outcome:
            assert kinds[promise.outcome].kind.weight is not Weight.PROMISE


def test_disagreeing_figures_name_different_sources():
    for discrepancy in RECORD.discrepancies:
        assert len({version.source for version in discrepancy.versions}) == len(discrepancy.versions) >= 2


@pytest.mark.parametrize(
    ("level", "days"),
    [
        ("cabinet", ["2021-09-09", "2022-09-12", "2023-09-29"]),
        ("review", ["2022-04-18", "2023-04-18", "2024-04-19"]),
        ("first_cycle", ["2013-09-20", "2014-06-27", "2015-01-06", "2015-07-29", "2016-02-25", "2016-12"]),
        ("preparatory", ["2021-08-10"]),
    ],
)
def test_meetings_took_place_on_the_days_of_the_record(level, days):
    assert [meeting.date.iso for meeting in RECORD.meetings if meeting.level == level] == days


def test_meetings_linked_to_an_event_share_its_date_and_action():
    by_id = {event.id: event for event in EVENTS}
    actions = {"cabinet-meetings-and-reviews", "stakeholder-consultation", "legacy-launch-and-meetings"}
    for meeting in RECORD.meetings:
        if meeting.event:
            assert by_id[meeting.event].date == meeting.date
            assert by_id[meeting.event].action in actions


def test_the_record_says_that_it_is_no_statement_of_either_government():
    first = RECORD.notes[0]
    assert "no statement of either government" in first.en
    assert "ninguno de los dos gobiernos" in first.es


def test_spanish_uses_the_spanish_names():
    def texts(value: object) -> list[Bilingual]:
        if isinstance(value, Bilingual):
            return [value]
        if isinstance(value, tuple):
            return [text for item in value for text in texts(item)]
        if dataclasses.is_dataclass(value):
            return [text for field in dataclasses.fields(value) for text in texts(getattr(value, field.name))]
        return []

    every = texts(RECORD)
    assert len(every) > 800
    for text in every:
        assert not {"USMCA", "mdd", "mdp"} & set(text.es.replace(",", " ").split())
        assert "HLED" not in text.es.replace("trade.gov/HLED", "")


def test_silence_can_be_told_for_every_action_but_two():
    silent = {
        action.id for action in RECORD.actions if silent_days(action.events, dt.date(2026, 1, 1)) is None
    }
    assert silent == {"apprenticeship-exchange", "technical-education-dialogue"}


def test_every_source_says_whose_own_publication_it_is():
    assert Counter(source.official for source in RECORD.sources) == {
        Official.US: 48,
        Official.MX: 12,
        Official.BOTH: 1,
        None: 63,
    }
    official = {source.id: source.official for source in RECORD.sources}
    assert official["wh-2022-09-12-fs"] is Official.US
    assert official["yucatan-2016-12"] is Official.US  # an embassy's own sheet, carried by a newspaper
    assert official["rem-17mil"] is Official.MX  # a ministry's communiqué, carried by a trade journal
    assert official["epa-soi"] is Official.BOTH
    assert official["jornada-2023-04-20"] is None
    assert official["uscc-2023-10-02"] is None  # a chamber speaks for no government


def test_the_public_bodies_of_a_party_never_pass_for_press():
    names = ("White House", "USTR", "USAID", "U.S. Department", "U.S. Embassy", "SRE", "(SRE", "EPA")
    for source in RECORD.sources:
        if source.publisher.en.startswith(names) or "SRE communiqué" in source.publisher.en:
            assert source.official is not None, source.id


@pytest.mark.parametrize(
    ("official", "parties"),
    [(Official.US, {Party.US}), (Official.MX, {Party.MX}), (Official.BOTH, {Party.US, Party.MX})],
)
def test_a_publication_speaks_for_its_own_government(official, parties):
    assert {party for party in Party if official.speaks_for(party)} == parties
