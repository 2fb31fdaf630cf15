"""What changed last: dated events and entries of the record, for the home page and the feeds."""

from hled.web.agenda.models import EventRow
from hled.web.agenda.queries.register import dated
from hled.web.agenda.results import Change, Changes
from hled.web.record import queries as record
from hled.web.record.acts import key_of, kind_of, said
from hled.web.search import queries as search
from hled.workplan.types import DateBasis, EventKind


def changes(limit: int) -> Changes:
    """Return the last `limit` dated events (scheduled dates left out) and entries, in three queries."""
    happened = EventRow.objects.exclude(date="").exclude(basis=DateBasis.SCHEDULED)
    newest = happened.exclude(kind=EventKind.SCHEDULED)
    marks = record.newest(limit)
    titles = search.titles(map(_named, marks))
    return Changes(
        events=dated(newest, limit),
        entries=tuple(_change(mark, titles.get(_named(mark))) for mark in marks),
    )


def _change(mark: record.Mark, found: search.Titled | None) -> Change:
    what, (kind, key) = said(mark.type), _named(mark)
    if kind == "attachment":  # its key is a checksum and the id of its source
        return Change(mark, kind, what, what, "agenda:source", key.partition("-")[2])
    if found is None:
        return Change(mark, kind, what, what, url_name="", url_key="")
    return Change(mark, kind, what, found.title, found.url_name, found.url_key)


def _named(mark: record.Mark) -> tuple[str, str]:
    return kind_of(mark.object_id), key_of(mark.object_id)
