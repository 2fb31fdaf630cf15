"""A run is a question asked: its id names everything that the answer depends on, so asking twice is one run.

`run_id = sha256(canonical(question id, version, parameters, input checksums, code checksum, seed))`. Every
published number of the fifteen work-plan lines carries the id of its run.
"""

import hashlib
import importlib.util
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from hled.evidence.errors import NotAnAnswerError
from hled.evidence.question import Parameters
from hled.record import CanonicalError, canonical

FORMAT: Final = "hled.run/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an answer depends on, and so what the run id is made of.

    `inputs` maps each needed table to its SHA-256 and each needed question to its run id; `code` is the
    checksum of the question's own package.
    """

    question: str
    version: str
    parameters: Parameters = field(hash=False)
    inputs: dict[str, str] = field(hash=False)
    code: str
    seed: int

    @property
    def run_id(self) -> str:
        """SHA-256 of the canonical JSON of this identity, 64 hex digits."""
        return hashlib.sha256(canonical(self.as_dict())).hexdigest()

    def as_dict(self) -> dict[str, object]:
        """Return the identity as plain JSON values."""
        return {
            "question": self.question,
            "version": self.version,
            "parameters": dict(self.parameters),
            "inputs": dict(self.inputs),
            "code": self.code,
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True)
class Run:
    """A question asked, and where its answer is kept.

    `asked_at` (UTC, seconds) and `seconds` (decimal text, wall clock) describe the first asking and are no
    part of the id. `answer_checksum` is the SHA-256 of the answer's bytes.
    """

    identity: Identity
    asked_at: str
    answer_checksum: str
    seconds: str

    @property
    def run_id(self) -> str:
        """The id of this run, 64 hex digits."""
        return self.identity.run_id

    @property
    def question(self) -> str:
        """The id of the question."""
        return self.identity.question

    @property
    def parameters(self) -> Parameters:
        """The parsed parameters."""
        return self.identity.parameters

    def as_dict(self) -> dict[str, object]:
        """Return this run as plain JSON values, the parts of its identity beside its id."""
        return {
            "run_id": self.run_id,
            **self.identity.as_dict(),
            "asked_at": self.asked_at,
            "answer_checksum": self.answer_checksum,
            "seconds": self.seconds,
        }

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of this run."""
        return canonical({"format": FORMAT, **self.as_dict()})

    @classmethod
    def from_bytes(cls, data: bytes) -> "Run":
        """Read what `to_bytes` wrote and check that the id follows from the content.

        Raises:
            NotAnAnswerError: not a run in the known format, or its id does not match its content.
        """
        try:
            value = json.loads(data)
            run = cls(
                identity=Identity(**{key: value[key] for key in _IDENTITY}),
                **{key: value[key] for key in ("asked_at", "answer_checksum", "seconds")},
            )
            same = run.to_bytes() == data
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, CanonicalError) as error:
            raise NotAnAnswerError.of(f"{type(error).__name__}: {error}") from error
        if not same:
            raise NotAnAnswerError.of("run_id, format")
        return run


_IDENTITY: Final = tuple(item.name for item in fields(Identity))


def code_checksum(package: str) -> str:
    """Return the SHA-256 over the names and bytes of every source file of `package`, without running it.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"no package {package}", name=package)
    folder = Path(next(iter(found.submodule_search_locations)))
    listed = [
        [path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return hashlib.sha256(canonical(listed)).hexdigest()
