"""The error report as a form; the verb itself says what is wrong with a report, its length too."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _field(kind: type[forms.Widget], name: str, **more: object) -> forms.Widget:
    css = "usa-textarea" if kind is forms.Textarea else "usa-input"
    return kind(attrs={"class": css, "aria-describedby": f"id_{name}_hint", **more})


class ErrorReportForm(forms.Form):
    """What is wrong, and where anyone can check it."""

    about = forms.CharField(
        label=_("Record id concerned"),
        help_text=_("Filled in by the page that you came from; leave it as it is."),
        required=False,
        widget=_field(forms.TextInput, "about"),
    )
    text = forms.CharField(
        label=_("What is wrong"),
        help_text=_("In English or Spanish."),
        required=False,
        widget=_field(forms.Textarea, "text", rows=6),
    )
    source = forms.CharField(
        label=_("Public source that shows it"),
        help_text=_("A web address, or a title with publisher and date."),
        required=False,
        widget=_field(forms.TextInput, "source"),
    )
    email = forms.CharField(
        label=_("E-mail, if you want an answer (optional)"),
        help_text=_("Used for the answer only and never published."),
        required=False,
        widget=_field(forms.EmailInput, "email", autocomplete="email"),
    )
