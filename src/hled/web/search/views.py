"""Searching the record, in the page's language, with filters."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hled.web.design.asked import asked, given
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
    asked(request.GET, SearchForm.base_fields)
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search/search.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    if not wanted["q"]:
        return render(request, "search/search.html", {"form": form})
    filters = queries.Filters(*(wanted[name] or None for name in ("kind", "pillar", "status")))
    language = asked_language(request)
    found = queries.search(wanted["q"], language, filters, wanted["page"] or 1)
    shown = {
        "form": form,
        "found": found,
        "query": given(request.GET, leaving="page"),
        "as_json": f"/api/v1/search?{urlencode({'language': language})}&{given(request.GET)}",
    }
    return render(request, "search/search.html", shown)
