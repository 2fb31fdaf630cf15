"""What another node wrote is shown as it stands: nothing in an entry breaks a page or makes it huge."""

import pytest

from hled.web.record import actions, queries
from hled.workplan import bundled_record
from tests.web.record.scribe import Scribe

ACTION = bundled_record().actions[0].id
URN = f"urn:hled:action:{ACTION}"


def deep(levels: int) -> object:
    return {"a": deep(levels - 1)} if levels else []


@pytest.mark.parametrize(
    ("urn", "content"),
    [
        (URN, {"date": "2021-09-31", "due": "0000", "compiled": "2021-13"}),
        (URN, {"title_en": [], "title_es": {"en": 1}, "x_en": None, "_en": 1, "_es": 2}),
        (URN, {"en": 1, "es": None, "note": {"en": [], "es": {}}}),
        (
            URN,
            {"sources": [[], {}, None, 5, "x"], "source": ["a", {"b": 1}], "actions": {"en": "", "es": ""}},
        ),
        (URN, {"url": "http://[", "line": -1, "objective": "9", "kind": "x", "erased": [{"field": []}]}),
        (URN, {"deep": deep(40)}),
        ("urn:hled:attachment:no_dash", {"sha256": "x"}),
        ("urn:hled:attachment:a-..", {"sha256": "x"}),
        ("urn:hled:record:" + "x" * 150, {}),
    ],
)
def test_any_content_is_shown(loaded, client, urn, content):
    scribe = Scribe("mx").add("agenda.event.compiled", urn, content).add("test.note.added", urn, {"n": 2})
    scribe.add("test.note.added", urn, content)
    actions.receive(*scribe.delivery(0, 3))
    for address in ("record/", "record/mx/0/", f"record/history/{urn}/", f"actions/{ACTION}/"):
        assert client.get(f"/es/{address}").status_code == 200, address
    if "date" in content:
        assert b"2021-09-31" in client.get("/en/record/mx/0/").content


def test_an_object_with_many_entries_has_pages_of_a_bounded_size(
    loaded, client, django_assert_max_num_queries
):
    scribe = Scribe("mx")
    for number in range(queries.LISTED + 50):
        scribe.add("test.note.added", URN, {"n": number})
    actions.receive(*scribe.delivery(0, len(scribe.entries)))
    found = queries.marks([URN])
    assert (len(found.listed), found.total) == (queries.LISTED, len(queries.history(URN)))
    assert found.listed == queries.history(URN)[-queries.LISTED :]
    page = client.get(f"/en/actions/{ACTION}/").content.decode()
    assert page.count("/en/record/mx/") <= queries.LISTED + 2
    assert f"The latest {queries.LISTED} of" in page
    assert (
        f"Los {queries.LISTED} asientos más recientes"
        in client.get(f"/es/actions/{ACTION}/").content.decode()
    )
    with django_assert_max_num_queries(25):
        entry = client.get("/en/record/mx/100/").content.decode()
    assert "/en/record/mx/99/" in entry
    assert "/en/record/mx/101/" in entry
    assert f"{len(queries.history(URN)):,} entries" in entry


def test_what_stands_beside_an_entry(loaded):
    """Compared with the whole history, in an order that crosses logs and ties in time."""
    for name in ("mx", "us"):
        scribe = Scribe(name)
        for number in range(4):
            scribe.add("test.note.added", URN, {"n": number}, at=f"2026-11-23T08:00:0{number // 2}Z")
        actions.receive(*scribe.delivery(0, 4))
    whole = [None, *queries.history(URN), None]
    for before, mark, after in zip(whole, whole[1:-1], whole[2:], strict=False):
        leaf = queries.leaf_at(mark.log, mark.index)
        assert queries.around(leaf) == queries.Around(before, after, len(whole) - 2)
    assert queries.latest_marks([URN, "urn:hled:none:x"]) == {URN: whole[-2]}
