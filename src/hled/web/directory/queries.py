"""Readers of the directory: agencies by party, bodies, and the bodies that name an action."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from hled.language import Bilingual, DialogueError
from hled.web.directory.models import AgencyRow, BodyActionRow, BodyRow
from hled.web.record.columns import bilingual
from hled.workplan.types import Agency, Body, Party


class NotInDirectoryError(DialogueError):
    """No agency or body has this id."""

    code = "directory.not_found"
    status = 404


def agencies(ids: Iterable[str] | None = None) -> tuple[Agency, ...]:
    """Return every agency, or those with the given ids; the United States first, then by short name."""
    rows = AgencyRow.objects.order_by("-party", "short_en", "id")
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    return tuple(_agency(row) for row in rows)


def agency(key: str) -> Agency:
    """Return one agency.

    Raises:
        NotInDirectoryError: no agency has this id.
    """
    row = AgencyRow.objects.filter(id=_clean(key)).first()
    if row is None:
        raise _missing(
            Bilingual("No agency has the id “{key}”.", "Ninguna dependencia tiene la clave «{key}»."), key
        )
    return _agency(row)


def bodies() -> tuple[Body, ...]:
    """Return every body, those of the dialogue before those of adjacent tracks, by name."""
    return _bodies(BodyRow.objects.all())


def bodies_of(action: str) -> tuple[Body, ...]:
    """Return the bodies that take part in an action, in one query."""
    links = BodyActionRow.objects.filter(body__links__action_id=action).select_related("body")
    grouped: dict[str, list[BodyActionRow]] = {}
    for link in links.order_by("body__adjacent", "body__name_en", "body_id", "position"):
        grouped.setdefault(link.body_id, []).append(link)
    return tuple(_body(found[0].body, [link.action_id for link in found]) for found in grouped.values())


def body(key: str) -> Body:
    """Return one body.

    Raises:
        NotInDirectoryError: no body has this id.
    """
    found = _bodies(BodyRow.objects.filter(id=_clean(key)))
    if not found:
        raise _missing(Bilingual("No body has the id “{key}”.", "Ningún órgano tiene la clave «{key}»."), key)
    return found[0]


def _bodies(rows: QuerySet[BodyRow]) -> tuple[Body, ...]:
    """Read bodies and their actions in one query: a row for each pair, one for a body without actions."""
    paired = rows.annotate(acts_in=F("links__action_id"))
    grouped: dict[str, tuple[BodyRow, list[str]]] = {}
    for row in paired.order_by("adjacent", "name_en", "id", "links__position"):
        grouped.setdefault(row.id, (row, []))[1].extend([row.acts_in] if row.acts_in else [])
    return tuple(_body(row, actions) for row, actions in grouped.values())


def _agency(row: AgencyRow) -> Agency:
    return Agency(
        id=row.id,
        party=Party(row.party),
        short=bilingual(row, "short"),
        name=bilingual(row, "name"),
    )


def _body(row: BodyRow, actions: Iterable[str]) -> Body:
    return Body(
        id=row.id,
        name=bilingual(row, "name"),
        purpose=bilingual(row, "purpose"),
        track=bilingual(row, "track"),
        adjacent=row.adjacent,
        actions=tuple(actions),
        sources=tuple(row.sources),
    )


def _clean(key: str) -> str:
    """PostgreSQL refuses NUL in a text, and no id has one."""
    return key.replace("\0", "")


def _missing(message: Bilingual, key: str) -> NotInDirectoryError:
    return NotInDirectoryError(message.format(key=key[:80]))
