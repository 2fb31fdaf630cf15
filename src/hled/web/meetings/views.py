"""Pages of the meetings, the calendar of meetings and due dates, and the lists to take away."""

import datetime as dt
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled.web.design.asked import asked
from hled.web.design.problems import asked_language
from hled.web.kept import from_record
from hled.web.meetings import exports, queries
from hled.web.meetings.calendar import calendar
from hled.web.policy import ANYONE, grant
from hled.web.record import queries as record
from hled.web.record.shown import on_record
from hled.workplan import dump_record

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@from_record
@grant(ANYONE)
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings by level, newest first."""
    levels = queries.levels(_today())
    newest = {level.id: level.meetings[0].meeting.date for level in levels}
    return render(request, "meetings/meetings.html", {"levels": levels, "newest": newest})


@from_record
@grant(ANYONE)
@require_safe
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """Show one meeting with its source."""
    view = queries.meeting(key, _today())
    urn = f"urn:hled:meeting:{view.meeting.id}"
    shown = {"view": view, **on_record(urn, record.marks([urn]))}
    return render(request, "meetings/meeting.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Send meetings and due dates as iCalendar."""
    body = calendar(asked_language(request), _today())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@from_record
@grant(ANYONE)
@require_safe
def download(request: HttpRequest, section: str, form: str) -> HttpResponse:
    """Send a list, narrowed as its page is, or the whole record, as a file that loads back."""
    if section == "record" and form == "json":
        asked(request.GET, ())
        body = dump_record(exports.public_record(_today()))
    else:
        table = exports.narrowed(section, request.GET, _today())
        if table is None or form not in TYPES:
            raise Http404
        body = table.csv() if form == "csv" else json.dumps(table.json(), ensure_ascii=False, indent=1)
    name = f'attachment; filename="hled-{section}.{form}"'
    return HttpResponse(body, content_type=TYPES[form], headers={"Content-Disposition": name})
