"""From entries to the rows of the meetings."""

from hled.language import Bilingual
from hled.record import Entry
from hled.web.meetings.models import MeetingRow
from hled.web.record.columns import both
from hled.web.record.projection import named, projects, public_tables
from hled.web.search import index
from hled.workplan import from_content
from hled.workplan.types import Meeting

public_tables(MeetingRow)


@projects("meetings.meeting.compiled", about=named("meeting"))
def meeting(entry: Entry, seq: int) -> None:
    """Store or replace a meeting."""
    found = from_content(Meeting, entry.content)
    MeetingRow.objects.update_or_create(
        id=found.id,
        defaults={
            "seq": seq,
            "level": str(found.level),
            "date": found.date.iso,
            "date_last": found.date.latest,
            "event": found.event or "",
            "source": found.source,
            **both(
                title=found.title,
                place=found.place,
                chairs_us=found.chairs_us,
                chairs_mx=found.chairs_mx,
                summary=found.summary,
            ),
        },
    )
    text = Bilingual(en=f"{found.place.en} {found.summary.en}", es=f"{found.place.es} {found.summary.es}")
    index.put(
        [
            index.Document(
                "meeting", found.id, found.title, text, "meetings:meeting", found.id, date=found.date.iso
            )
        ]
    )
