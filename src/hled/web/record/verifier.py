"""The page on which anyone verifies a receipt, as one file that goes on working without this site.

It serves the promise of transparency under every work-plan line: who doubts the site must not have to ask
the site. Script and style stand in the page, which names their checksums, connects nowhere, and may be saved
and opened from a disk. The policy of this node travels in it as a proposal that the reader can replace.
"""

import datetime as dt
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from hled.language import PartialDate
from hled.web import content_policy, design
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant
from hled.web.record import receipts
from hled.web.record.wording import words

_FOLDER: Final = Path(__file__).parent / "templates" / "record" / "verifier"
_PARTS: Final = ("receipt.js", "picture.js", "page.js")


def _script() -> str:
    parts = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _PARTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


SCRIPT: Final = _script()
STYLE: Final = (_FOLDER / "verifier.css").read_text(encoding="utf-8")
MARK: Final = (Path(design.__file__).parent / "static" / "hled" / "mark.svg").read_text(encoding="utf-8")
CONTENT_POLICY: Final = content_policy.standing_alone(script=SCRIPT, style=STYLE)
CARRIED: Final = content_policy.carried(script=SCRIPT, style=STYLE)


def site_policy() -> str:
    """Return the policy file of this node as text, or nothing where it has none."""
    try:
        return (receipts.folder() / "policy").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


@from_record
@grant(ANYONE)
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Serve the verifier with the policy as it is now."""
    response = render(
        request,
        "record/verify.html",
        {
            "carried": CARRIED,
            "script": SafeString(SCRIPT),  # our own files, whose checksum the answer names
            "style": SafeString(STYLE),
            "policy": site_policy(),
            "words": words(),
            "site": f"{request.scheme}://{request.get_host()}",
            "host": request.get_host(),
            "today": PartialDate(dt.datetime.now(dt.UTC).date().isoformat()),
            "mark": SafeString(MARK),
        },
    )
    response[content_policy.HEADER] = CONTENT_POLICY
    return response
