"""The audit log: private acts in a chain, whose head the record takes once a day."""

import datetime as dt

import pytest
from django.db import connection

from hled.record import CanonicalError
from hled.web.audit import actions, queries
from hled.web.audit.errors import BrokenChainError
from hled.web.audit.models import AuditRow
from hled.web.record import heads
from hled.web.record import queries as record
from tests.conftest import without_triggers

DAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
def noted(empty):
    with without_triggers():
        AuditRow.objects.all().delete()
    for number in range(5):
        actions.note(
            "us-officer", "draft.changed", f"urn:hled:decision:d{number}", {"n": number, "text": "ñ"}
        )


def at(**place: int) -> dt.datetime:
    return DAY + dt.timedelta(**place)


def visit(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> int | None:
    """What the worker does at this moment, by its own clock and the record's."""
    monkeypatch.setattr(heads, "now", lambda: heads.written(moment))
    return actions.daily(moment)


def published() -> list[str]:
    return [leaf.entry.content["hash"] for leaf in record.of_type(actions.PUBLISHED)]


def test_each_act_names_the_hash_of_the_one_before(noted):
    rows = list(AuditRow.objects.order_by("seq"))
    assert [row.seq for row in rows] == list(range(5))
    assert [row.prev for row in rows] == [queries.START, *(row.hash for row in rows[:-1])]
    assert queries.verify() == queries.head() == queries.Head(5, rows[-1].hash)
    assert rows[2].detail == '{"n":2,"text":"ñ"}'


def test_an_empty_log_is_whole(empty):
    with without_triggers():
        AuditRow.objects.all().delete()
    assert queries.verify() == queries.head() == queries.Head(0, queries.START)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor = 'mx-officer' WHERE seq = 2",
        "UPDATE audit_entry SET at = '2026-01-01T00:00:00Z' WHERE seq = 2",
        'UPDATE audit_entry SET detail = \'{"n":3,"text":"ñ"}\' WHERE seq = 2',
        "UPDATE audit_entry SET hash = prev WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 0",
    ],
)
def test_any_change_breaks_the_chain(noted, change):
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(BrokenChainError) as caught:
        queries.verify()
    assert "respaldo" in caught.value.message.es


def test_a_detail_needs_a_canonical_form(noted):
    with pytest.raises(CanonicalError):
        actions.note("us-officer", "draft.changed", "", {"n": 1.5})
    assert queries.head().size == 5


def test_the_record_takes_the_head_once_a_day_from_the_hour_on(noted, monkeypatch):
    assert visit(monkeypatch, at(hours=5, minutes=59)) is None
    assert visit(monkeypatch, at(hours=6)) == 0
    for minutes in (1, 600, 1439):
        assert visit(monkeypatch, at(hours=6, minutes=minutes)) is None
    assert visit(monkeypatch, at(days=1, hours=6)) == 1
    assert visit(monkeypatch, at(days=9, hours=23)) == 2
    assert len(set(published())) == 3
    assert all(queries.holds(head) for head in published())
    assert queries.verify().size == 8


def test_the_entry_says_nothing_but_the_hash(noted):
    seq = actions.daily(dt.datetime.now(dt.UTC).replace(hour=23))
    entry = record.leaf(seq).entry
    assert (entry.type, entry.id) == ("audit.head.published", "urn:hled:audit:local")
    assert entry.content == {"hash": queries.head().hash}


def test_a_day_without_acts_looks_like_any_other(noted, monkeypatch):
    for day in range(3):
        assert visit(monkeypatch, at(days=day, hours=6)) is not None
    assert len(set(published())) == 3


def test_a_cut_off_log_does_not_hold_what_was_published(noted):
    actions.daily(dt.datetime.now(dt.UTC).replace(hour=23))
    with without_triggers():
        AuditRow.objects.filter(seq__gte=3).delete()
    assert queries.verify().size == 3
    assert not queries.holds(published()[0])


def test_a_mirror_publishes_nothing(noted, settings):
    settings.READ_ONLY = True
    assert actions.daily(at(hours=12)) is None
    assert record.logs() == ()
