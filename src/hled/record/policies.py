"""Trust policies (C2SP tlog-policy): whose logs count, and whose cosignatures make a checkpoint count.

The dialogue's rule, that nothing is on the record until both governments have seen it, is such a file of a
few lines; everybody verifies with a copy of it, so nobody has to trust the server.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from hled.language import Bilingual
from hled.record.checkpoints import Checkpoint
from hled.record.errors import NoteError, PolicyError, QuorumError, SignatureError, refusal
from hled.record.notes import COSIGNATURES, Algorithm, Note, VerifierKey, verify_note

NONE: Final = "none"
MAX_POLICY: Final = 1_000_000
MAX_LINES: Final = 1_000
_SPACE: Final = re.compile(r"[ \t]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Log:
    """A log that counts, and where it is served."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A cosigner by the name that the policy gives it, and where its `add-checkpoint` is served."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses and groups of which at least `needed` must have cosigned."""

    name: str
    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A checkpoint that its log signed, and when each witness of the policy cosigned it (POSIX seconds)."""

    checkpoint: Checkpoint
    log: Log
    cosigned: dict[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, witnesses and the quorum: the name of a witness or group, or `none`."""

    logs: tuple[Log, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    @property
    def text(self) -> str:
        """The policy as a file; reading it gives the same policy."""
        lines = [_line("log", log.key, log.url) for log in self.logs]
        lines += [_line("witness", item.name, item.key, item.url) for item in self.witnesses]
        lines += [_line("group", item.name, _needed(item), *item.members) for item in self.groups]
        return "\n".join([*lines, _line("quorum", self.quorum)]) + "\n"

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """Every key that the policy knows."""
        return tuple(log.key for log in self.logs) + tuple(item.key for item in self.witnesses)

    def log_of(self, origin: str) -> tuple[Log, ...]:
        """Return the logs of one origin (more than one while a key is being changed)."""
        return tuple(log for log in self.logs if log.key.name == origin)

    def signed(self, note: Note) -> Accepted:
        """Check the log's signature and every cosignature by a known witness; the quorum is not asked for.

        Raises:
            CheckpointError: the text is no checkpoint.
            SignatureError: no log of the policy signed, or a known key's signature does not verify.
        """
        checkpoint = Checkpoint.parse(note.text)
        found = verify_note(note, self.keys)
        for log in self.log_of(checkpoint.origin):
            if log.key in found:
                times = {item.name: found[item.key] for item in self.witnesses if item.key in found}
                return Accepted(checkpoint, log, {name: at for name, at in times.items() if at is not None})
        raise refusal(
            SignatureError,
            "No log of this policy signed the checkpoint of “{origin}”. Check that the policy is the "
            "one of this record.",
            "Ninguna bitácora de esta política firmó el punto de control de «{origin}». Revise que "
            "la política sea la de este registro.",
            origin=checkpoint.origin,
        )

    def accept(self, note: Note) -> Accepted:
        """Check a checkpoint against the whole policy.

        Raises:
            CheckpointError, SignatureError: see `signed`.
            QuorumError: cosignatures are missing; the message names whose.
        """
        accepted = self.signed(note)
        if not self.satisfied(accepted.cosigned):
            raise refusal(
                QuorumError,
                "This checkpoint is not yet on the record: cosignatures are missing ({names}). Wait "
                "until they have cosigned, or fetch a newer one.",
                "Este punto de control aún no consta en el registro: faltan firmas conjuntas "
                "({names}). Espere a que firmen, u obtenga uno más reciente.",
                names=", ".join(self.missing(accepted.cosigned)),
            )
        return accepted

    def satisfied(self, cosigned: Collection[str]) -> bool:
        """Say whether cosignatures by these witnesses reach the quorum."""
        if self.quorum == NONE:
            return True
        held = set(cosigned)
        for group in self.groups:  # each names only what stands before it
            if sum(name in held for name in group.members) >= group.needed:
                held.add(group.name)
        return self.quorum in held

    def missing(self, cosigned: Collection[str]) -> tuple[str, ...]:
        """Return the witnesses under the quorum that have not cosigned."""
        members = {group.name: group.members for group in self.groups}
        wanted = [] if self.quorum == NONE else [self.quorum]
        found = []
        while wanted:
            name = wanted.pop(0)
            wanted += members.get(name, ())
            if name not in members and name not in cosigned:
                found.append(name)
        return tuple(found)

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """Read a policy file.

        Raises:
            PolicyError: the file breaks the format; the message names the line.
        """
        if len(data) > MAX_POLICY:
            raise _refused("0", Bilingual("the file is too large", "el archivo es demasiado grande"))
        # The octets of names are opaque; surrogateescape keeps those that are no UTF-8.
        lines = data.decode(errors="surrogateescape").split("\n")
        if len(lines) > MAX_LINES:
            raise _refused("0", Bilingual("more than 1,000 lines", "más de 1,000 líneas"))
        draft = _Draft()
        for number, line in enumerate(lines, start=1):
            try:
                draft.read(line)
            except (NoteError, _WrongLine) as error:
                raise _refused(str(number), error.message) from error
        if draft.quorum is None:
            raise _refused(
                str(len(lines)), Bilingual("the line “quorum” is missing", "falta la línea «quorum»")
            )
        return cls(tuple(draft.logs), tuple(draft.witnesses), tuple(draft.groups), draft.quorum)


class _WrongLine(PolicyError):
    """A line of a policy breaks the format; becomes a PolicyError that names the line."""


class _Draft:
    """A policy while its lines are read."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.witnesses: list[Witness] = []
        self.groups: list[Group] = []
        self.quorum: str | None = None
        self._keys: set[bytes] = set()
        self._names: set[str] = set()
        self._used: set[str] = set()

    def read(self, line: str) -> None:
        """Take in one line."""
        if _CONTROL.search(line):
            raise _wrong("a control character", "un carácter de control")
        words = [word for word in _SPACE.split(line) if word]
        if not words or words[0].startswith("#"):
            return
        match words:
            case ["log", key, *url] if len(url) <= 1:
                self.logs.append(Log(self._key(key, {Algorithm.ED25519}), "".join(url)))
            case ["witness", name, key, *url] if len(url) <= 1:
                self._name(name)
                self.witnesses.append(Witness(name, self._key(key, COSIGNATURES), "".join(url)))
            case ["group", name, needed, *members]:
                self._group(name, needed, tuple(members))
            case ["quorum", name] if self.quorum is None:
                if name != NONE and name not in self._names:
                    raise _wrong(f"“{name}” is not defined before", f"«{name}» no está definido antes")
                self.quorum = name
            case _:
                raise _wrong("unknown or repeated instruction", "instrucción desconocida o repetida")

    def _group(self, name: str, needed: str, members: tuple[str, ...]) -> None:
        for member in members:
            if member not in self._names or member in self._used:
                raise _wrong(
                    f"“{member}” is not defined before, or is a member twice",
                    f"«{member}» no está definido antes, o es integrante dos veces",
                )
            self._used.add(member)
        number = {"all": str(len(members)), "any": "1"}.get(needed, needed)
        if not re.fullmatch(r"[1-9][0-9]{0,3}", number) or int(number) > len(members):
            raise _wrong(f"“{needed}” of {len(members)} members", f"«{needed}» de {len(members)} integrantes")
        self._name(name)
        self.groups.append(Group(name, int(number), members))

    def _name(self, name: str) -> None:
        if name == NONE or name in self._names:
            raise _wrong(f"the name “{name}” is taken", f"el nombre «{name}» ya está usado")
        self._names.add(name)

    def _key(self, text: str, allowed: Collection[Algorithm]) -> VerifierKey:
        key = VerifierKey.parse(text)
        if key.algorithm not in allowed or key.public in self._keys:
            raise _wrong("a key of the wrong kind, or given twice", "una clave de otro tipo, o repetida")
        self._keys.add(key.public)
        return key


def _line(*words: object) -> str:
    return " ".join(text for text in map(str, words) if text)


def _needed(group: Group) -> str:
    if group.needed == len(group.members):
        return "all"
    return "any" if group.needed == 1 else str(group.needed)


def _wrong(en: str, es: str) -> _WrongLine:
    return _WrongLine(Bilingual(en=en, es=es))


def _refused(line: str, why: Bilingual) -> PolicyError:
    return refusal(
        PolicyError,
        "Line {line} of the policy cannot be used: {why}",
        "La línea {line} de la política no puede usarse: {why}",
        line=line,
        why=why,
    )
