"""An error as people or programs can read it: a page, RFC 9457 problem+json under /api/, or plain text."""

import json
import re
from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from hled.language import LANGUAGES, Bilingual, Language

API: Final = "/api/"
FILES: Final = "/record/"
_LANG: Final = re.compile(r"(?:^|&)lang=(en|es)(?:&|$)")


def asked_language(request: HttpRequest) -> Language:
    """Return the language of the page asked for, of `?lang=` in the API, or that Accept-Language prefers."""
    path = translation.get_language_from_path(request.path_info)
    asked = path or _named(request) or translation.get_language_from_request(request)
    return next((language for language in LANGUAGES if asked.startswith(language)), "en")


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    message: Bilingual,
    *,
    problems: Iterable[tuple[str, Bilingual]] = (),
) -> HttpResponse:
    """Return `message` with `status` as a page; for the API as problem+json, for files of the record as text.

    `problems` names each parameter that is wrong and says why; only the API lists them.
    """
    if request.path_info.startswith(FILES):
        return _plain(status, code, message)
    language = asked_language(request)
    if request.path_info.startswith(API):
        body: dict[str, object] = {
            "type": f"/{language}/docs/reference/errors/#{code}",
            "title": message.text(language),
            "status": status,
            "code": code,
        }
        listed = [{"parameter": name, "message": text.text(language)} for name, text in problems]
        return _json(body | {"problems": listed} if listed else body, status, language)
    with translation.override(language):
        return render(request, "design/problem.html", {"status": status, "message": message}, status=status)


def _json(body: dict[str, object], status: int, language: Language) -> HttpResponse:
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Content-Language": language},
    )


def _plain(status: int, code: str, message: Bilingual) -> HttpResponse:
    return HttpResponse(
        f"{status} {code}\n{message.en}\n{message.es}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _named(request: HttpRequest) -> str | None:
    """Read `?lang=` without parsing the whole query, which may be what the problem is about."""
    if not request.path_info.startswith(API):
        return None
    found = _LANG.search(request.META.get("QUERY_STRING", ""))
    return found[1] if found else None
