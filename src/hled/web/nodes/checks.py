"""Start-up checks of a node: nothing is served in earnest that is a demonstration, or behind its signatures.

It serves the promise of transparency under every work-plan line.
"""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection

from hled.language import DialogueError
from hled.record.examining import DEMONSTRATION
from hled.web.nodes.errors import NodeError, refusal
from hled.web.nodes.home import home


@register(Tags.database)
def own_log_can_go_on(**_: object) -> list[CheckMessage]:
    """Refuse a demonstration log in production, and a database that is behind what the node has signed."""
    from hled.web.nodes.signer import check_continues, is_behind, last_signed  # needs the apps to be ready
    from hled.web.record import queries

    try:
        own = queries.own()
    except DatabaseError:  # not migrated yet: there is no log either
        return []
    if own is None:
        return [_lost()] if is_behind(home()) else []
    if own.origin.startswith(DEMONSTRATION) and not settings.DEMONSTRATION:
        return [_demonstration()]
    try:
        check_continues(own, last_signed(home(), own.origin))
    except DialogueError as error:
        return [Error(f"{error.text('en')} / {error.text('es')}", id="nodes.E002")]
    return []


def refuse_demonstration() -> None:
    """Refuse to serve in production what is no government's, or behind its signatures; closes the connection.

    Raises:
        NodeError: it is.
    """
    if settings.DEMONSTRATION:
        return
    found = own_log_can_go_on()
    connection.close()  # a connection must not cross a fork
    if found:
        said = " ".join(f"{error.id}: {error.msg} {error.hint or ''}" for error in found)
        raise refusal(NodeError, "Refused to start. {said}", "No se puede iniciar. {said}", said=said)


def _lost() -> Error:
    return Error(
        "The database holds nothing of the log that this node has signed. / La base de datos no conserva "
        "nada de la bitácora que este nodo firmó.",
        hint="hled node heal URL|DIR",
        id="nodes.E002",
    )


def _demonstration() -> Error:
    return Error(
        "The log of this node is a demonstration; production does not serve one. / La bitácora de este nodo "
        "es una demostración; en producción no se pone en servicio.",
        hint="hled node init --party US|MX --address https://…",
        id="nodes.E001",
    )
