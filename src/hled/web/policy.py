"""Who may see or do what: named rules, and nothing without a rule.

Every view carries exactly one rule by `@grant(rule)`. `hled.web.middleware.DefaultDeny` refuses a view
that carries none, and a test walks every URL. A rule is a predicate on the request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Rule:
    """A named access rule."""

    name: str
    allows: Callable[[HttpRequest], bool]


def _always(_request: HttpRequest) -> bool:
    return True


def _nobody(_request: HttpRequest) -> bool:
    return False


ANYONE: Final = Rule("anyone", _always)
NOBODY: Final = Rule("nobody", _nobody)


def grant(rule: Rule) -> Callable[[View], View]:
    """Attach `rule` to a view."""

    def attach(view: View) -> View:
        vars(view)["rule"] = rule
        return view

    return attach


def rule_of(view: Callable[..., object]) -> Rule:
    """Return the rule of a view; a view without one is open to nobody."""
    rule = getattr(view, "rule", NOBODY)
    return rule if isinstance(rule, Rule) else NOBODY
