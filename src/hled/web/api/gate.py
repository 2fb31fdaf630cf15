"""The gate before every endpoint: anyone may read, nobody may write, and nothing is guessed.

A parameter that is not described, or is given twice, is refused rather than ignored.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

from hled.evidence import Problem
from hled.web.api.description import ASK, operation
from hled.web.api.endpoints import refuse
from hled.web.api.errors import BadParametersError, MethodNotAllowedError, problem_of
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant

View = Callable[..., HttpResponseBase]
Names = frozenset[str]

READING: Final = frozenset({"GET", "HEAD"})
ALLOW: Final = "GET, HEAD, OPTIONS"
LANGUAGES: Final = ("en", "es")
ONLY_LANG: Final = frozenset({"lang"})


def guarded(pattern: URLPattern) -> URLPattern:
    """Return the pattern of an endpoint with its view behind the gate."""
    found = operation(str(pattern.pattern))
    names = frozenset(item["name"] for item in found["parameters"] if item["in"] == "query")
    view = gated(pattern.callback, None if found["operationId"] == ASK else names)
    return path(str(pattern.pattern), view, name=pattern.name)


def gated(view: View, names: Names | None = ONLY_LANG) -> View:
    """Return the view behind the gate; `names` are the parameters that it takes, None for any."""

    @grant(ANYONE)
    @from_record
    @wraps(view)
    def gate(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            allowed = HttpResponse(status=204, headers={"Allow": ALLOW})
            del allowed["Content-Type"]
            return allowed
        if request.method not in READING:
            refused = refuse(request, MethodNotAllowedError.of(str(request.method)))
            refused["Allow"] = ALLOW
            return refused
        problems = _problems(request, names)
        if problems:
            return refuse(request, BadParametersError(problems))
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", ", ".join(LANGUAGES))
        return response

    gate.csrf_exempt = True  # type: ignore[attr-defined]  # a wrong verb is 405, not a missing token
    return gate


def _problems(request: HttpRequest, names: Names | None) -> tuple[Problem, ...]:
    found = []
    for name, values in request.GET.lists():
        if names is not None and name not in names:
            found.append(problem_of(name, "unknown", known=", ".join(sorted(names))))
        if len(values) > 1:
            found.append(problem_of(name, "repeated"))
    lang = request.GET.get("lang")
    if lang is not None and lang not in LANGUAGES:
        found.append(problem_of("lang", "enum", choices=", ".join(LANGUAGES)))
    return tuple(found)
