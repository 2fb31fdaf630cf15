"""Pages with which anyone checks the record: silence, sources, discrepancies, method."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled.web.agenda import figures, queries
from hled.web.agenda.filters import EventFilters, days
from hled.web.agenda.views.plan import today
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.workplan.status import NAME, RULE

PERIODS = (180, 365, 730, 1095)


@from_record
@grant(ANYONE)
@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """Show what went silent for longer than the asked number of days."""
    asked = days(request.GET.get("days") or "365")
    shown = {
        "silence": queries.silent(asked, today()),
        "periods": PERIODS,
        "by_year": figures.by_year(queries.events(EventFilters())),
    }
    return render(request, "agenda/silent.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List every source with how much of it was read and what rests on it."""
    return render(request, "agenda/sources.html", {"sources": queries.sources()})


@from_record
@grant(ANYONE)
@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source with everything that rests on it."""
    return render(request, "agenda/source.html", {"view": queries.source(key)})


@from_record
@grant(ANYONE)
@require_safe
def discrepancies(request: HttpRequest) -> HttpResponse:
    """Show the figures that disagree, and every published figure with its source."""
    shown = {"discrepancies": queries.discrepancies(), "claims": queries.claims()}
    return render(request, "agenda/discrepancies.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain what this site is and how the record was compiled."""
    statuses = [(status.value, NAME[status], RULE[status]) for status in NAME]
    return render(request, "agenda/about.html", {"statuses": statuses})
