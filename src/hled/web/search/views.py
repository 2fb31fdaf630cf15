"""Searching the record, in the page's language, with filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled.web.design.problems import asked_language
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.web.search import queries
from hled.web.search.forms import SearchForm


@from_record
@grant(ANYONE)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was found where words were given."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search/search.html", {"form": form}, status=400)
    asked = form.cleaned_data
    if not asked["q"]:
        return render(request, "search/search.html", {"form": form})
    filters = queries.Filters(*(asked[name] or None for name in ("kind", "pillar", "status")))
    found = queries.search(asked["q"], asked_language(request), filters, asked["page"] or 1)
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "search/search.html", {"form": form, "found": found, "query": query.urlencode()})
