"""The way in for corrections: anyone may report an error, with a source."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hled.web.agenda import actions
from hled.web.agenda.errors import ReportError
from hled.web.agenda.forms import ErrorReportForm
from hled.web.design.problems import asked_language
from hled.web.policy import ANYONE, grant

_NUMBER: Final = re.compile(r"[1-9]\d{0,17}", re.ASCII)


@grant(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep a report and give its number."""
    if request.method == "POST":
        return _keep(request)
    sent = _NUMBER.fullmatch(request.GET.get("sent", ""))
    form = ErrorReportForm(initial={"about": request.GET.get("about", "")[:300]})
    return render(request, "agenda/report_error.html", {"form": form, "sent": sent[0] if sent else ""})


def _keep(request: HttpRequest) -> HttpResponse:
    form = ErrorReportForm(request.POST)
    if form.is_valid():
        language = asked_language(request)
        try:
            number = actions.report_error(
                actions.ErrorFound(**form.cleaned_data),
                language,
                request.META.get("hled.request_id", ""),
            )
        except ReportError as error:
            for name, message in error.problems.items():
                form.add_error(name, message.text(language))
        else:
            return redirect(f"{reverse('agenda:report_error')}?sent={number}")
    return render(request, "agenda/report_error.html", {"form": form}, status=400)
