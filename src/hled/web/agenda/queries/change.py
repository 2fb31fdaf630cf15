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
_SAID: Final = {
    "agenda.record.loaded": _LOAD,
    "agenda.source.attached": _ATTACHED,
    "agenda.source.compiled": Bilingual("Source added or changed", "Fuente agregada o modificada"),
    "agenda.action.compiled": Bilingual("Action added or changed", "Acción agregada o modificada"),
    "agenda.event.compiled": Bilingual("Event added or changed", "Evento agregado o modificado"),
    "agenda.deliverable.compiled": Bilingual(
        "Deliverable added or changed", "Entregable agregado o modificado"
    ),
    "agenda.claim.compiled": Bilingual(
        "Published figure added or changed", "Cifra publicada agregada o modificada"
    ),
    "agenda.discrepancy.compiled": Bilingual(
        "Discrepancy added or changed", "Discrepancia agregada o modificada"
    ),
    "directory.agency.compiled": Bilingual("Agency added or changed", "Dependencia agregada o modificada"),
    "directory.body.compiled": Bilingual("Body added or changed", "Órgano agregado o modificado"),
    "meetings.meeting.compiled": Bilingual("Meeting added or changed", "Reunión agregada o modificada"),
}


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


def said(entry_type: str) -> Bilingual:
    """Return what an entry of this type did, in words."""
    return _SAID.get(entry_type, _ENTRY)


def _change(mark: record.Mark, found: search.Titled | None) -> Change:
    what = said(mark.type)
    if _kind(mark) == "attachment":  # its key is a checksum and the id of its source
        return Change(mark, "attachment", what, what, "agenda:source", _key(mark).partition("-")[2])
    if found is None:
        return Change(mark, _kind(mark), what, what, url_name="", url_key="")
    return Change(mark, _kind(mark), what, found.title, found.url_name, found.url_key)


def _kind(mark: record.Mark) -> str:
    """`urn:hled:action:some-id` is about an `action`."""
    return mark.object_id.split(":", 3)[2]


def _key(mark: record.Mark) -> str:
    return mark.object_id.split(":", 3)[3]
