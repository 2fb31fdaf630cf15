"""What a page may load and run (Content-Security-Policy): the site's policy, and one for pages alone.

A page that is one file, to be saved and opened without a network, carries its script and style inside. Its
policy names the checksum of exactly these bytes and lets it connect nowhere, so that not even an error of
ours could send away what a reader gives it. `middleware.SecurityHeaders` gives the site's policy to every
answer that brings none. It serves every work-plan line, as part of the shell around all pages.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Final

HEADER: Final = "Content-Security-Policy"

# USWDS icons are data: images.
_SITE: Final = {
    "default-src": "'none'",
    "img-src": "'self' data:",
    "style-src": "'self'",
    "font-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_NOT_IN_A_FILE: Final = "frame-ancestors"  # browsers heed it in a header only


def _written(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


SITE: Final = _written(_SITE)


def checksum(text: str) -> str:
    """Return the source expression that allows exactly this inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _alone(script: str, style: str) -> dict[str, str]:
    return {
        "default-src": "'none'",
        "script-src": checksum(script),
        "style-src": checksum(style),
        "img-src": "data:",
        "connect-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        _NOT_IN_A_FILE: "'none'",
    }


def standing_alone(*, script: str, style: str) -> str:
    """Return the policy of a page that runs this inline script and style and nothing else."""
    return _written(_alone(script, style))


def carried(*, script: str, style: str) -> str:
    """Return the same policy as a saved page carries it in itself (`<meta http-equiv>`)."""
    directives = _alone(script, style)
    del directives[_NOT_IN_A_FILE]
    return _written(directives)
