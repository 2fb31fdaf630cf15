"""Pages with which anyone checks the record: silence, sources, discrepancies, method."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hled.web.agenda import figures, queries
from hled.web.agenda.filters import EventFilters, days
from hled.web.agenda.views.plan import today
from hled.web.design.asked import asked
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.web.record import queries as record
from hled.web.record.shown import latest, on_record
from hled.workplan import charter
from hled.workplan.attachments import HTML, MARKDOWN, PLAIN
from hled.workplan.status import NAME, RULE

PERIODS = (180, 365, 730, 1095)
A_DAY: Final = "public, max-age=86400"
# HTML goes out as plain text: a copy of a page must never run as a page of this site.
SENT_AS: Final = {
    HTML: "text/plain; charset=utf-8",
    MARKDOWN: "text/markdown; charset=utf-8",
    PLAIN: "text/plain; charset=utf-8",
}


@from_record
@grant(ANYONE)
@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """Show what went silent for longer than the asked number of days."""
    length = days(asked(request.GET, ("days",)).get("days") or "365")
    shown = {
        "silence": queries.silent(length, today()),
        "query": urlencode({"silent-for": length, "adjacent": "no"}),
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
    """Show a source with its attached texts and everything that rests on it."""
    view = queries.source(key)
    urn = f"urn:hled:source:{view.source.id}"
    marks = record.marks([urn, *(text.attachment.urn for text in view.attachments)])
    shown = {"view": view, **on_record(urn, marks)}
    return render(request, "agenda/source.html", shown)


@grant(ANYONE)
@require_safe
def text(request: HttpRequest, key: str, checksum: str) -> HttpResponse:
    """Send an attached text as a file, never as a page."""
    found, data = queries.text(key, checksum)
    sent = found.attachment
    etag = f'"{sent.sha256}"'
    response = HttpResponse(data, content_type=SENT_AS.get(sent.media_type, sent.media_type))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=sent.name) or ""
    response["Cache-Control"] = A_DAY
    response["ETag"] = etag
    unchanged = get_conditional_response(request, etag=etag, response=response)
    return unchanged if unchanged is not None else response


@from_record
@grant(ANYONE)
@require_safe
def discrepancies(request: HttpRequest) -> HttpResponse:
    """Show the figures that disagree, and every published figure with its source."""
    found, claims = queries.discrepancies(), queries.claims()
    entries = latest("discrepancy", [view.discrepancy.id for view in found])
    shown = {
        "discrepancies": list(zip(found, entries, strict=True)),
        "claims": list(zip(claims, latest("claim", [row.claim.id for row in claims]), strict=True)),
    }
    return render(request, "agenda/discrepancies.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain what this site is and how the record was compiled."""
    statuses = [(status.value, NAME[status], RULE[status]) for status in NAME]
    return render(request, "agenda/about.html", {"statuses": statuses, "charter": charter()})
