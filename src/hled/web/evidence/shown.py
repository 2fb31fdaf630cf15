"""What a page shows of a run: its parameters in words, its tables as cells, how to cite and how to repeat it.

Everything follows from the kept run and answer; nothing is calculated here.
"""

import shlex
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from hled.evidence import Answer, AnswerColumn, AnswerTable, CellType, Question, Run, as_raw, questions
from hled.figures.digits import grouped
from hled.language import Bilingual, Language, PartialDate
from hled.web.evidence import queries
from hled.web.evidence.forms import in_words, plain, with_unit
from hled.web.evidence.queries import Finished

SHORT_TABLE: Final = 15  # rows; a longer table is folded, because its figure says the same
_NUMBERS: Final = frozenset({CellType.INTEGER, CellType.DECIMAL})
_CITATION: Final = Bilingual(
    en="“{title}” ({values}). Question {question}, version {version}; calculated on {date} by the platform "
    "of the U.S.–Mexico High-Level Economic Dialogue. Run {run_id}. {address}",
    es="«{title}» ({values}). Pregunta {question}, versión {version}; calculada el {date} por la plataforma "
    "del Diálogo Económico de Alto Nivel México–Estados Unidos. Ejecución {run_id}. {address}",
)
_NO_VALUES: Final = Bilingual(en="no parameters", es="sin parámetros")


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """The head of a column."""

    label: Bilingual
    unit: Bilingual | None
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as text; a missing value has none, and the page says so in words."""

    text: str | None
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in one language."""

    id: str
    title: Bilingual
    columns: tuple[ShownColumn, ...]
    rows: tuple[tuple[ShownCell, ...], ...]

    @property
    def is_short(self) -> bool:
        """Say whether the table is shown unfolded."""
        return len(self.rows) <= SHORT_TABLE


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A finished run as its page shows it.

    `values` pairs each parameter with its value in words, `query` asks the same by address, and `is_current`
    says whether the question can still be asked: newer code may have dropped it, its runs stay readable.
    """

    run: Run
    answer: Answer
    title: Bilingual
    values: tuple[tuple[Bilingual, Bilingual], ...]
    asked_on: PartialDate
    tables: tuple[ShownTable, ...]
    citation: str
    commands: tuple[str, ...]
    query: str
    is_current: bool


def shown(found: Finished, language: Language, *, address: str) -> ShownRun:
    """Return what the page of a run shows; `address` is its permalink."""
    run = found.run
    declared = _declared(run.question)
    title = queries.title(run.question)
    values = _values(run, declared)
    asked_on = PartialDate(run.asked_at[:10])
    pairs = "; ".join(f"{label.text(language)}: {value.text(language)}" for label, value in values)
    return ShownRun(
        run=run,
        answer=found.answer,
        title=title,
        values=values,
        asked_on=asked_on,
        tables=tuple(_table(table, language) for table in found.answer.tables),
        citation=_CITATION.text(language).format(
            title=title.text(language),
            values=pairs or _NO_VALUES.text(language),
            question=run.question,
            version=run.identity.version,
            date=asked_on.text(language),
            run_id=run.run_id,
            address=address,
        ),
        commands=(f"hled evidence replay {run.run_id}", _command(run)),
        query=urlencode(as_raw(run.parameters)),
        is_current=declared is not None,
    )


def _declared(question_id: str) -> Question | None:
    """Return the question, or None where newer code no longer has it."""
    return next((question for question in questions() if question.id == question_id), None)


def _values(run: Run, declared: Question | None) -> tuple[tuple[Bilingual, Bilingual], ...]:
    texts = as_raw(run.parameters)
    known = [parameter for parameter in (declared.parameters if declared else ()) if parameter.name in texts]
    pairs = [(with_unit(parameter), in_words(parameter, texts.pop(parameter.name))) for parameter in known]
    return (*pairs, *((Bilingual(name, name), plain(text)) for name, text in texts.items()))


def _command(run: Run) -> str:
    options = [f"--{name} {shlex.quote(text)}" for name, text in as_raw(run.parameters).items()]
    return " ".join(["hled ask", run.question, *options])


def _table(table: AnswerTable, language: Language) -> ShownTable:
    return ShownTable(
        id=table.id,
        title=table.title,
        columns=tuple(
            ShownColumn(column.label, column.unit, is_number=column.type in _NUMBERS)
            for column in table.columns
        ),
        rows=tuple(
            tuple(
                ShownCell(_text(column, cell, language), is_number=column.type in _NUMBERS)
                for column, cell in zip(table.columns, row, strict=True)
            )
            for row in table.texts(language)
        ),
    )


def _text(column: AnswerColumn, cell: str | None, language: Language) -> str | None:
    if cell is None:
        return None
    if column.type in _NUMBERS:
        return grouped(cell)
    return PartialDate(cell).text(language) if column.type is CellType.MONTH else cell
