"""The signer: the one process that holds the log key. It reads committed rows and signs what they are.

It never signs two histories: what it signed last is written down, outside the database, before anybody can
see the signature, and nothing that does not continue it is ever signed. A database restored from a backup
is therefore refused until what it lost is brought back. It serves the promise of transparency under every
work-plan line.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.record.checkpoints import Checkpoint
from hled.record.errors import RecordError
from hled.record.examining import DEMONSTRATION
from hled.record.log_files import CHECKPOINT, PENDING, LogWriter
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Note, SigningKey, parse_note
from hled.record.objects import write_whole
from hled.web.nodes.errors import BehindError, ConfigurationError, DivergedError, NotBegunError, refusal
from hled.web.nodes.home import Home, log_name, read_configuration
from hled.web.nodes.keyring import LOG, Keyring
from hled.web.nodes.published import extended, laid_out, publish, root_of_rows
from hled.web.record import actions, queries

LAST: Final = "last-signed.json"


def last_signed(home: Home, origin: str) -> Checkpoint:
    """Return what this node signed last of its own log: from its own note, and from all that it published.

    Raises:
        DivergedError: one of them cannot be read or speaks of another log; or all are lost, and the database
            says that something was signed.
    """
    found = remembered(home, origin)
    has_signed = not origin.startswith(DEMONSTRATION) and Keyring(home.keys).has(LOG)
    if found is None and has_signed and queries.checkpoints(log_name(origin), 1):
        raise _unreadable(str(home.state / LAST))
    return found or Checkpoint(origin, 0, EMPTY_ROOT)


def remembered(home: Home, origin: str) -> Checkpoint | None:
    """Return the largest checkpoint of the own log among what this node wrote down and published, if any.

    Raises:
        DivergedError: one cannot be read or speaks of another log.
    """
    folder = home.log(log_name(origin))
    found = []
    for place in (home.state / LAST, folder / PENDING, folder / CHECKPOINT, home.cosigned.place(origin)):
        try:
            if place.is_file():
                found.append(_noted(place))
        except (OSError, ValueError, KeyError, TypeError, RecordError) as error:
            raise _unreadable(str(place)) from error
        if found and found[-1].origin != origin:
            raise _unreadable(f"{place}: {found[-1].origin}")
    return max(found, key=lambda item: item.size, default=None)


def _noted(place: Path) -> Checkpoint:
    if place.name != LAST:
        return Checkpoint.parse(parse_note(place.read_bytes()).text)
    value = json.loads(place.read_bytes())
    return Checkpoint(value["origin"], value["size"], bytes.fromhex(value["root"]))


def remember(home: Home, signed: Checkpoint) -> None:
    """Write down, durably, what is about to be signed."""
    value = {"origin": signed.origin, "size": signed.size, "root": signed.root.hex()}
    write_whole(home.state / LAST, json.dumps(value).encode())


def check_continues(log: queries.Log, last: Checkpoint) -> None:
    """Refuse a head of the own log that cannot continue what was signed; looks at the head alone.

    Raises:
        BehindError: it has fewer entries.
        DivergedError: it has as many and another root.
    """
    if log.size < last.size:
        raise refusal(
            BehindError,
            "The database holds {size} entries of “{name}”, and {signed} were signed: an older backup was "
            "restored. Nothing is signed and nothing should be recorded now. Stop the site, run `hled node "
            "heal` with the address of a mirror or with the folder of the published files, then start again.",
            "La base de datos conserva {size} asientos de «{name}» y se firmaron {signed}: se restauró un "
            "respaldo anterior. No se firma nada ni debe asentarse nada ahora. Detenga el sitio, ejecute "
            "`hled node heal` con la dirección de una copia espejo o con la carpeta de los archivos "
            "publicados, y vuelva a iniciar.",
            name=log.name,
            size=f"{log.size:,}",
            signed=f"{last.size:,}",
        )
    if log.size == last.size and log.root != last.root:
        raise diverged(log.name, last.size)


def is_behind(home: Home) -> bool:
    """Say whether the database lacks entries of the own log that this node has signed, or the whole log.

    Raises:
        ConfigurationError, DivergedError: what the node is, or what it signed, cannot be read.
    """
    configured = read_configuration(home)
    last = remembered(home, configured.origin) if configured else None
    if last is None:
        return False
    own = queries.own()
    return own is None or own.size < last.size


def diverged(name: str, size: int) -> DivergedError:
    """Return the error of a database whose first `size` entries are not those that were signed."""
    return refusal(
        DivergedError,
        "The first {size} entries of “{name}” in the database are not those that this node signed. Nothing "
        "is signed. Stop the site and keep this database for whoever looks into it; restore the last backup "
        "of before, then run `hled node heal` before anything new is recorded.",
        "Los primeros {size} asientos de «{name}» en la base de datos no son los que este nodo firmó. No se "
        "firma nada. Detenga el sitio y conserve esta base de datos para quien lo investigue; restaure el "
        "último respaldo anterior y ejecute `hled node heal` antes de asentar algo nuevo.",
        name=name,
        size=f"{size:,}",
    )


def own_log() -> queries.Log:
    """Return the log that this node writes.

    Raises:
        NotBegunError: it writes none.
    """
    log = queries.own()
    if log is None:
        raise refusal(
            NotBegunError,
            "This node writes no log of its own, so there is nothing to sign. Run `hled node init` first, or "
            "do not start a signer beside a mirror.",
            "Este nodo no escribe ninguna bitácora propia, así que no hay nada que firmar. Ejecute antes "
            "`hled node init`, o no inicie un firmante junto a una copia espejo.",
        )
    return log


@dataclass(slots=True)
class Signer:
    """Signs the own log; `step` does what there is to do, and costs one query where there is nothing."""

    home: Home
    _writer: LogWriter | None = None
    _signed: tuple[int, bytes, bytes] | None = None  # size, root, key id of what is published as pending

    def step(self) -> Checkpoint | None:
        """Sign the log as it stands and publish; return what was signed, None where nothing is new.

        Raises:
            NotBegunError: there is no own log, or no log key.
            ConfigurationError: the log key is that of another log.
            BehindError, DivergedError: the database does not continue what was signed.
        """
        log = own_log()
        key = self._key(log.origin)
        if self._signed == (log.size, log.root, key.verifier.key_id):
            return None
        with self.home.held("sign"):  # two signers of one home must not overtake each other
            return self._sign(own_log(), key)

    def _sign(self, log: queries.Log, key: SigningKey) -> Checkpoint:
        last = last_signed(self.home, log.origin)
        check_continues(log, last)
        if self._writer is None:
            self._writer = self._begun(log, last)
        writer, self._writer = self._writer, None  # an error leaves the next step to begin anew
        extended(writer, log)
        signed = Checkpoint(log.origin, log.size, log.root)
        remember(self.home, signed)
        self._publish(log, signed, key)
        self._writer, self._signed = writer, (log.size, log.root, key.verifier.key_id)
        return signed

    def _begun(self, log: queries.Log, last: Checkpoint) -> LogWriter:
        """Compare rows and files from the beginning, once after every start."""
        if root_of_rows(log.name, last.size) != last.root:
            raise diverged(log.name, last.size)
        return laid_out(self.home.log(log.name), log)

    def _key(self, origin: str) -> SigningKey:
        key = Keyring(self.home.keys).read(LOG)
        if key.name != origin:
            raise refusal(
                ConfigurationError,
                "The log key is that of “{key}”, and the database holds the log “{origin}”. Put the right "
                "key or the right HLED_HOME in place.",
                "La clave de bitácora es la de «{key}» y la base de datos conserva la bitácora «{origin}». "
                "Ponga la clave o la HLED_HOME correcta.",
                key=key.name,
                origin=origin,
            )
        return key

    def _publish(self, log: queries.Log, signed: Checkpoint, key: SigningKey) -> None:
        note = Note(signed.text, (key.sign(signed.text),))
        folder = self.home.log(log.name)
        with self.home.held("pending"):
            publish(folder, log, log.size, with_earlier(folder / PENDING, note), PENDING)
            complete = self._counts_alone(note)
            if complete:
                publish(folder, log, log.size, note, CHECKPOINT)
        actions.put_checkpoint(log.name, note.encode(), complete=complete)

    def _counts_alone(self, note: Note) -> bool:
        """Say whether the policy asks for nobody else, as that of a local node does."""
        try:
            policy = self.home.policy()
            return policy.satisfied(policy.signed(note).cosigned)
        except (NotBegunError, RecordError):
            return False


def with_earlier(place: Path, note: Note) -> Note:
    """Add the signatures that a published note over the same text has already."""
    try:
        published = parse_note(place.read_bytes())
    except (OSError, RecordError):
        return note
    return published.with_signatures(note.signatures) if published.text == note.text else note


def _unreadable(what: str) -> DivergedError:
    return refusal(
        DivergedError,
        "What this node signed last cannot be read ({what}), so nothing is signed. Restore the newest copy "
        "of that file, never an older one; if there is none, run `hled node heal` with the address of the "
        "other node.",
        "No se puede leer lo último que este nodo firmó ({what}), así que no se firma nada. Restaure la "
        "copia más reciente de ese archivo, nunca una anterior; si no la hay, ejecute `hled node heal` con "
        "la dirección del otro nodo.",
        what=what,
    )
