"""Pages of the record for people: entries, one with its proof, checkpoints, histories, what a proof is."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from hled.record.explained import explained
from hled.web.design.asked import asked, given, whole
from hled.web.design.problems import asked_language
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.web.record import queries, reading, receipts, shown, standing
from hled.web.record.pictures import figures
from hled.web.record.pictures.seals import seals
from hled.web.record.pictures.trees import Lesson, tree
from hled.web.record.shown import NARROW, WIDE

PAGE: Final = 25
CHECKPOINTS: Final = 25
HISTORY: Final = 50


@from_record
@grant(ANYONE)
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Show how far the record is confirmed, what it is about, and its latest entries."""
    chosen = asked(request.GET, ("log", "before"))
    log, before = chosen.get("log", ""), whole(chosen.get("before", ""), "before")
    if log:
        queries.log(log)  # an unknown one is no empty list
    marks = queries.newest_of(log, PAGE + 1, before) if log else queries.newest(PAGE + 1, before)
    older = (marks[PAGE - 1].index if log else marks[PAGE - 1].seq) if len(marks) > PAGE else None
    counted = queries.counts()
    page = {
        "standings": standing.standings(),
        "exhibits": receipts.exhibits(),
        "total": counted.total(),
        "kinds": figures.kinds(counted),
        "growth": figures.growth(counted),
        "entries": shown.listed(marks[:PAGE]),
        "log": log,
        "is_first": before is None,
        "older": older,
        "query": given(request.GET, leaving="before"),
    }
    return render(request, "record/record.html", page)


@from_record
@grant(ANYONE)
@require_safe
def entry(request: HttpRequest, log: str, index: int) -> HttpResponse:
    """Show an entry, what it says, and the picture of its proof."""
    return render(
        request, "record/entry.html", {"page": shown.entry_page(log, index, asked_language(request))}
    )


@from_record
@grant(ANYONE)
@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Show the checkpoints of every log, or of one, and who signed each."""
    chosen = asked(request.GET, ("log", "before"))
    before = whole(chosen.get("before", ""), "before")
    logs = [queries.log(chosen["log"])] if chosen.get("log") else queries.logs()
    rules = receipts.policy()
    page = {
        "standings": [item for item in standing.standings() if item.log in logs],
        "tables": [(log, shown.checkpoints(log.name, CHECKPOINTS, before)) for log in logs],
        "limit": CHECKPOINTS,
        "exhibits": receipts.exhibits(),
        "policy": explained(rules) if rules else (),
    }
    return render(request, "record/checkpoints.html", page)


@from_record
@grant(ANYONE)
@require_safe
def history(request: HttpRequest, urn: str) -> HttpResponse:
    """Show every entry about one object, the newest first, with what each changed."""
    told = shown.history(urn, HISTORY)
    page = {"told": told, "thing": reading.things([urn])[urn], "urn": urn, "limit": HISTORY}
    return render(request, "record/history.html", page)


@from_record
@grant(ANYONE)
@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """Explain what a proof is, with pictures."""
    language = asked_language(request)
    widths = {"wide": WIDE, "narrow": NARROW}
    pictures = {
        lesson.value: {
            name: SafeString(tree(lesson, language, width=width)) for name, width in widths.items()
        }
        for lesson in Lesson
    }
    pictures["seals"] = {name: SafeString(seals(language, width=width)) for name, width in widths.items()}
    return render(request, "record/proof.html", {"pictures": pictures, "latest": queries.newest(1)})
