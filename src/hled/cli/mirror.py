"""A read-only site from a copy of the record: continuity, should one side leave or its site vanish.

The copy is believed in nothing: every log is checked against its policy and taken in entry by entry, into a
home of its own that is thrown away afterwards. It serves the promise of transparency under every work-plan
line: whoever has the record has the site.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli.mirror_files import MirrorError, lay_out
from hled.cli.output import wrapped, write
from hled.cli.places import read_policy
from hled.language import Bilingual, Language
from hled.record.exporting import AS_FOUND
from hled.record.objects import write_whole

if TYPE_CHECKING:
    from hled.record.policies import Policy

_TAKEN: Final = Bilingual(
    "{log}: {size} entries taken in, {on_record} of them on the record.",
    "{log}: se tomaron {size} asientos; {on_record} constan en el registro.",
)
_NOT_COSIGNED: Final = Bilingual(
    "No checkpoint of “{log}” satisfies the policy.",
    "Ningún punto de control de «{log}» satisface la política.",
)
_BESIDE: Final = Bilingual(
    "The policy lies in the copy itself: whoever made the copy says whose signatures count, and every page "
    "says so. Compare it with one from somebody you trust, and give that with --policy.",
    "La política está en la propia copia: quien hizo la copia dice qué firmas cuentan, y cada página lo "
    "advierte. Compárela con la de alguien de su confianza e indíquela con --policy.",
)
_KEPT: Final = ("assets", "static")  # of the operator's own home: how pages look is no part of the record


@contextmanager
def mirrored(folder: Path, language: Language, policy: str | None = None) -> Iterator[None]:
    """Have this process, and those that it starts, serve a copy of the record, and say what was taken in.

    `policy` names the file of the policy that the operator trusts; without one, that of the copy is believed
    and the site says so.

    Raises:
        MirrorError: the folder holds no policy, or a log that does not satisfy it.
        FileError, PolicyError: the file of the policy cannot be used.
    """
    record = folder / "record" if (folder / "record").is_dir() else folder
    trusted = read_policy(policy) if policy else None
    own = Path(os.environ.get("HLED_HOME", "var")).expanduser().resolve()
    home, process = Path(tempfile.mkdtemp(prefix="hled-mirror-")), os.getpid()
    try:
        _lay_out(home, record.resolve(), own, trusted)
        os.environ |= {"HLED_HOME": str(home), "HLED_READ_ONLY": "1", "HLED_DATABASE_URL": ""}
        _take_in(record, language)
        if trusted is None:
            write(wrapped(_BESIDE.text(language)))
        yield
    finally:
        if os.getpid() == process:  # a web process that ends passes here too
            shutil.rmtree(home, ignore_errors=True)


def _lay_out(home: Path, record: Path, own: Path, trusted: "Policy | None") -> None:
    """Put what is not taken in entry by entry in place: how pages look, the bodies, policy and keys."""
    for name in _KEPT:
        if (own / name).is_dir():
            (home / name).symlink_to(own / name)
    bodies = next((place for place in (record, record.parent) if (place / "objects").is_dir()), None)
    if bodies is not None:
        (home / "objects").symlink_to(bodies / "objects")  # each is checked against its name when read
    lay_out(record, home / "record", trusted)
    if trusted is None:
        write_whole(home / AS_FOUND, b"")


def _take_in(record: Path, language: Language) -> None:
    from hled.cli.database import open_database

    open_database()
    from hled.web.nodes.follower import Follower
    from hled.web.nodes.home import home
    from hled.web.nodes.peers import FolderPeer

    found = Follower(home()).round_with(FolderPeer(record))
    for met in found:
        if met.problem is not None:
            raise _refused(record, met.problem.message)
        if met.size and not met.on_record:
            raise _refused(record, _NOT_COSIGNED.format(log=met.log))
    if not found:
        raise MirrorError(
            Bilingual(
                en="{folder} holds no log of its policy. Export the record again, or give another copy.",
                es="{folder} no contiene ninguna bitácora de su política. Exporte de nuevo el registro, o "
                "indique otra copia.",
            ).format(folder=record)
        )
    for met in found:
        size, on_record = f"{met.size:,}", f"{met.on_record:,}"
        write(_TAKEN.format(log=met.log, size=size, on_record=on_record).text(language))


def _refused(record: Path, why: Bilingual) -> MirrorError:
    return MirrorError(
        Bilingual(
            en="The copy in {folder} is not served. {why}", es="No se sirve la copia de {folder}. {why}"
        ).format(folder=record, why=why)
    )
