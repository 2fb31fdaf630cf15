"""Which work-plan lines have a working part: those whose package is there."""

from functools import cache
from importlib.util import find_spec


@cache
def built(module: str) -> bool:
    """Say whether the package that serves a line exists, without running it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
