"""The documents on the web: a list by folder, and each document."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from hled.language import Language
from hled.web.docs import queries
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant


@grant(ANYONE)
@from_record
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every document by folder."""
    return render(request, "docs/index.html", {"sections": queries.listing(_language())})


@grant(ANYONE)
@from_record
@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show one document in the page's language, or in the only one it has, saying so."""
    found = queries.page(path, _language())
    if found is None:
        raise Http404(path)
    return render(request, "docs/page.html", {"page": found, "sections": queries.listing(_language())})


def _language() -> Language:
    return cast("Language", translation.get_language() or "en")
