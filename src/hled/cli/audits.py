"""What an auditor remembers between two looks at a record, and what the second look finds.

Who looks only once can be shown a history made for him; who remembers one signed checkpoint cannot. The
memory is a file of the checkpoints themselves, by the origin of their log: whatever copy is audited, the
publisher's or a mirror's, it must continue the same history. It serves the promise of transparency under
every work-plan line.
"""

import datetime as dt
import json
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hled.cli.places import Place
from hled.language import Bilingual, DialogueError
from hled.record.checkpoints import Checkpoint
from hled.record.errors import ForkError, MissingFileError, PolicyError, RollbackError
from hled.record.examining import Problem, State, state_of, times
from hled.record.exporting import folder_name
from hled.record.formats.v1.entry import decode
from hled.record.log_files import CHECKPOINT
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import parse_note
from hled.record.objects import write_whole
from hled.record.policies import Policy
from hled.record.verify import audit

if TYPE_CHECKING:
    from hled.record.tiles import Read

LISTED: Final = 200
_GONE: Final = Bilingual(
    "ROLLBACK: the log “{origin}” showed {size} entries before and shows no checkpoint now. Keep your copy, "
    "and fetch the log from a mirror.",
    "RETROCESO: la bitácora «{origin}» mostró antes {size} asientos y ahora no muestra ningún punto de "
    "control. Conserve su copia y obtenga la bitácora de una copia espejo.",
)


class MemoryFileError(DialogueError):
    """The file of what was seen before cannot be used, so nothing is compared with it."""

    code = "record.audit_memory"


class PolicyChangedError(PolicyError):
    """The policy beside a record is not the one that was there when it was audited first."""

    code = "record.policy_changed"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that was not there at the audit before."""

    index: int
    type: str
    id: str
    at: str


@dataclass(frozen=True, slots=True)
class LogAudit:
    """A log compared with what it showed before (`before` entries; None the first time).

    `types` counts the new entries; `entries` are the last 200 of them.
    """

    name: str
    origin: str = ""
    size: int = 0
    root: str = EMPTY_ROOT.hex()
    state: State = State.UNSIGNED
    before: int | None = None
    new: int = 0
    types: Mapping[str, int] = field(default_factory=dict, hash=False)
    entries: tuple[NewEntry, ...] = ()
    cosigned: Mapping[str, str] = field(default_factory=dict, hash=False)
    problems: tuple[Problem, ...] = ()


class Memory:
    """What was seen, by origin of the log, and the policy first met at each address.

    Raises:
        MemoryFileError: the file cannot be read as one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._logs: dict[str, dict[str, Any]] = {}
        self._policies: dict[str, str] = {}
        if path.is_file():
            self._load()

    @property
    def origins(self) -> tuple[str, ...]:
        """The logs that were seen."""
        return tuple(self._logs)

    def policy(self, place: Place, file: str | None) -> Policy:
        """Return the policy to audit with: that of the file, else the one met here first.

        Raises:
            PolicyChangedError: another policy lies there now.
            NoPolicyError, FileError, PolicyError: see `Place.trusted`.
        """
        found = place.trusted(file)
        known = self._policies.get(place.address)
        if file is None and known is not None and found.text != known:
            raise _changed(place.address)
        self._policies[place.address] = found.text
        return found

    def checkpoint(self, origin: str) -> Checkpoint | None:
        """Return the checkpoint that a log showed last."""
        known = self._logs.get(origin)
        return Checkpoint.parse(parse_note(known["checkpoint"].encode()).text) if known else None

    def keep(self, origin: str, note: bytes) -> None:
        """Remember the checkpoint of a log that was verified."""
        self._logs.setdefault(origin, {}).update(seen=_now(), checkpoint=note.decode())

    def accuse(self, origin: str, note: bytes, code: str) -> None:
        """Keep a signed checkpoint that contradicts the remembered one: together they are evidence."""
        against = self._logs[origin].setdefault("contradicted_by", [])
        if all(item["checkpoint"] != note.decode() for item in against):
            against.append({"seen": _now(), "code": code, "checkpoint": note.decode()})

    def save(self) -> None:
        """Write the file, as a whole.

        Raises:
            OSError: it cannot be written.
        """
        document = {"v": 1, "logs": self._logs, "policies": self._policies}
        write_whole(self.path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())

    def _load(self) -> None:
        try:
            document = json.loads(self.path.read_bytes())
            self._logs, self._policies = dict(document["logs"]), dict(document["policies"])
            for origin in self._logs:
                self.checkpoint(origin)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, DialogueError) as error:
            raise _unreadable(self.path) from error


def audited(place: Place, memory: Memory, policy: Policy) -> tuple[LogAudit, ...]:
    """Audit every log of a place and remember what holds; nothing is raised for what does not."""
    return tuple(_audited(name, read, memory, policy) for name, read in place.logs)


def _audited(name: str, read: "Read", memory: Memory, policy: Policy) -> LogAudit:
    try:
        note = read(CHECKPOINT)
        origin = Checkpoint.parse(parse_note(note).text).origin
    except MissingFileError:
        return _absent(name, memory)
    except DialogueError as error:
        return LogAudit(name, state=State.REFUSED, problems=(Problem.of(name, error),))
    old = memory.checkpoint(origin)
    report = LogAudit(name, origin, before=old.size if old else None)
    seen = _Seen(read, note, old.size if old else 0)
    try:
        found = audit(old, seen.read, policy, each=seen.take)
    except DialogueError as error:
        if isinstance(error, RollbackError | ForkError):
            memory.accuse(origin, note, error.code)
        return replace(report, state=State.REFUSED, problems=(Problem.of(name, error),))
    memory.keep(origin, note)
    return replace(
        report,
        size=found.verified.checkpoint.size,
        root=found.verified.checkpoint.root.hex(),
        state=state_of(policy),
        new=found.new,
        types=dict(sorted(seen.types.items())),
        entries=tuple(seen.entries),
        cosigned=times(found.verified.accepted),
    )


def _absent(name: str, memory: Memory) -> LogAudit:
    """Report a log without a checkpoint: not signed yet, unless it was seen here before."""
    known = next((origin for origin in memory.origins if folder_name(origin) == name), None)
    old = memory.checkpoint(known) if known else None
    if old is None:
        return LogAudit(name)
    error = RollbackError(_GONE.format(origin=old.origin, size=f"{old.size:,}"))
    problem = Problem.of(name, error)
    return LogAudit(name, old.origin, state=State.REFUSED, before=old.size, problems=(problem,))


def _changed(address: str) -> PolicyChangedError:
    return PolicyChangedError(
        Bilingual(
            en="The policy at {place} is not the one that was there before, so other keys would count now. "
            "Ask somebody you trust why; to accept a policy, give it with --policy FILE.",
            es="La política en {place} no es la que estaba antes, así que ahora contarían otras claves. "
            "Pregunte la razón a alguien de su confianza; para aceptar una política, indíquela con --policy "
            "ARCHIVO.",
        ).format(place=address)
    )


def _unreadable(path: Path) -> MemoryFileError:
    return MemoryFileError(
        Bilingual(
            en="{path} is no memory of an earlier audit, or is damaged. Restore it from a backup; without "
            "it, an audit with another --state FILE compares with nothing.",
            es="{path} no es la memoria de una auditoría anterior, o está dañado. Restáurelo de un respaldo; "
            "sin él, una auditoría con otro --state ARCHIVO no compara con nada.",
        ).format(path=path)
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Seen:
    """A log while it is audited: its checkpoint, read once, and what is new in it."""

    def __init__(self, read: "Read", note: bytes, start: int) -> None:
        self.types: Counter[str] = Counter()
        self.entries: deque[NewEntry] = deque(maxlen=LISTED)
        self._read = read
        self._note = note
        self._start = start

    def read(self, path: str) -> bytes:
        return self._note if path == CHECKPOINT else self._read(path)

    def take(self, index: int, data: bytes) -> None:
        if index >= self._start:
            entry = decode(data)
            self.types[entry.type] += 1
            self.entries.append(NewEntry(index, entry.type, entry.id, entry.at))
