"""The plan: overview, pillars, lines, actions, and the bodies and agencies that act in them."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled import evidence
from hled.web.agenda import figures, queries
from hled.web.agenda.asking import actions_asked, events_asked
from hled.web.agenda.filters import ActionFilters, EventFilters, page_number
from hled.web.design.asked import given
from hled.web.design.problems import asked_language
from hled.web.directory import queries as directory
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.web.record import queries as record
from hled.web.record.shown import on_record
from hled.workplan import charter
from hled.workplan.status import NAME
from hled.workplan.words import KIND

EVENTS_A_PAGE = 50


def today() -> dt.date:
    """Return the day that pages speak of, in UTC."""
    return dt.datetime.now(dt.UTC).date()


@from_record
@grant(ANYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the dialogue at a glance."""
    overview = queries.overview(today())
    shown = {
        "charter": charter(),
        "overview": overview,
        "progress": figures.pillars(overview, asked_language(request)),
        "questions": evidence.questions(),
    }
    return render(request, "agenda/home.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def pillar(request: HttpRequest, key: str) -> HttpResponse:
    """Show a pillar or section with its objectives, lines and actions."""
    return render(request, "agenda/pillar.html", {"view": queries.pillar(key, today())})


@from_record
@grant(ANYONE)
@require_safe
def line(request: HttpRequest, number: int) -> HttpResponse:
    """Show a work-plan line."""
    view = queries.line(number, today())
    questions = [question for question in evidence.questions() if question.line == number]
    return render(request, "agenda/line.html", {"view": view, "questions": questions})


@from_record
@grant(ANYONE)
@require_safe
def action(request: HttpRequest, key: str) -> HttpResponse:
    """Show an action with its timeline, deliverables and status by three voices."""
    view = queries.action(key, today())
    shown = {
        "view": view,
        "timeline": figures.action_timeline(view),
        **on_record(f"urn:hled:action:{view.action.id}", record.Marks(view.history, view.entries)),
    }
    return render(request, "agenda/action.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """List the actions, narrowed by filters."""
    filters = actions_asked(request.GET)
    shown = {
        "actions": queries.actions(filters, today()),
        "filters": filters,
        "narrowed": filters != ActionFilters(),
        "charter": charter(),
        "statuses": NAME,
        "agencies": directory.agencies(),
        "query": given(request.GET),
    }
    return render(request, "agenda/actions.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """List the dated events, newest first, narrowed by filters."""
    filters = events_asked(request.GET, "page")
    pages = Paginator(queries.events(filters), EVENTS_A_PAGE)
    number = page_number(request.GET.get("page"), pages.num_pages)
    shown = {
        "page": pages.page(number),
        "filters": filters,
        "narrowed": filters != EventFilters(),
        "charter": charter(),
        "kinds": KIND,
        "query": given(request.GET, leaving="page"),
    }
    return render(request, "agenda/events.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies named in the record and the agencies of both parties."""
    return render(
        request, "agenda/bodies.html", {"bodies": directory.bodies(), "agencies": directory.agencies()}
    )


@from_record
@grant(ANYONE)
@require_safe
def body(request: HttpRequest, key: str) -> HttpResponse:
    """Show a body with the actions that it takes part in."""
    found = directory.body(key)
    of_body = [action for action in queries.actions(ActionFilters(), today()) if action.id in found.actions]
    sources = queries.sources_by_id(found.sources)
    urn = f"urn:hled:body:{found.id}"
    shown = {"body": found, "actions": of_body, "sources": sources, **on_record(urn, record.marks([urn]))}
    return render(request, "agenda/body.html", shown)


@from_record
@grant(ANYONE)
@require_safe
def agency(request: HttpRequest, key: str) -> HttpResponse:
    """Show an agency with the actions in which a source names it as acting."""
    found = directory.agency(key)
    actions = queries.actions(ActionFilters(agency=key), today())
    urn = f"urn:hled:agency:{found.id}"
    shown = {"agency": found, "actions": actions, **on_record(urn, record.marks([urn]))}
    return render(request, "agenda/agency.html", shown)
