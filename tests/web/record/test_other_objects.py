"""An entry changes the rows of its own object and of no other, whatever its content says."""

import dataclasses

import pytest

from hled.language import Bilingual
from hled.web.agenda.models import ActionRow, AttachmentRow, DiscrepancyRow, LoadRow
from hled.web.record import actions, projection, queries
from hled.web.record.actions import Act
from hled.web.record.errors import WrongObjectError
from hled.web.record.models import WaitingRow
from hled.workplan import bundled_record
from hled.workplan.attachments import Attachment
from hled.workplan.entries import entries
from hled.workplan.shapes import shape_of
from tests.web.record.scribe import Scribe

RECORD = bundled_record()
FIRST_OF_EACH_TYPE = {kind: (name, content) for kind, name, content in entries(RECORD)}


def kinds() -> list[object]:
    """Every type of entry, one of them in each run and all of them in the deep one."""
    first, *others = sorted(FIRST_OF_EACH_TYPE)
    return [first, *(pytest.param(kind, marks=pytest.mark.slow) for kind in others)]


@pytest.mark.parametrize("kind", kinds())
def test_another_nodes_entry_about_one_object_leaves_every_other_as_it_is(loaded, kind):
    urn, content = FIRST_OF_EACH_TYPE[kind]
    table = {table: list(table._default_manager.values()) for table in projection.declared_tables()}
    innocent = urn.rpartition(":")[0] + ":innocent-other"
    texts = {name: "Not theirs" for name, value in content.items() if name.endswith(("_en", "_es")) and value}
    scribe = Scribe("mx").add(kind, innocent, {**content, **texts})
    actions.receive(*scribe.delivery(0, 1))
    assert {key: list(key._default_manager.values()) for key in table} == table
    assert WaitingRow.objects.get(object_id=innocent).needs == ""
    projection.replay()
    assert WaitingRow.objects.filter(object_id=innocent).exists()


def test_nor_does_an_entry_of_another_kind(loaded):
    urn, content = FIRST_OF_EACH_TYPE["agenda.discrepancy.compiled"]
    scribe = Scribe("mx").add("agenda.discrepancy.compiled", urn.replace("discrepancy", "action"), content)
    before = list(DiscrepancyRow.objects.order_by("id").values())
    actions.receive(*scribe.delivery(0, 1))
    assert list(DiscrepancyRow.objects.order_by("id").values()) == before


def test_nor_a_load_or_an_attached_text_under_another_name(loaded):
    source = RECORD.sources[0].id
    text = Attachment(source, None, "text/plain", "ab" * 32, 3, "a.txt", None)
    load = {"checksum": "cd" * 32, "compiled": "2026-11-23", "title_en": "T", "title_es": "T", "notes": []}
    scribe = Scribe("mx").add(
        "agenda.source.attached", f"urn:hled:attachment:other-{source}", text.to_content()
    )
    scribe.add("agenda.record.loaded", "urn:hled:record:other", load)
    actions.receive(*scribe.delivery(0, 2))
    assert not AttachmentRow.objects.exists()
    assert not LoadRow.objects.filter(checksum="cd" * 32).exists()
    assert WaitingRow.objects.count() == 2


def test_the_node_itself_cannot_append_one(loaded):
    urn, content = FIRST_OF_EACH_TYPE["agenda.action.compiled"]
    before = queries.head()
    with pytest.raises(WrongObjectError) as caught:
        actions.append([Act("agenda.action.compiled", f"{urn}-x", content)])
    assert caught.value.message.en != caught.value.message.es
    assert queries.head() == before


def test_a_row_that_no_entry_is_about_breaks_no_page(loaded, client):
    row = DiscrepancyRow.objects.first()
    row.id, row.position = "of-nobody", 10_000
    row.save(force_insert=True)
    answer = client.get("/en/discrepancies/")
    assert answer.status_code == 200
    assert b"of-nobody" in answer.content


def test_its_own_object_still_changes(loaded):
    action = dataclasses.replace(RECORD.actions[0], title=Bilingual("Another title", "Otro título"))
    shape = shape_of(type(action))
    newest = queries.latest([f"urn:hled:action:{action.id}"])[f"urn:hled:action:{action.id}"]
    scribe = Scribe("mx").add(shape.entry, newest.entry.id, shape.write(action), at=newest.entry.at)
    actions.receive(*scribe.delivery(0, 1))
    shown = ActionRow.objects.get(id=action.id).title_en
    assert (shown == "Another title") is (scribe.origin > queries.own().origin)
