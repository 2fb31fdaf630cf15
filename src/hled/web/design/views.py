"""Pages that belong to no noun: the way in, errors, health."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from hled.language import Bilingual
from hled.web.design.problems import asked_language, problem
from hled.web.policy import ANYONE, grant


@grant(ANYONE)
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language that the browser prefers."""
    response = redirect(f"/{asked_language(request)}/")
    response["Vary"] = "Accept-Language"
    return response


@grant(ANYONE)
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"ok": True})


@grant(ANYONE)
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and every migration is applied; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse(
        {"ok": not pending, "database": True, "migrated": not pending}, status=503 if pending else 200
    )


def not_found(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Answer 404 in the language of the address."""
    del exception  # Django passes it by name
    return problem(
        request,
        404,
        "not_found",
        Bilingual(
            en="There is no page at this address. It may have been mistyped; "
            "nothing that was published is ever removed.",
            es="No hay ninguna página en esta dirección. Puede tener un error; "
            "nada de lo publicado se elimina jamás.",
        ),
    )


def bad_request(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Answer 400 for a request that cannot be understood."""
    del exception  # Django passes it by name
    return problem(
        request,
        400,
        "bad_request",
        Bilingual(en="This request cannot be understood.", es="Esta solicitud no puede entenderse."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 without details; the log has them under the request id."""
    return problem(
        request,
        500,
        "failed",
        Bilingual(
            en="Something failed on our side. Nothing was lost; the error was written to the log.",
            es="Algo falló de nuestro lado. No se perdió nada; el error quedó en la bitácora.",
        ),
    )


@grant(ANYONE)
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that did not come from our own page."""
    del reason  # for developers; Django passes it by name
    return problem(
        request,
        403,
        "csrf",
        Bilingual(
            en="This form did not come from our own page, or cookies are off. "
            "Open the page again and resend it.",
            es="Este formulario no proviene de nuestra página, o las cookies están desactivadas. "
            "Abra la página de nuevo y reenvíelo.",
        ),
    )
