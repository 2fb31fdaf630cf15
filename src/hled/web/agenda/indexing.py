"""What of the agenda can be found by its words."""

from hled.language import Bilingual
from hled.web.search import index
from hled.web.search.index import Document
from hled.workplan import charter
from hled.workplan.types import Action, Claim, Deliverable, Discrepancy, Event, Source


def put_charter() -> None:
    """Index the pillars and the fifteen lines."""
    plan = charter()
    pillars = [
        Document("pillar", pillar.id, pillar.title, pillar.aim, "agenda:pillar", pillar.id, pillar=pillar.id)
        for pillar in plan.pillars
    ]
    lines = [
        Document(
            "line",
            str(line.number),
            line.title,
            line.gap,
            "agenda:line",
            str(line.number),
            pillar=line.pillar,
        )
        for line in plan.lines
    ]
    index.put([*pillars, *lines])


def put_source(found: Source) -> None:
    """Index a source by its publisher and address."""
    text = Bilingual(found.url, found.url) if found.url else None
    date = found.published.iso if found.published else ""
    index.put([Document("source", found.id, found.publisher, text, "agenda:source", found.id, date=date)])


def put_action(found: Action) -> None:
    """Index an action."""
    text = _joined(found.summary, found.origin)
    index.put(
        [Document("action", found.id, found.title, text, "agenda:action", found.id, pillar=found.pillar)]
    )


def restate_action(key: str, *, status: str, date: str) -> None:
    """Bring the status and the last date of an indexed action up to date."""
    index.restate("action", key, status=status, date=date)


def retitle_events(found: Action) -> None:
    """Bring the title and the pillar of an action's indexed events up to date."""
    index.retitle("event", "agenda:action", found.id, title=found.title, pillar=found.pillar)


def put_event(found: Event, title: Bilingual, pillar: str) -> None:
    """Index an event under the title of its action."""
    date = found.date.iso if found.date else ""
    index.put(
        [
            Document(
                "event",
                found.id,
                title,
                found.summary,
                "agenda:action",
                found.action,
                pillar=pillar,
                date=date,
                own_title=False,
            )
        ]
    )


def put_deliverable(found: Deliverable) -> None:
    """Index a deliverable; its page is that of its action."""
    index.put(
        [
            Document(
                "deliverable",
                found.id,
                found.title,
                found.note,
                "agenda:action",
                found.action,
                date=found.due.iso,
            )
        ]
    )


def put_claim(found: Claim) -> None:
    """Index a published figure; its page is that of its source."""
    text = _joined(found.value, found.unit)
    index.put([Document("claim", found.id, found.label, text, "agenda:source", found.source)])


def put_discrepancy(found: Discrepancy) -> None:
    """Index a discrepancy."""
    text = _joined(found.explanation, *(version.statement for version in found.versions))
    index.put([Document("discrepancy", found.id, found.title, text, "agenda:discrepancies")])


def _joined(*texts: Bilingual) -> Bilingual:
    return Bilingual(en=" ".join(text.en for text in texts), es=" ".join(text.es for text in texts))
