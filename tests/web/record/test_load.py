"""Loading the public record: once, completely, all or nothing, and never over what people corrected."""

import dataclasses
import datetime as dt

import pytest

from hled.language import Bilingual
from hled.web.agenda import queries as agenda
from hled.web.agenda.models import ActionRow, ErrorReport
from hled.web.record import actions, projection, queries
from hled.web.record.actions import Act
from hled.web.record.models import EntryRow
from hled.workplan import bundled_record, dump_record, entries, load_record

RECORD = bundled_record()
TODAY = dt.date(2026, 11, 23)
ACTION = RECORD.actions[0]
URN = f"urn:hled:action:{ACTION.id}"


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


def test_every_object_of_the_record_has_one_entry(loaded):
    assert queries.head().size == len(list(entries(RECORD))) + 1
    assert {urn for _, urn, _ in entries(RECORD)} <= set(EntryRow.objects.values_list("object_id", flat=True))


def test_loading_the_same_file_again_does_nothing(loaded):
    before = queries.head()
    assert actions.load(RECORD) == actions.Loaded(already=True)
    assert queries.head() == before


def test_a_changed_file_appends_only_what_changed(loaded):
    size = queries.head().size
    title = Bilingual("A corrected title", "Un título corregido")
    done = actions.load(load_record(changed(title=title)))
    assert (done.appended, done.kept, done.already) == (1, 0, False)
    assert queries.head().size == size + 2
    row = ActionRow.objects.get(id=ACTION.id)
    assert (row.title_en, row.title_es) == (title.en, title.es)
    assert row.event_count == len(ACTION.events)
    chain = queries.history(URN)
    assert [entry.type for _, entry in chain] == ["agenda.action.compiled"] * 2
    assert chain[1][1].prev == EntryRow.objects.get(seq=chain[0][0]).leaf_hash


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
    assert queries.latest([URN])[URN].content == content


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
