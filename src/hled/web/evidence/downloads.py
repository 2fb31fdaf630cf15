"""Files to take away: each table as CSV, JSON and Parquet, each figure as SVG, the answer as its own bytes.

CSV, JSON and SVG follow from the kept answer in pure Python. Parquet needs Arrow, which the web process does
not load: the worker writes it beside the answer.
"""

from dataclasses import dataclass
from typing import Final

from hled.evidence import Answer, to_csv, to_json
from hled.figures import render
from hled.language import Language
from hled.web.evidence import parquet
from hled.web.evidence.errors import FileNotFoundInRunError
from hled.web.evidence.queries import Finished, store

ANSWER: Final = "answer.json"
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class File:
    """A finished download; `data` is None where the worker has still to write it."""

    name: str
    content_type: str
    data: bytes | None


def file(found: Finished, name: str, language: Language) -> File:
    """Return one file of a run.

    Raises:
        FileNotFoundInRunError: the run has no such table, figure or format.
    """
    if name not in names(found.answer):
        raise FileNotFoundInRunError.of(name, names(found.answer))
    stem, _, kind = name.rpartition(".")
    prefix = f"hled-{found.run.question}-{found.run.run_id[:12]}"
    return File(
        name=f"{prefix}-{name}",
        content_type=TYPES[kind],
        data=_data(found, stem, kind, language=language),
    )


def names(answer: Answer) -> tuple[str, ...]:
    """List the files of an answer."""
    tables = [f"{table.id}.{kind}" for table in answer.tables for kind in ("csv", "json", "parquet")]
    return (ANSWER, *tables, *(f"{figure.id}.svg" for figure in answer.figures))


def _data(found: Finished, stem: str, kind: str, *, language: Language) -> bytes | None:
    if f"{stem}.{kind}" == ANSWER:
        return store().answer_bytes(found.run.answer_checksum)
    if kind == "svg":
        figure = next(figure for figure in found.answer.figures if figure.id == stem)
        return render(figure, language, width=760).encode()
    table = next(table for table in found.answer.tables if table.id == stem)
    if kind == "parquet":
        return parquet.read(store(), found.run, table.id)
    return to_csv(table, language) if kind == "csv" else to_json(table)
