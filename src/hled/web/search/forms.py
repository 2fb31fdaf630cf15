"""The search form: what may be asked, checked before anything is looked up."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hled.workplan import ComputedStatus, charter
from hled.workplan.status import NAME

KINDS = (
    ("pillar", _("Pillars")),
    ("line", _("Work-plan lines")),
    ("action", _("Actions")),
    ("event", _("Events")),
    ("source", _("Sources")),
    ("body", _("Bodies")),
    ("agency", _("Agencies")),
    ("meeting", _("Meetings")),
    ("deliverable", _("Deliverables")),
    ("claim", _("Published figures")),
    ("discrepancy", _("Discrepancies")),
)


class SearchForm(forms.Form):
    """Words and filters; unknown values are errors, never ignored."""

    q = forms.CharField(max_length=200, required=False, strip=True)
    kind = forms.ChoiceField(required=False, choices=[("", _("All")), *KINDS])
    pillar = forms.ChoiceField(required=False)
    status = forms.ChoiceField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        from hled.web.design.templatetags.dialogue import bi

        pillars = [(pillar.id, bi(pillar.title)) for pillar in charter().pillars]
        cast("forms.ChoiceField", self.fields["pillar"]).choices = [("", _("All")), *pillars]
        statuses = [(status.value, bi(NAME[status])) for status in ComputedStatus]
        cast("forms.ChoiceField", self.fields["status"]).choices = [("", _("All")), *statuses]
