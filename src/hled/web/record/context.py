"""What every page says about the node that shows it: a demonstration's record, or a mirror of others.

Nobody may take demonstration keys for a government's, whichever page they come to first. It serves the
promise of transparency under every work-plan line.
"""

from django.http import HttpRequest

from hled.record.errors import PolicyError
from hled.record.examining import DEMONSTRATION
from hled.record.exporting import AS_FOUND
from hled.web.record import read_only, receipts


def node(_request: HttpRequest) -> dict[str, object]:
    """Return whether the record is a demonstration's, whether this node only mirrors, and by whose policy."""
    return {
        "is_demonstration": is_demonstration,
        "is_mirror": read_only.is_read_only(),
        "is_policy_as_found": is_policy_as_found,
    }


def is_policy_as_found() -> bool:
    """Say whether the policy came with the copy that is served, and nobody vouched for it."""
    return read_only.is_read_only() and (receipts.folder().parent / AS_FOUND).is_file()


def is_demonstration() -> bool:
    """Say whether any log of the policy bears an origin that nobody can own; asks no database."""
    try:
        rules = receipts.policy()
    except PolicyError:  # the page that says so must still be shown
        return False
    return rules is not None and any(log.key.name.startswith(DEMONSTRATION) for log in rules.logs)
