"""The agenda read back: everything is there, counted as the rules say, in a handful of queries."""

import datetime as dt

import pytest

from hled.web.agenda import exports, queries
from hled.web.agenda.errors import NotOnRecordError
from hled.web.agenda.filters import ActionFilters, EventFilters
from hled.web.agenda.results import DeliverableState
from hled.web.record import queries as record
from hled.workplan import bundled_record, charter, computed_status, from_csv, last_reported, silent_days
from hled.workplan.status import weight
from hled.workplan.tables import TABLES
from hled.workplan.types import DateBasis, EventKind, Official, Party, Weight

RECORD = bundled_record()
TODAY = dt.date(2026, 11, 23)
EVERY = ActionFilters()
OFFICIAL = {source.id: source.official for source in RECORD.sources}
BY_ID = {action.id: action for action in RECORD.actions}
SECTIONS = {pillar.id for pillar in charter().pillars if pillar.is_section}
OCTOBER_2022 = "2022-10"


def test_the_overview_counts_the_register(loaded):
    totals = queries.overview(TODAY).totals
    assert (totals.pillars, totals.lines) == (4, 15)
    assert (totals.actions, totals.events) == (73, 202)
    assert totals.sources == len(RECORD.sources)
    assert totals.entries == record.head().size
    assert totals.adjacent == sum(action.adjacent for action in RECORD.actions) > 0
    assert totals == queries.totals()


def test_each_pillar_counts_its_own_actions_without_adjacent_ones(loaded):
    overview = queries.overview(TODAY)
    assert [part.pillar.id for part in overview.pillars] == ["I", "II", "III", "IV"]
    assert [part.pillar.id for part in overview.sections] == ["GOV", "LEGACY"]
    for part in (*overview.pillars, *overview.sections):
        own = [a for a in RECORD.actions if a.pillar == part.pillar.id and not a.adjacent]
        assert part.actions == len(own) == sum(item.count for item in part.counts)
        assert part.events == sum(len(action.events) for action in own)
        expected = dict.fromkeys((item.status for item in part.counts), 0)
        for action in own:
            expected[computed_status(action.events)] += 1
        assert {item.status: item.count for item in part.counts} == expected
        assert part.last_reported == max(filter(None, (last_reported(a.events) for a in own)))
    assert sum(part.adjacent for part in overview.pillars) == overview.totals.adjacent


def test_promises_of_october_2022_without_outcome_are_overdue(loaded):
    late = [
        item for item in queries.overview(TODAY).overdue if item.deliverable.due.iso.startswith(OCTOBER_2022)
    ]
    assert len(late) >= 3
    assert all(item.state is DeliverableState.OVERDUE and item.outcome is None for item in late)
    assert all(item.days_overdue > 1400 for item in late)
    assert not [item for item in queries.overdue(dt.date(2022, 10, 1)) if item in late]


def test_what_changed_last_happened(loaded):
    found = queries.changes(8)
    assert len(found.events) == len(found.entries) == 8
    dates = [item.event.date for item in found.events]
    assert dates == sorted(dates, reverse=True)
    assert all(item.event.basis is not DateBasis.SCHEDULED for item in found.events)
    assert all(item.event.kind is not EventKind.SCHEDULED for item in found.events)
    numbers = [item.mark.seq for item in found.entries]
    assert numbers == list(range(numbers[0], numbers[0] - 8, -1))
    assert found.entries[0].kind == "record"
    assert found.entries[1].url_name == "meetings:meeting"


def test_an_action_with_everything_around_it(loaded):
    action = max(RECORD.actions, key=lambda item: len(item.events))
    view = queries.action(action.id, TODAY)
    assert {event.id for event in view.action.events} == {event.id for event in action.events}
    dates = [item.event.date for item in view.timeline]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates[: len(known)] == known
    assert all(item.source.id == item.event.source for item in view.timeline)
    assert {agency.id for agency in view.agencies_us} == set(action.agencies_us)
    assert {agency.id for agency in view.agencies_mx} == set(action.agencies_mx)
    assert {body.id for body in view.bodies} == {b.id for b in RECORD.bodies if action.id in b.actions}
    assert len(view.history) == 1 + len(action.events) + len(view.deliverables)


def test_three_voices_never_mix(loaded):
    for action in RECORD.actions[:10]:
        voices = queries.action(action.id, TODAY).voices
        assert voices.assessed is None  # nobody can assess yet
        assert voices.computed is computed_status(action.events)
        assert voices.silent_days == silent_days(action.events, TODAY)
        assert voices.rule.en != voices.rule.es


def test_a_government_speaks_through_its_own_latest_publication(loaded):
    sheet = queries.action("supply-chain-working-group", TODAY).voices
    assert sheet.self_reported_us is not None
    assert sheet.self_reported_us.event.id == "supply-chain-working-group.2022-09-12.output"
    assert sheet.self_reported_us.source.id == "wh-2022-09-12-fs"
    assert sheet.self_reported_mx is None  # its communiqué is known through press only
    shared = queries.action("tijuana-river-sanitation", TODAY).voices
    assert shared.self_reported_mx is not None
    assert shared.self_reported_mx.source.official is Official.BOTH
    assert [party for party, _ in shared.self_reported] == [Party.US, Party.MX]


def test_neither_press_nor_promises_report_for_a_government(loaded):
    speaking = dict.fromkeys(Party, 0)
    for action in RECORD.actions:
        for party, report in queries.action(action.id, TODAY).voices.self_reported:
            own = [e for e in action.events if OFFICIAL[e.source] and OFFICIAL[e.source].speaks_for(party)]
            own = [event for event in own if weight(event) is not Weight.PROMISE]
            speaking[party] += report is not None
            if report is None:
                assert own == []
            else:
                assert report.event in own
                assert report.event.date == max((e.date for e in own if e.date), default=None)
    assert speaking == {Party.US: 41, Party.MX: 7}


def test_an_action_known_from_press_only_has_no_self_report(loaded):
    press = [a for a in RECORD.actions if a.events and not any(OFFICIAL[e.source] for e in a.events)]
    assert press
    for action in press:
        voices = queries.action(action.id, TODAY).voices
        assert (voices.self_reported_us, voices.self_reported_mx) == (None, None)


def test_a_line_shows_its_actions_and_neighbours(loaded):
    for number in (1, 8, 15):
        view = queries.line(number, TODAY)
        assert {item.id for item in view.actions} == {a.id for a in RECORD.actions if a.line == number}
        assert (view.previous.number if view.previous else 0) == number - 1
        assert (view.following.number if view.following else 16) == number + 1
        assert {item.event.action for item in view.events} <= {item.id for item in view.actions}


def test_a_pillar_shows_each_of_its_actions_once(loaded):
    for pillar in charter().pillars:
        view = queries.pillar(pillar.id, TODAY)
        shown = [a.id for part in view.objectives for line in part.lines for a in line.actions]
        shown += [a.id for part in view.objectives for a in part.others]
        in_pillar = [a.id for a in RECORD.actions if a.pillar == pillar.id]
        assert len(shown) == len(set(shown))
        assert set(shown) == set(in_pillar)


def test_a_source_shows_what_rests_on_it(loaded):
    counts = {item.source.id: item for item in queries.sources()}
    assert set(counts) == {source.id for source in RECORD.sources}
    citing = (RECORD.actions[0].events[0], RECORD.claims[0], RECORD.discrepancies[0].versions[0])
    for key in {item.source for item in citing}:
        view = queries.source(key)
        assert len(view.events) == counts[key].events
        assert len(view.claims) == counts[key].claims
        cited = {d.id for d in RECORD.discrepancies if any(v.source == key for v in d.versions)}
        assert {d.id for d in view.discrepancies} == cited


def test_figures_stay_side_by_side(loaded):
    found = queries.claims()
    assert {item.claim for item in found} == set(RECORD.claims)
    rivals = [item for item in found if item.rivals]
    assert rivals
    places = [place for place, item in enumerate(found) if item.claim.quantity == rivals[0].claim.quantity]
    assert places == list(range(places[0], places[0] + rivals[0].rivals + 1))
    for item in queries.discrepancies():
        assert [source.id for source in item.sources] == [v.source for v in item.discrepancy.versions]


def test_silence_counts_from_the_last_report(loaded):
    found = queries.silent(365, TODAY)
    assert all(item.silent_days > 365 for item in (*found.actions, *found.sections))
    lengths = [item.silent_days for item in found.actions]
    assert lengths == sorted(lengths, reverse=True)
    assert not {item.pillar for item in found.actions} & SECTIONS
    assert {item.pillar for item in found.sections} <= SECTIONS
    assert all(item.last_reported is None for item in found.never)
    assert not any(item.adjacent for item in (*found.actions, *found.never, *found.sections))
    assert found.announced
    summary = queries.overview(TODAY).silent
    assert summary.over_365 == sum(item.silent_days > 365 for item in found.actions)
    assert summary.longest is not None
    assert summary.longest.id == found.actions[0].id
    assert len(queries.silent(36_000, TODAY).actions) == 0


def test_every_action_is_listed_in_the_order_of_the_plan(loaded):
    found = queries.actions(EVERY, TODAY)
    assert {item.id for item in found} == set(BY_ID)
    order = [pillar.id for pillar in charter().pillars]
    places = [order.index(item.pillar) for item in found]
    assert places == sorted(places)
    for item in found:
        action = BY_ID[item.id]
        assert item.last_reported == last_reported(action.events)
        assert item.silent_days == silent_days(action.events, TODAY)
        assert item.events == len(action.events)


@pytest.mark.parametrize("section", sorted(set(TABLES) - {"agencies", "bodies", "meetings"}))
def test_every_list_loads_back(loaded, section):
    tables = {
        "sources": exports.sources(),
        "actions": exports.actions(EVERY, TODAY),
        "events": exports.events(EventFilters()),
        "deliverables": exports.deliverables(),
        "figures": exports.claims(),
        "discrepancies": exports.discrepancies(),
    }
    table = tables[section]
    back = from_csv(TABLES[section], table.csv())
    assert [thing.id for thing in back] == [thing.id for thing in table.things]
    assert len(back) == len(table.json()) > 0
    again = type(table)(section, back)
    assert again.csv() == table.csv()


@pytest.mark.parametrize("key", ["nobody", "", "\0", "x" * 300, "VI"])
def test_ids_that_nothing_has(loaded, key):
    readers = (
        lambda: queries.action(key, TODAY),
        lambda: queries.source(key),
        lambda: queries.pillar(key, TODAY),
    )
    for reader in readers:
        with pytest.raises(NotOnRecordError) as caught:
            reader()
        assert caught.value.status == 404
        assert caught.value.message.en != caught.value.message.es


@pytest.mark.parametrize("number", [0, 16, -1, 10**20])
def test_there_are_fifteen_lines(loaded, number):
    with pytest.raises(NotOnRecordError):
        queries.line(number, TODAY)


@pytest.mark.parametrize(
    ("limit", "reader"),
    [
        (6, lambda: queries.overview(TODAY)),
        (4, lambda: queries.pillar("I", TODAY)),
        (5, lambda: queries.line(5, TODAY)),
        (7, lambda: queries.action(RECORD.actions[0].id, TODAY)),
        (3, lambda: queries.actions(EVERY, TODAY)),
        (1, lambda: queries.events(EventFilters())),
        (1, queries.sources),
        (7, lambda: queries.source(RECORD.sources[0].id)),
        (1, queries.claims),
        (2, queries.discrepancies),
        (4, lambda: queries.silent(180, TODAY)),
        (3, lambda: queries.changes(20)),
    ],
)
def test_few_queries(loaded, django_assert_max_num_queries, limit, reader):
    with django_assert_max_num_queries(limit):
        reader()


def test_an_empty_register_answers_too(empty):
    overview = queries.overview(TODAY)
    assert overview.totals.actions == overview.totals.entries == 0
    assert overview.silent.longest is None
    assert overview.compiled is None
    assert queries.actions(EVERY, TODAY) == ()
    assert queries.line(1, TODAY).actions == ()
