"""What the lists of the agenda are asked for by address: one reader for the pages and for their downloads.

A list and its file are narrowed alike, and a filter that names nothing on the record is refused, not answered
with an empty list. It serves every work-plan line.
"""

from typing import Final

from django.http import QueryDict

from hled.language import Bilingual
from hled.web.agenda.errors import FilterError
from hled.web.agenda.filters import ActionFilters, EventFilters, action_filters, event_filters
from hled.web.agenda.models import ActionRow, SourceRow
from hled.web.design.asked import asked
from hled.web.directory import queries as directory

ACTIONS: Final = ("pillar", "line", "status", "agency", "silent-for", "text", "adjacent")
EVENTS: Final = ("action", "pillar", "line", "kind", "source", "since", "until", "adjacent")
_ACTION: Final = Bilingual("action", "acción")
_AGENCY: Final = Bilingual("agency", "dependencia")
_SOURCE: Final = Bilingual("source", "fuente")


def actions_asked(query: QueryDict) -> ActionFilters:
    """Return the filters of a list of actions.

    Raises:
        BadParametersError: an unknown or repeated parameter.
        FilterError: a value that a filter cannot have, or an agency that the directory does not have.
    """
    filters = action_filters(asked(query, ACTIONS))
    if filters.agency is not None and not directory.agencies((filters.agency,)):
        raise _not_there(_AGENCY, filters.agency)
    return filters


def events_asked(query: QueryDict, *beside: str) -> EventFilters:
    """Return the filters of a list of events; `beside` are further parameters that the page takes.

    Raises:
        BadParametersError: an unknown or repeated parameter.
        FilterError: a value that a filter cannot have, or an action or source that is not on the record.
    """
    filters = event_filters(asked(query, (*EVENTS, *beside)))
    if filters.action is not None and not ActionRow.objects.filter(id=filters.action).exists():
        raise _not_there(_ACTION, filters.action)
    if filters.source is not None and not SourceRow.objects.filter(id=filters.source).exists():
        raise _not_there(_SOURCE, filters.source)
    return filters


def _not_there(noun: Bilingual, key: str) -> FilterError:
    return FilterError(
        Bilingual(
            en="The record has nothing with this id: {noun} “{key}”.",
            es="El registro no tiene nada con esta clave: {noun} «{key}».",
        ).format(noun=noun, key=key[:60])
    )
