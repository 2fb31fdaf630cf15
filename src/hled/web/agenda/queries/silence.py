"""What went silent: no event for a long time, or announced for a date and never heard of again."""

import datetime as dt

from hled.web.agenda.filters import ActionFilters
from hled.web.agenda.queries.register import actions, overdue
from hled.web.agenda.results import ActionSummary, Silence
from hled.workplan import charter


def silent(days: int, today: dt.date) -> Silence:
    """Return what was silent for more than `days` days on `today`, in four queries."""
    found = actions(ActionFilters(silent_for=days, adjacent=False), today)
    sections = {pillar.id for pillar in charter().pillars if pillar.is_section}
    heard = sorted((item for item in found if item.last_reported), key=_longest_first)
    return Silence(
        days=days,
        actions=tuple(item for item in heard if item.pillar not in sections),
        never=tuple(item for item in found if not item.last_reported),
        sections=tuple(item for item in heard if item.pillar in sections),
        announced=overdue(today),
    )


def _longest_first(item: ActionSummary) -> int:
    return -(item.silent_days or 0)
