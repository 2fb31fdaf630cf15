"""Start-up checks of the database: refuse one that could lose acknowledged entries."""

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from hled.language import Bilingual, DialogueError

_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))  # releases with the WAL-reset fix, newest branch first


class UnsafeDatabaseError(DialogueError):
    """The database could lose what it acknowledged, so nothing is served from it."""

    code = "record.unsafe_database"


def refuse_unsafe() -> None:
    """Refuse to serve from an unsafe database; opens no connection.

    Raises:
        UnsafeDatabaseError: the SQLite library is inside the range of the WAL-reset corruption bug.
    """
    found = sqlite_is_fixed()
    if found:
        said = " ".join(f"{error.id}: {error.msg} {error.hint}" for error in found)
        raise UnsafeDatabaseError(
            Bilingual(en="Refused to start. {said}", es="No se puede iniciar. {said}").format(said=said)
        )


def is_safe(version: tuple[int, int, int]) -> bool:
    """Say whether a SQLite release is free of the WAL-reset bug (3.7.0 to 3.51.2, with two backports)."""
    if version == (3, 52, 0):  # withdrawn by its makers
        return False
    if version >= _FIXED[0]:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED)


@register(Tags.database)
def sqlite_is_fixed(**_: object) -> list[CheckMessage]:
    """Refuse an SQLite library inside the range of the WAL-reset corruption bug."""
    if connection.vendor != "sqlite":
        return []
    import sqlite3  # the one that the settings put in place: Django's own connection uses it

    version = sqlite3.sqlite_version_info
    if is_safe(version):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can lose committed entries in WAL mode.",
            hint="Install the locked requirements (pysqlite3 brings a fixed SQLite) or use PostgreSQL.",
            id="record.E001",
        )
    ]
