"""Who may write: a mirror takes what other nodes publish and writes nothing of its own."""

from django.conf import settings

from hled.language import Bilingual
from hled.web.record.errors import ReadOnlyError


def is_read_only() -> bool:
    """Say whether this node only mirrors others."""
    return settings.READ_ONLY


def refuse_read_only() -> None:
    """Let only a node with a log of its own go on.

    Raises:
        ReadOnlyError: this node is a read-only mirror.
    """
    if is_read_only():
        raise ReadOnlyError(
            Bilingual(
                en="This node is a read-only mirror (HLED_READ_ONLY): it records nothing of its own. Do this "
                "on the node of your government.",
                es="Este nodo es una copia espejo de solo lectura (HLED_READ_ONLY): no asienta nada propio. "
                "Hágalo en el nodo de su gobierno.",
            )
        )
