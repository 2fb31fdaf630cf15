"""Where answers are kept: content-addressed files and one manifest for each run, so a citation never dies.

Answers lie under `answers/ab/cdef…` by their SHA-256, runs under `runs/<run id>.json`. Files are written
beside their place and renamed, and every read checks the bytes against the name. It serves every work-plan
line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hled.evidence.answer import Answer, from_bytes
from hled.evidence.errors import DamagedStoreError, NotAnAnswerError, UnknownRunError
from hled.evidence.run import Run
from hled.record.objects import DamagedObjectError, MissingObjectError, ObjectStore, write_whole

_HEX: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class AnswerStore:
    """The kept answers and runs under `home`; folders appear with the first write."""

    home: Path

    def find(self, run_id: str) -> Run | None:
        """Return the kept run, or None when there is none of this id.

        Raises:
            DamagedStoreError: the manifest is there and does not match its name.
        """
        path = self.home / "runs" / f"{run_id}.json"
        if not _HEX.match(run_id) or not path.is_file():
            return None
        try:
            run = Run.from_bytes(path.read_bytes())
        except NotAnAnswerError as error:
            raise DamagedStoreError.of(path.name) from error
        if run.run_id != run_id:
            raise DamagedStoreError.of(path.name)
        return run

    def run(self, run_id: str) -> Run:
        """Return the kept run.

        Raises:
            UnknownRunError: there is none of this id.
            DamagedStoreError: see `find`.
        """
        found = self.find(run_id)
        if found is None:
            raise UnknownRunError.of(run_id)
        return found

    def runs(self) -> Iterator[str]:
        """Yield the ids of all kept runs, in order."""
        yield from sorted(path.stem for path in (self.home / "runs").glob("*.json") if _HEX.match(path.stem))

    def answer_bytes(self, checksum: str) -> bytes:
        """Return the bytes of a kept answer, checked against their SHA-256.

        Raises:
            DamagedStoreError: missing or changed.
        """
        try:
            return self._answers.read(checksum)
        except (MissingObjectError, DamagedObjectError) as error:
            raise DamagedStoreError.of(checksum[:64]) from error

    def answer(self, run: Run) -> Answer:
        """Return the answer of a kept run.

        Raises:
            DamagedStoreError: its bytes are missing or changed.
        """
        return from_bytes(self.answer_bytes(run.answer_checksum))

    def keep_answer(self, data: bytes) -> str:
        """Keep the bytes of an answer and return their SHA-256."""
        return self._answers.keep(data)

    def keep_run(self, run: Run) -> None:
        """Keep the manifest of a run whose answer is kept."""
        write_whole(self.home / "runs" / f"{run.run_id}.json", run.to_bytes())

    @property
    def _answers(self) -> ObjectStore:
        return ObjectStore(self.home / "answers")
