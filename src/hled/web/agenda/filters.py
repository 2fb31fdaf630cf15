"""Filters of the lists of actions and events, read from text: one reader for web, API and shell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hled.language import Bilingual, PartialDate
from hled.web.agenda.errors import FilterError
from hled.workplan import ComputedStatus, charter
from hled.workplan.types import EventKind

_DAYS: Final = re.compile(r"(\d{1,5})\s?(?:d|days?|d[ií]as?)?\Z", re.IGNORECASE | re.ASCII)
_YES_NO: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class ActionFilters:
    """What a list of actions is narrowed to; None means everything, `silent_for` counts days."""

    pillar: str | None = None
    line: int | None = None
    status: ComputedStatus | None = None
    agency: str | None = None
    silent_for: int | None = None
    text: str | None = None
    adjacent: bool | None = None


@dataclass(frozen=True, slots=True)
class EventFilters:
    """What a list of events is narrowed to; `since` and `until` compare with the date of the event."""

    action: str | None = None
    pillar: str | None = None
    line: int | None = None
    kind: EventKind | None = None
    source: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    adjacent: bool | None = None


def action_filters(raw: Mapping[str, str]) -> ActionFilters:
    """Read filters from text; names that are no filter are ignored, and an empty value is no filter.

    Raises:
        FilterError: a value is unknown or malformed.
    """
    given = _given(raw)
    return ActionFilters(
        pillar=_pillar(given),
        line=_line(given),
        status=_status(given),
        agency=given.get("agency"),
        silent_for=_days(given),
        text=given.get("text"),
        adjacent=_yes_no(given, "adjacent"),
    )


def event_filters(raw: Mapping[str, str]) -> EventFilters:
    """Read filters from text, as `action_filters` does.

    Raises:
        FilterError: a value is unknown or malformed.
    """
    given = _given(raw)
    return EventFilters(
        action=given.get("action"),
        pillar=_pillar(given),
        line=_line(given),
        kind=_kind(given),
        source=given.get("source"),
        since=_date(given, "since"),
        until=_date(given, "until"),
        adjacent=_yes_no(given, "adjacent"),
    )


def days(text: str) -> int:
    """Read a number of days: `180`, `180d`, `180 days`, `180 días`.

    Raises:
        FilterError: anything else.
    """
    match = _DAYS.match(text.strip())
    if match is None:
        raise _refused("silent-for", text, "180d")
    return int(match.group(1))


def page_number(text: str | None, pages: int) -> int:
    """Read the number of a page of a list.

    Raises:
        FilterError: not a whole number from 1 to `pages`.
    """
    known = {str(number): number for number in range(1, pages + 1)}
    if text and text not in known:
        raise _refused("page", text, f"1–{pages}")
    return known[text] if text else 1


def _given(raw: Mapping[str, str]) -> dict[str, str]:
    """Return what was given; NUL is dropped because PostgreSQL refuses it and no value of ours has one."""
    cleaned = {name.replace("-", "_"): value.replace("\0", "").strip() for name, value in raw.items()}
    return {name: value for name, value in cleaned.items() if value}


def _pillar(given: Mapping[str, str]) -> str | None:
    value = given.get("pillar")
    known = [pillar.id for pillar in charter().pillars]
    if value is not None and value.upper() not in known:
        raise _refused("pillar", value, ", ".join(known))
    return value.upper() if value else None


def _line(given: Mapping[str, str]) -> int | None:
    value = given.get("line")
    known = {str(line.number): line.number for line in charter().lines}
    if value is not None and value not in known:
        raise _refused("line", value, f"1–{len(known)}")
    return known[value] if value else None


def _status(given: Mapping[str, str]) -> ComputedStatus | None:
    value = given.get("status")
    known = {status.value: status for status in ComputedStatus}
    if value is not None and value.replace("-", "_") not in known:
        raise _refused("status", value, ", ".join(known))
    return known[value.replace("-", "_")] if value else None


def _kind(given: Mapping[str, str]) -> EventKind | None:
    value = given.get("kind")
    known = {kind.value: kind for kind in EventKind}
    if value is not None and value not in known:
        raise _refused("kind", value, ", ".join(known))
    return known[value] if value else None


def _days(given: Mapping[str, str]) -> int | None:
    return days(given["silent_for"]) if "silent_for" in given else None


def _yes_no(given: Mapping[str, str], name: str) -> bool | None:
    value = given.get(name)
    if value is not None and value.lower() not in _YES_NO:
        raise _refused(name, value, "yes, no")
    return _YES_NO[value.lower()] if value else None


def _date(given: Mapping[str, str], name: str) -> PartialDate | None:
    value = given.get(name)
    try:
        return PartialDate(value) if value else None
    except ValueError as error:
        raise _refused(name, str(value), "2022, 2022-09, 2022-09-12") from error


def _refused(name: str, value: str, allowed: str) -> FilterError:
    return FilterError(
        Bilingual(
            en="The filter “{name}” cannot be “{value}”. Possible: {allowed}.",
            es="El filtro «{name}» no puede ser «{value}». Valores posibles: {allowed}.",
        ).format(name=name, value=value[:60], allowed=allowed)
    )
