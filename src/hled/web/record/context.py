"""What every page says about the node that shows it: a demonstration's record, or a mirror of others.

Nobody may take demonstration keys for a government's, whichever page they come to first. It serves the
promise of transparency under every work-plan line.
"""

from django.db import DatabaseError
from django.http import HttpRequest

from hled.web.record import policy, queries
from hled.web.record.receipts import DEMONSTRATION


def node(_request: HttpRequest) -> dict[str, object]:
    """Return whether the record is a demonstration's, and whether this node only mirrors others."""
    return {"is_demonstration": is_demonstration, "is_mirror": policy.is_read_only()}


def is_demonstration() -> bool:
    """Say whether any log here bears an origin that nobody can own; the template asks when it needs it."""
    try:
        return any(log.origin.startswith(DEMONSTRATION) for log in queries.logs())
    except DatabaseError:  # the page that says so must still be shown
        return False
