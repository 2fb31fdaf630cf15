"""What every page knows: its language, the same page in the other one, and where it is in the site."""

from django.http import HttpRequest
from django.utils import translation

from hled.language import LANGUAGES, Language

NAMES: dict[Language, str] = {"en": "English", "es": "Español"}


def page(request: HttpRequest) -> dict[str, object]:
    """Return the page's language, the languages to switch to (same page) and its address."""
    current = translation.get_language() or "en"
    path = request.get_full_path()
    inside = path[3:] if path[:4] in {"/en/", "/es/"} else "/"
    return {
        "language": current,
        "languages": [
            {"code": code, "name": NAMES[code], "url": f"/{code}{inside}", "current": code == current}
            for code in LANGUAGES
        ],
        "section": request.resolver_match.view_name if request.resolver_match else "",
    }
