"""What every request passes: a log line, security headers, rate limits, default deny, readable errors."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from hled.language import Bilingual, DialogueError
from hled.web import content_policy
from hled.web.design.problems import problem
from hled.web.policy import rule_of
from hled.web.rate_limit import Buckets, client_key

Respond = Callable[[HttpRequest], HttpResponseBase]

_log = logging.getLogger("hled.request")
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN_DATA: Final = re.compile(r"/api/v1/|/record/|/(en|es)/(download|evidence/runs/[^/]+)/[^/]")
_FILES: Final = re.compile(r"/record/.")
PERMISSIONS_POLICY: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class RequestLog:
    """Gives each request an id, returns it in `X-Request-ID`, and writes one JSON line about the answer."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and log method, path, status and milliseconds; never the query string."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _REQUEST_ID.match(given) else uuid.uuid4().hex
        request.META["hled.request_id"] = request_id
        started = time.perf_counter()
        response = self.respond(request)
        response["X-Request-ID"] = request_id
        _log.info(
            "%s %s",
            request.method,
            request.path,
            extra={
                "request_id": request_id,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return response


class SecurityHeaders:
    """Adds the content security policy (no `unsafe-*`) and the permissions policy to every answer.

    A view whose page stands alone has set a policy of its own (`content_policy`), which stays.
    The API and the files to take away are public and know no cookie: pages of other sites may read them.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers set."""
        response = self.respond(request)
        response.setdefault(content_policy.HEADER, content_policy.SITE)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        is_open = request.method in _READING and _OPEN_DATA.match(request.path)
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"
        if is_open:
            response["Access-Control-Allow-Origin"] = "*"
        if _FILES.match(request.path):
            _say_no_language(response)
        return response


class ReadOnly:
    """Answers nothing but reading on a mirror, which takes nothing in."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that this is a mirror."""
        if request.method in _READING or not settings.READ_ONLY:
            return self.respond(request)
        response = problem(
            request,
            405,
            "record.read_only",
            Bilingual(
                en="This is a read-only mirror of the record: it takes nothing in. Use one of the nodes that "
                "it mirrors.",
                es="Esta es una copia espejo de solo lectura del registro: no recibe nada. Use uno de los "
                "nodos que refleja.",
            ),
        )
        response["Allow"] = ", ".join(sorted(_READING))
        return response


class RateLimit:
    """Refuses with 429 who has pages made too fast. It stands behind the kept pages: those are free."""

    # pattern of verb and path, bucket size, tokens per second (each web process counts on its own)
    LIMITS: Final = (
        (re.compile(r"POST /(en|es)/report-error/"), 5, 1 / 60),
        (re.compile(r"\S+ /record/"), 3_000, 200.0),  # whoever follows a log takes hundreds of files at once
        (re.compile(r"\S+ /(?!(health|ready)\Z|record/)"), 120, 5.0),
    )

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.buckets = [(pattern, Buckets(size, rate)) for pattern, size, rate in self.LIMITS]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say when to come back."""
        if not getattr(settings, "RATE_LIMITS", True):
            return self.respond(request)
        for pattern, buckets in self.buckets:
            if pattern.match(f"{request.method} {request.path}"):
                wait = buckets.take(client_key(request))
                if wait > 0:
                    return _too_many(request, wait)
        return self.respond(request)


class DefaultDeny:
    """Refuses every view that names no access rule, or whose rule does not allow the asker."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: the decision falls in `process_view`."""
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Refuse with 403 unless the view's rule allows the request."""
        if rule_of(view).allows(request):
            return None
        return problem(
            request,
            403,
            "denied",
            Bilingual(en="You may not see this page.", es="No tiene permiso para ver esta página."),
        )


class ErrorPages:
    """Turns a `DialogueError` into a readable page or problem+json in the asker's language."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: errors arrive in `process_exception`."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: BaseException) -> HttpResponse | None:
        """Answer with the error's own message and `status` (400 unless it names one)."""
        if isinstance(error, DialogueError):
            return problem(request, getattr(error, "status", 400), error.code, error.message)
        return None


def _say_no_language(response: HttpResponseBase) -> None:
    """Files of the record are the same in every language: one copy in a cache for all who ask."""
    is_packed = "Accept-Encoding" in response.get("Vary", "")
    del response["Vary"], response["Content-Language"]
    if is_packed:
        response["Vary"] = "Accept-Encoding"


def _too_many(request: HttpRequest, wait: float) -> HttpResponse:
    seconds = int(wait) + 1
    response = problem(
        request,
        429,
        "too_many_requests",
        Bilingual(
            en="Too many requests from your address. Try again in {seconds} s.",
            es="Demasiadas solicitudes desde su dirección. Intente de nuevo en {seconds} s.",
        ).format(seconds=seconds),
    )
    response["Retry-After"] = str(seconds)
    return response
