"""What changed last: dated events and entries of the record, for the home page and the feeds."""

from typing import Final

from hled.language import Bilingual
from hled.web.agenda.models import EventRow
from hled.web.agenda.queries.register import dated
from hled.web.agenda.results import Change, Changes
from hled.web.record import queries as record
from hled.web.search import queries as search
from hled.workplan.types import DateBasis, EventKind

_LOAD: Final = Bilingual("A file of the public record was loaded", "Se cargó un archivo del registro público")
_ATTACHED: Final = Bilingual(
    "A copy of an official text was attached", "Se adjuntó una copia de un texto oficial"
)
_ENTRY: Final = Bilingual("Entry of the record", "Asiento del registro")


def changes(limit: int) -> Changes:
    """Return the last `limit` dated events (scheduled dates left out) and entries, in three queries."""
    happened = EventRow.objects.exclude(date="").exclude(basis=DateBasis.SCHEDULED)
    newest = happened.exclude(kind=EventKind.SCHEDULED)
    marks = record.recent(limit)
    titles = search.titles((_kind(mark), _key(mark)) for mark in marks)
    return Changes(
        events=dated(newest, limit),
        entries=tuple(_change(mark, titles.get((_kind(mark), _key(mark)))) for mark in marks),
    )


def _change(mark: record.Mark, found: search.Titled | None) -> Change:
    if _kind(mark) == "attachment":  # its key is a checksum and the id of its source
        return Change(mark, "attachment", _ATTACHED, "agenda:source", _key(mark).partition("-")[2])
    if found is None:
        title = _LOAD if _kind(mark) == "record" else _ENTRY
        return Change(mark, _kind(mark), title, url_name="", url_key="")
    return Change(mark, _kind(mark), found.title, found.url_name, found.url_key)


def _kind(mark: record.Mark) -> str:
    """`urn:hled:action:some-id` is about an `action`."""
    return mark.object_id.split(":", 3)[2]


def _key(mark: record.Mark) -> str:
    return mark.object_id.split(":", 3)[3]
