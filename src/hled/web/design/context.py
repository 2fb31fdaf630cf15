"""What every page knows: its language, the same page in the other one, and where it is in the site."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.utils import translation

from hled.language import LANGUAGES, Language

NAMES: dict[Language, str] = {"en": "English", "es": "Español"}
# The entry of the menu under which each page stands that is no entry itself.
SECTIONS: Final[Mapping[str, str]] = {
    "agenda:pillar": "agenda:actions",
    "agenda:line": "agenda:actions",
    "agenda:action": "agenda:actions",
    "agenda:body": "agenda:bodies",
    "agenda:agency": "agenda:bodies",
    "agenda:source": "agenda:sources",
    "meetings:meeting": "meetings:meetings",
    "evidence:question": "evidence:questions",
    "evidence:ask": "evidence:questions",
    "evidence:run": "evidence:questions",
    "record:entry": "record:record",
    "record:history": "record:record",
    "record:checkpoints": "record:record",
    "record:proof": "record:record",
}


def page(request: HttpRequest) -> dict[str, object]:
    """Return the page's language, the languages to switch to (same page) and its address."""
    current = translation.get_language() or "en"
    path = request.get_full_path()
    inside = path[3:] if path[:4] in {"/en/", "/es/"} else "/"
    name = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "language": current,
        "languages": [
            {"code": code, "name": NAMES[code], "url": f"/{code}{inside}", "current": code == current}
            for code in LANGUAGES
        ],
        "section": SECTIONS.get(name, name),
        "current": "true" if name in SECTIONS else "page",
    }
