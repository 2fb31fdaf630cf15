"""From entries to the rows of the directory."""

from hled.language import Bilingual
from hled.record import Entry
from hled.web.directory.models import AgencyRow, BodyActionRow, BodyRow
from hled.web.record.columns import both
from hled.web.record.projection import named, projects, public_tables
from hled.web.search import index
from hled.web.search.models import SearchDocument
from hled.workplan import from_content
from hled.workplan.types import Agency, Body

# The lowest app that fills the index declares it; search itself knows nothing of the record.
public_tables(SearchDocument, AgencyRow, BodyRow, BodyActionRow)


@projects("directory.agency.compiled", about=named("agency"))
def agency(entry: Entry, seq: int) -> None:
    """Store or replace an agency."""
    found = from_content(Agency, entry.content)
    AgencyRow.objects.update_or_create(
        id=found.id,
        defaults={"seq": seq, "party": found.party.value, **both(short=found.short, name=found.name)},
    )
    index.put([index.Document("agency", found.id, found.name, found.short, "agenda:agency", found.id)])


@projects("directory.body.compiled", about=named("body"))
def body(entry: Entry, seq: int) -> None:
    """Store or replace a body and the actions that it takes part in."""
    found = from_content(Body, entry.content)
    row, _ = BodyRow.objects.update_or_create(
        id=found.id,
        defaults={
            "seq": seq,
            "adjacent": found.adjacent,
            "sources": list(found.sources),
            **both(name=found.name, purpose=found.purpose, track=found.track),
        },
    )
    row.links.all().delete()
    BodyActionRow.objects.bulk_create(
        BodyActionRow(body=row, action_id=action, position=position)
        for position, action in enumerate(found.actions)
    )
    text = Bilingual(en=f"{found.purpose.en} {found.track.en}", es=f"{found.purpose.es} {found.track.es}")
    index.put([index.Document("body", found.id, found.name, text, "agenda:body", found.id)])
