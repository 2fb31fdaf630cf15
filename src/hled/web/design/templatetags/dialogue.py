"""Template tags of the dialogue: bilingual text, partial dates, labels of codes, figures with their table."""

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils import translation
from django.utils.safestring import SafeString

from hled.figures import Spec, render, table
from hled.language import Bilingual, Language, PartialDate
from hled.workplan import charter, words
from hled.workplan.types import DateBasis, EventKind, Official, Party, SourceRead, Weight

register = template.Library()

# By type: codes of different enumerations may be the same text.
_LABELS: Final[dict[type, Mapping[Any, Bilingual]]] = {
    EventKind: words.KIND,
    DateBasis: words.BASIS,
    SourceRead: words.READ,
    Official: words.OFFICIAL,
    Party: words.PARTY,
    str: words.LEVEL,
}
_MOMENT: Final = len("2026-11-23T12:00:00Z")
_MARKS: Final = {
    weight: f'<svg class="spine__mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{shape}</svg>'
    for weight, shape in {
        Weight.PROMISE: '<circle cx="10" cy="10" r="6" fill="#fff" stroke="#856600" stroke-width="2.5"/>',
        Weight.REVIEW: '<path d="M10 2l8 8-8 8-8-8z" fill="#7a3e9d"/>',
        Weight.ACTIVITY: '<rect x="4" y="4" width="12" height="12" fill="#2478b5"/>',
        Weight.RESULT: '<circle cx="10" cy="10" r="7.5" fill="#00695c"/>',
    }.items()
}


def _language() -> Language:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"


@register.filter
def bi(value: Bilingual | None) -> str:
    """Write a bilingual text in the page's language."""
    return value.text(_language()) if value is not None else ""


@register.filter
def on(value: PartialDate | str | None) -> str:
    """Write a date (or its ISO text), at the precision known, in the page's language."""
    date = PartialDate(value) if isinstance(value, str) and value else value
    return date.text(_language()) if isinstance(date, PartialDate) else ""


@register.filter
def moment(at: str) -> str:
    """Write the time of an entry (`2026-11-23T12:00:00Z`) with its date in the page's language."""
    if len(at) != _MOMENT:
        return at
    return translation.gettext("%(day)s, %(time)s UTC") % {"day": on(at[:10]), "time": at[11:16]}


@register.filter
def pillar_name(key: str) -> str:
    """Write the id of a pillar as people say it, or the title of a section."""
    found = next((pillar for pillar in charter().pillars if pillar.id == key), None)
    if found is None:
        return key
    return bi(found.title) if found.is_section else translation.gettext("Pillar %(id)s") % {"id": key}


@register.filter
def thousands(value: int | str | None) -> str:
    """Write a whole number with commas, as both languages of the dialogue do."""
    return f"{int(value):,}" if value is not None and value != "" else ""


@register.filter
def share(part: int, whole: int) -> int:
    """Return `part` of `whole` in whole percent; 0 of nothing is 0."""
    return round(100 * part / whole) if whole else 0


@register.inclusion_tag("design/figure.html")
def figure(spec: Spec, heading: str = "h3", said: Bilingual | None = None) -> dict[str, Any]:
    """Draw a figure wide and narrow, its finding above it and its data as a table below it.

    A finding with which `said`, a text that stands above already, begins is not repeated.
    """
    language = _language()
    finding = bi(spec.finding)
    wide = SafeString(render(spec, language, width=760))  # our own SVG; every text in it is escaped
    narrow = SafeString(render(spec, language, width=360))  # the same figure for phones
    return {
        "spec": spec,
        "finding": "" if bi(said).startswith(finding) else finding,
        "heading": heading,
        "wide": wide,
        "narrow": narrow,
        "table": table(spec, language),
    }


@register.simple_tag
def lang_attr(code: str) -> SafeString:
    """Return a `lang` attribute where a text is not in the page's language, else nothing."""
    return SafeString("") if code == _language() else SafeString(f' lang="{code}"')  # two fixed values


@register.filter
def label(code: object) -> str:
    """Write a code of the record (kind, basis, how much was read, party, meeting level) in words."""
    named = _LABELS.get(type(code), {}).get(code)
    return bi(named) if named else str(code)


@register.simple_tag
def mark(item: object) -> SafeString:
    """Draw the small mark that says what an event may count as; the same shapes as in the timelines."""
    weight = getattr(item, "weight", None)
    return SafeString(_MARKS.get(weight, "")) if isinstance(weight, Weight) else SafeString("")
