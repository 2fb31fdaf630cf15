"""Parquet files beside the kept answers: written by the process that calculates, read by the web process.

They are derived from the answer and can be written again at any time; only the answer itself is cited.
"""

import os
from pathlib import Path

from hled.evidence import Answer, AnswerStore, Run, to_parquet


def write(kept: AnswerStore, run: Run, answer: Answer) -> None:
    """Write each table of an answer that is not written yet; loads Arrow."""
    for table in answer.tables:
        path = _place(kept, run, table.id)
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(to_parquet(table))
            part.replace(path)  # a reader never meets half a file


def read(kept: AnswerStore, run: Run, table_id: str) -> bytes | None:
    """Return the bytes of a table that the answer has, or None where they are not written yet."""
    path = _place(kept, run, table_id)
    return path.read_bytes() if path.is_file() else None


def _place(kept: AnswerStore, run: Run, table_id: str) -> Path:
    return kept.home / "parquet" / run.answer_checksum / f"{table_id}.parquet"
