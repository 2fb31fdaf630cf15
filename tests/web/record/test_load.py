"""Loading the public record: once, completely, all or nothing, and never over what people corrected."""

import dataclasses
import datetime as dt

import pytest

from hled.language import Bilingual
from hled.web.agenda import queries as agenda
from hled.web.agenda.models import ActionRow, ErrorReport
from hled.web.record import actions, projection, queries
from hled.web.record.actions import Act, Origin
from hled.web.record.models import EntryRow
from hled.workplan import bundled_record, dump_record, entries, load_record

RECORD = bundled_record()
TODAY = dt.date(2026, 11, 23)
ACTION = RECORD.actions[0]
URN = f"urn:hled:action:{ACTION.id}"
A_TITLE = Bilingual("A corrected title", "Un título corregido")
ANOTHER = Bilingual("Another title", "Otro título")


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Every public row, without the numbers that the database itself gives."""
    found = {}
    for table in projection.declared_tables():
        fields = [
            field.attname for field in table._meta.concrete_fields if field.attname != "id" or kept(table)
        ]
        found[table.__name__] = sorted(table._default_manager.values_list(*fields), key=repr)
    return found


def kept(table: type) -> bool:
    return table._meta.pk.get_internal_type() != "BigAutoField"


def changed(**attributes: object) -> str:
    """The bundled record with its first action changed, as the text of a file."""
    first = dataclasses.replace(ACTION, **attributes)
    return dump_record(dataclasses.replace(RECORD, actions=(first, *RECORD.actions[1:])))


def title() -> Bilingual:
    """The title that the site shows for the first action."""
    row = ActionRow.objects.get(id=ACTION.id)
    return Bilingual(row.title_en, row.title_es)


def test_every_object_of_the_record_has_one_entry(loaded):
    assert queries.head().size == len(list(entries(RECORD))) + 1
    assert {urn for _, urn, _ in entries(RECORD)} <= set(EntryRow.objects.values_list("object_id", flat=True))


def test_loading_the_same_file_again_does_nothing(loaded):
    before = queries.head()
    assert actions.load(RECORD) == actions.Loaded(already=True)
    assert queries.head() == before


def test_the_bundled_record_is_brought_in_once(loaded):
    before = queries.head()
    assert actions.bring_in(RECORD) == actions.Loaded(already=True)
    actions.load(load_record(changed(title=A_TITLE)))
    assert actions.bring_in(RECORD) == actions.Loaded(already=True)
    assert title() == A_TITLE
    assert queries.head().size == before.size + 2


def test_an_operator_goes_back_to_a_file_loaded_before(loaded):
    first, second = (load_record(changed(title=text)) for text in (A_TITLE, ANOTHER))
    for record, wanted in ((first, A_TITLE), (second, ANOTHER), (first, A_TITLE)):
        assert actions.load(record).appended == 1
        assert title() == wanted
    assert actions.load(first) == actions.Loaded(already=True)
    assert actions.load(RECORD, Origin.BUNDLED).appended == 1
    assert title() == ACTION.title


def test_a_new_release_leaves_what_an_operator_loaded(loaded):
    summary = Bilingual("Said by a new release", "Dicho por una versión nueva")
    second = dataclasses.replace(RECORD.actions[1], summary=summary)
    first = dataclasses.replace(ACTION, title=ANOTHER)
    release = load_record(
        dump_record(dataclasses.replace(RECORD, actions=(first, second, *RECORD.actions[2:])))
    )
    actions.load(load_record(changed(title=A_TITLE)))
    done = actions.bring_in(release)
    assert (done.appended, done.kept, done.already) == (1, 1, False)
    assert title() == A_TITLE
    assert ActionRow.objects.get(id=second.id).summary_en == summary.en
    assert actions.load(release, Origin.BUNDLED).appended == 1  # asked for, it counts again
    assert title() == ANOTHER


def test_a_release_changes_what_a_release_brought(loaded):
    assert actions.bring_in(load_record(changed(title=A_TITLE))).appended == 1
    assert actions.bring_in(load_record(changed(title=ANOTHER))).appended == 1
    assert title() == ANOTHER


def test_the_entry_that_closes_a_load_says_where_the_file_came_from(loaded):
    actions.load(load_record(changed(title=A_TITLE)))
    closing = EntryRow.objects.filter(type=actions.LOADED).order_by("seq")
    origins = [queries.leaf(row.seq).entry.content["origin"] for row in closing]
    assert origins == ["bundled", "operator"]


def test_a_changed_file_appends_only_what_changed(loaded):
    size = queries.head().size
    done = actions.load(load_record(changed(title=A_TITLE)))
    assert (done.appended, done.kept, done.already) == (1, 0, False)
    assert queries.head().size == size + 2
    assert title() == A_TITLE
    assert ActionRow.objects.get(id=ACTION.id).event_count == len(ACTION.events)
    before, after = queries.marks([URN]).listed
    assert before.type == after.type == "agenda.action.compiled"
    assert queries.leaf(after.seq).entry.prev == before.leaf_hash


def test_a_file_that_leaves_objects_out_deletes_nothing(loaded):
    shorter = dump_record(dataclasses.replace(RECORD, claims=RECORD.claims[:1]))
    assert actions.load(load_record(shorter)).appended == 0
    assert len(agenda.claims()) == len(RECORD.claims)


def test_what_people_corrected_later_wins(loaded, monkeypatch):
    monkeypatch.setitem(projection._projectors, "agenda.action.corrected", lambda entry, seq: None)
    content = {"reason": "a person corrected this"}
    actions.append([Act("agenda.action.corrected", URN, content)])
    done = actions.load(load_record(changed(title=Bilingual("From the file", "Del archivo"))))
    assert (done.appended, done.kept) == (0, 1)
    assert actions.bring_in(load_record(changed(title=ANOTHER))).kept == 1
    assert queries.latest([URN])[URN].entry.content == content


def test_rows_are_nothing_but_a_replay_of_the_entries(loaded):
    actions.load(load_record(changed(title=Bilingual("A second entry", "Un segundo asiento"))))
    before = rows()
    assert projection.replay() == queries.head().size
    assert rows() == before
    assert all(
        before[name] for name in ("ActionRow", "EventRow", "SourceRow", "MeetingRow", "SearchDocument")
    )


def test_voices_of_governments_come_back_with_a_replay(loaded):
    before = agenda.action("supply-chain-working-group", TODAY).voices
    projection.replay()
    assert agenda.action("supply-chain-working-group", TODAY).voices == before
    assert before.self_reported_us is not None


def test_a_record_of_before_learns_which_sources_are_official(loaded):
    silent = tuple(dataclasses.replace(source, official=None) for source in RECORD.sources)
    older = load_record(dump_record(dataclasses.replace(RECORD, sources=silent)))
    actions.load(older)
    assert agenda.action("supply-chain-working-group", TODAY).voices.self_reported_us is None
    newer = load_record(changed(origin=Bilingual("Loaded once more", "Cargado otra vez")))
    assert actions.load(newer).appended == 1 + sum(source.official is not None for source in RECORD.sources)
    assert agenda.action("supply-chain-working-group", TODAY).voices.self_reported_us is not None


def test_a_failing_projection_keeps_nothing(loaded, monkeypatch):
    def fails(entry: object, seq: int) -> None:
        raise RuntimeError("no room")

    before, size = rows(), queries.head()
    monkeypatch.setitem(projection._projectors, "agenda.record.loaded", fails)
    with pytest.raises(RuntimeError, match="no room"):
        actions.load(load_record(changed(title=Bilingual("Never kept", "Nunca guardado"))))
    assert queries.head() == size
    assert rows() == before


def test_a_load_leaves_private_tables_alone(loaded, django_user_report):
    projection.replay()
    assert ErrorReport.objects.filter(pk=django_user_report).exists()


@pytest.fixture
def django_user_report(loaded) -> int:
    from hled.web.agenda.actions import ErrorFound, report_error

    return report_error(ErrorFound(URN, "The date is wrong by a year.", "https://example.org/page"), "en")


def test_every_declared_table_is_named_once():
    names = [table.__name__ for table in projection.declared_tables()]
    assert len(names) == len(set(names))
    assert "ErrorReport" not in names
