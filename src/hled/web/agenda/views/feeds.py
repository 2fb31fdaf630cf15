"""The changes as a feed that any reader can follow."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled.web.agenda import queries
from hled.web.agenda.views.plan import today
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant


@from_record
@grant(ANYONE)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Send what changed last as Atom (RFC 4287)."""
    shown = {
        "changes": queries.changes(50),
        "day": today(),
        "site": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "agenda/feed.xml", shown, content_type="application/atom+xml; charset=utf-8")
