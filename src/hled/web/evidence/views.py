"""The pages of the evidence: questions, one question, asking it, its runs and their files."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from hled.language import Language
from hled.web.design.asked import once
from hled.web.evidence import actions, downloads, forms, policy, queries
from hled.web.evidence.forms import QuestionForm
from hled.web.evidence.queries import Expected, Failed, Finished
from hled.web.evidence.shown import ShownRun, shown
from hled.web.kept import code_version, from_record
from hled.web.policy import ANYONE, grant

A_DAY: Final = "public, max-age=86400"
NOT_KEPT: Final = "no-store"


@grant(ANYONE)
@from_record
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List every work-plan line with its questions."""
    parts = {"vision": queries.vision_questions(), "pillars": queries.pillar_questions()}
    return render(request, "evidence/questions.html", parts)


@grant(ANYONE)
@from_record
@require_safe
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    """Show a question: its form, and its answer with the default values."""
    form = forms.filled(queries.question(question_id), {})
    run_id = actions.ask(question_id, {}, asker=policy.SITE)
    return _question(request, form, queries.wait_for(run_id))


@grant(ANYONE)
@from_record
@require_safe
def ask(request: HttpRequest, question_id: str) -> HttpResponse:
    """Answer a filled form at once if it takes a second; else lead to the page of the run."""
    form = forms.filled(queries.question(question_id), once(request.GET))
    if form.problems:
        return render(
            request, "evidence/question.html", {"form": form, "question": form.question}, status=400
        )
    run_id = actions.ask(question_id, form.raw, asker=policy.asker(request))
    found = queries.wait_for(run_id)
    if isinstance(found, Finished):
        return _question(request, form, found)
    return _unkept(redirect("evidence:run", run_id))


@grant(ANYONE)
@from_record
@require_safe
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show a run for good: its answer, or where it waits, or why it has none."""
    found = queries.run(run_id)
    if isinstance(found, Finished):
        return render(request, "evidence/run.html", {"shown": _shown(request, found)})
    return _unfinished(request, found)


@grant(ANYONE)
@require_safe
def download(request: HttpRequest, run_id: str, name: str) -> HttpResponse:
    """Send a table, a figure or the answer of a run as a file."""
    found = queries.finished(run_id)
    made = downloads.file(found, name, _language())
    if made.data is None:
        actions.prepare(run_id, asker=policy.asker(request))
        pending = queries.job(run_id)
        return _unfinished(request, pending) if pending else _unkept(redirect(request.path))
    etag = f'"{found.run.answer_checksum[:32]}-{code_version()[:16]}"'
    response = HttpResponse(made.data, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = A_DAY
    response["ETag"] = etag
    sent = get_conditional_response(request, etag=etag, response=response)
    return sent if sent is not None else response


def _question(request: HttpRequest, form: QuestionForm, found: Finished | Expected | Failed) -> HttpResponse:
    page: dict[str, object] = {"form": form, "question": form.question}
    if isinstance(found, Finished):
        return render(request, "evidence/question.html", page | {"shown": _shown(request, found)})
    name = "failed" if isinstance(found, Failed) else "expected"
    return _unkept(render(request, "evidence/question.html", page | {name: found}))


def _unfinished(request: HttpRequest, found: Expected | Failed) -> HttpResponse:
    """Show where a run waits (202, and the page comes again by itself) or why it failed."""
    page: dict[str, object] = {"run": found, "title": queries.title(found.question)}
    if isinstance(found, Failed):
        return _unkept(render(request, "evidence/failed.html", page))
    return _unkept(render(request, "evidence/waiting.html", page, status=202))


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = NOT_KEPT
    return response


def _shown(request: HttpRequest, found: Finished) -> ShownRun:
    address = request.build_absolute_uri(reverse("evidence:run", args=[found.run.run_id]))
    return shown(found, _language(), address=address)


def _language() -> Language:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
