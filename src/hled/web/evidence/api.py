"""The evidence for programs: which questions there are, asking one, and every run for good."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status

from hled import evidence
from hled.evidence import as_dict
from hled.language import Bilingual
from hled.web.design.api import Listing, Paging, listing, pages, read
from hled.web.design.problems import problem
from hled.web.evidence import actions, downloads, policy, queries, shapes
from hled.web.evidence.errors import RunNotFoundError
from hled.web.evidence.queries import Expected, Failed, Finished

router = Router()

NOT_PARAMETERS: Final = frozenset({"lang"})
_RUN_ID: Final = re.compile(r"[0-9a-f]{64}\Z")


@read(
    router,
    "/evidence/questions",
    Listing[shapes.Question],
    about=Bilingual(
        "The questions that the platform can answer from public data, by work-plan line.",
        "Las preguntas que la plataforma puede responder con datos públicos, por línea del plan.",
    ),
)
def questions(asked: Query[Paging]) -> dict[str, object]:
    """List the questions."""
    return listing(evidence.questions(), asked)


@read(
    router,
    "/evidence/questions/{question}",
    shapes.Question,
    about=Bilingual(
        "One question with its parameters, their bounds and units.",
        "Una pregunta con sus parámetros, límites y unidades.",
    ),
    example="/evidence/questions/border.flows",
)
def question(question: shapes.QuestionId) -> object:
    """Return one question."""
    return queries.question(question)


@read(
    router,
    "/evidence/questions/{question}/answer",
    {200: shapes.Finished, 202: shapes.Expected},
    about=Bilingual(
        "Ask a question; its parameters stand in the address by their own names. 200 with the answer if it "
        "is known or takes at most a second, else 202 with the address where it will be.",
        "Haga una pregunta; sus parámetros van en la dirección con su propio nombre. 200 con la respuesta si "
        "se conoce o tarda a lo sumo un segundo; si no, 202 con la dirección en la que estará.",
    ),
    example="/evidence/questions/border.flows/answer?port=laredo&measure=trucks",
)
def answer(request: HttpRequest, question: shapes.QuestionId, response: HttpResponse) -> object:
    """Ask a question."""
    raw = {name: str(request.GET[name]) for name in request.GET if name not in NOT_PARAMETERS}
    run_id = actions.ask(queries.question(question).id, raw, asker=policy.asker(request))
    return _shown(request, queries.wait_for(run_id), response)


@read(
    router,
    "/evidence/runs/{run}",
    {200: shapes.Finished, 202: shapes.Expected},
    about=Bilingual(
        "One run: its answer, or 202 while it is being calculated. A kept run never changes.",
        "Una ejecución: su respuesta, o 202 mientras se calcula. Una ejecución conservada nunca cambia.",
    ),
)
def run(request: HttpRequest, run: shapes.RunId, response: HttpResponse) -> object:
    """Return one run."""
    if not _RUN_ID.match(run):
        raise RunNotFoundError.of(run)
    return _shown(request, queries.run(run), response)


def _shown(request: HttpRequest, found: Finished | Expected | Failed, response: HttpResponse) -> object:
    if isinstance(found, Failed):  # the fault of a calculation, not of the request
        refused = problem(request, 503, found.code, found.message)
        refused["Retry-After"] = str(int(actions.RETRY_AFTER.total_seconds()))
        return refused
    if isinstance(found, Finished):
        return Status(200, _finished(found))
    address = reverse("api-v1:run", args=[found.run_id])
    response["Location"] = address
    response["Retry-After"] = "1"
    response["Cache-Control"] = "no-store"
    state = "running" if found.running else "waiting"
    return Status(
        202,
        {
            "state": state,
            "run_id": found.run_id,
            "question": found.question,
            "ahead": found.ahead,
            "address": address,
        },
    )


def _finished(found: Finished) -> dict[str, object]:
    return {
        "state": "finished",
        "run": found.run.as_dict(),
        "answer": as_dict(found.answer),
        "page": pages("evidence:run", found.run.run_id),
        "files": downloads.names(found.answer),
    }
