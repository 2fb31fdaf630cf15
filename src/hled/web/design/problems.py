"""An error as people or programs can read it: a page, or RFC 9457 problem+json under /api/."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from hled.language import LANGUAGES, Bilingual, Language


def asked_language(request: HttpRequest) -> Language:
    """Return the language of the page asked for, or the one that Accept-Language prefers."""
    path = translation.get_language_from_path(request.path_info)
    asked = path or translation.get_language_from_request(request)
    return next((language for language in LANGUAGES if asked.startswith(language)), "en")


def problem(request: HttpRequest, status: int, code: str, message: Bilingual) -> HttpResponse:
    """Return `message` with `status`, as problem+json for the API and as a page for everyone else."""
    language = asked_language(request)
    if request.path_info.startswith("/api/"):
        body = {
            "type": f"/{language}/docs/reference/errors/#{code}",
            "title": message.text(language),
            "status": status,
            "code": code,
        }
        return HttpResponse(
            json.dumps(body, ensure_ascii=False),
            status=status,
            content_type="application/problem+json",
            headers={"Content-Language": language},
        )
    with translation.override(language):
        return render(request, "design/problem.html", {"status": status, "message": message}, status=status)
