"""What the dated events of an action allow anyone to say about it: computed, by a rule that is shown.

A promise never counts as a result, a review is only a report about progress, and a scheduled date proves
nothing. These rules serve the status by three voices on every action and line of the work plan.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from hled.language import Bilingual, PartialDate
from hled.workplan.types import DateBasis, Deliverable, Event, Weight


class RecordedStatus(StrEnum):
    """The two states of the compiled record: at least one thing done, or only words and dates."""

    PROGRESS_REPORTED = "progress_reported"
    ANNOUNCED_ONLY = "announced_only"


class ComputedStatus(StrEnum):
    """How far the events of an action reach, weakest first."""

    NOT_REPORTED = "not_reported"
    PROMISED = "promised"
    REVIEWED = "reviewed"
    UNDER_WAY = "under_way"
    OUTPUT_REPORTED = "output_reported"


NAME: Final[dict[ComputedStatus, Bilingual]] = {
    ComputedStatus.NOT_REPORTED: Bilingual("Nothing reported", "Nada reportado"),
    ComputedStatus.PROMISED: Bilingual("Promised only", "Solo prometida"),
    ComputedStatus.REVIEWED: Bilingual("Mentioned in a review", "Mencionada en una revisión"),
    ComputedStatus.UNDER_WAY: Bilingual("Activity reported", "Actividad reportada"),
    ComputedStatus.OUTPUT_REPORTED: Bilingual("Result reported", "Resultado reportado"),
}

RULE: Final[dict[ComputedStatus, Bilingual]] = {
    ComputedStatus.NOT_REPORTED: Bilingual(
        "No event was found in the sources read. That is not proof that nothing happened.",
        "No se encontró ningún evento en las fuentes leídas. Eso no prueba que nada haya ocurrido.",
    ),
    ComputedStatus.PROMISED: Bilingual(
        "Only commitments, plans, statements, announcements or scheduled dates were found: promises never "
        "count as results.",
        "Solo se encontraron compromisos, planes, declaraciones, anuncios o fechas programadas: una promesa "
        "nunca cuenta como resultado.",
    ),
    ComputedStatus.REVIEWED: Bilingual(
        "Besides promises, at least one review speaks of the action; no activity or result of its own was "
        "found.",
        "Además de promesas, al menos una revisión menciona la acción; no se encontró actividad ni resultado "
        "propio.",
    ),
    ComputedStatus.UNDER_WAY: Bilingual(
        "At least one meeting, agreement, working group, funding, programme launch, study or construction "
        "work was reported; no result was found.",
        "Se reportó al menos una reunión, acuerdo, grupo de trabajo, financiamiento, arranque de programa, "
        "estudio u obra; no se encontró ningún resultado.",
    ),
    ComputedStatus.OUTPUT_REPORTED: Bilingual(
        "At least one output or milestone was reported by a source. It is what the source says, not a "
        "finding that the action is complete.",
        "Una fuente reportó al menos un producto o hito. Es lo que dice la fuente, no una constatación de "
        "que la acción esté concluida.",
    ),
}

_REACHED: Final = {
    Weight.PROMISE: ComputedStatus.PROMISED,
    Weight.REVIEW: ComputedStatus.REVIEWED,
    Weight.ACTIVITY: ComputedStatus.UNDER_WAY,
    Weight.RESULT: ComputedStatus.OUTPUT_REPORTED,
}
_ORDER: Final = tuple(ComputedStatus)


def weight(event: Event) -> Weight:
    """Return what `event` may count as: one known by a scheduled date only is a promise of any kind."""
    return Weight.PROMISE if event.basis is DateBasis.SCHEDULED else event.kind.weight


def computed_status(events: Iterable[Event]) -> ComputedStatus:
    """Return the furthest status that any single event supports."""
    reached = [_REACHED[weight(event)] for event in events]
    return max(reached, key=_ORDER.index, default=ComputedStatus.NOT_REPORTED)


def recorded_status(events: Iterable[Event]) -> RecordedStatus:
    """Return the status in the sense of the compiled record: a meeting alone suffices for progress."""
    done = {Weight.ACTIVITY, Weight.RESULT}
    progress = any(event.kind.weight in done for event in events)
    return RecordedStatus.PROGRESS_REPORTED if progress else RecordedStatus.ANNOUNCED_ONLY


def last_reported(events: Iterable[Event]) -> PartialDate | None:
    """Return the latest event date that is not a scheduled date, None where there is none.

    The record's rule: dates order by their text, so the more precise of two that begin alike is the later.
    """
    dates = [event.date for event in events if event.date and event.basis is not DateBasis.SCHEDULED]
    return max(dates, default=None)


def heard_until(events: Iterable[Event]) -> dt.date | None:
    """Return the last day that any event date may mean, scheduled dates left out, None where there is none.

    It may belong to another date than `last_reported`: 2022 lasts longer than 2022-03.
    """
    days = [event.date.latest for event in events if event.date and event.basis is not DateBasis.SCHEDULED]
    return max(days, default=None)


def silent_days(events: Iterable[Event], today: dt.date) -> int | None:
    """Return the days since anything may last have been reported, None where nothing dated was.

    A month or a year counts from its last day, so that silence is never overstated; the result is at least 0.
    """
    last = heard_until(events)
    return None if last is None else max(0, (today - last).days)


def overdue(deliverable: Deliverable, today: dt.date) -> bool:
    """Tell whether the last day that the due date may mean has passed without an outcome on record."""
    return deliverable.outcome is None and today > deliverable.due.latest
