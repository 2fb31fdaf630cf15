"""Questions and answers of the evidence as text for a terminal."""

from typing import TYPE_CHECKING, Final

from hled.cli.commands import UsageError
from hled.cli.output import aligned, wrapped
from hled.language import Bilingual, Language

if TYPE_CHECKING:
    from hled.evidence import Answer, AnswerTable, Question, Run
    from hled.tables import DataSource

ROWS_SHOWN: Final = 30

_MORE: Final = Bilingual("… {count} more rows: --csv", "… {count} filas más: --csv")
_METHOD: Final = Bilingual("Method", "Método")
_SOURCES: Final = Bilingual("Sources", "Fuentes")
_CAVEATS: Final = Bilingual("Caveats", "Advertencias")
_RUN: Final = Bilingual("Run", "Ejecución")
_DEFAULT: Final = Bilingual("default: {value}", "valor predeterminado: {value}")


def described(question: "Question", language: Language) -> list[str]:
    """Return a question with its parameters, defaults and choices."""
    text = [
        f"{question.id}: {question.title.text(language)}",
        wrapped(question.description.text(language)),
        "",
    ]
    for item in question.parameters:
        default = _DEFAULT.format(value=item.default or "-").text(language)
        text += [f"--{item.name}  {item.label.text(language)} ({default})"]
        text += [wrapped(item.help.text(language), "    ")]
        if item.choices:
            text += [wrapped(", ".join(choice.value for choice in item.choices), "    ")]
    return text


def lines(run: "Run", answer: "Answer", wanted: str | None, language: Language) -> list[str]:
    """Return an answer with the first rows of a table, its method, sources and caveats."""
    return [
        wrapped(answer.finding.text(language)),
        "",
        *_rows(table(answer, wanted), language),
        _METHOD.text(language),
        wrapped(answer.method.text(language), "  "),
        _SOURCES.text(language),
        *(wrapped(_source(source, language), "  ") for source in answer.sources),
        _CAVEATS.text(language),
        *(wrapped(caveat.text(language), "  ") for caveat in answer.caveats),
        f"{_RUN.text(language)}: {run.run_id}",
    ]


def _rows(found: "AnswerTable", language: Language) -> list[str]:
    from hled.evidence.answer import NUMBERS

    numbers = frozenset(place for place, column in enumerate(found.columns) if column.type in NUMBERS)
    head = tuple(
        column.label.text(language) + (f" ({column.unit.text(language)})" if column.unit else "")
        for column in found.columns
    )
    body = [
        tuple(_number(cell) if place in numbers else cell or "–" for place, cell in enumerate(row))
        for row in found.texts(language)
    ]
    more = len(body) - ROWS_SHOWN
    left = [_MORE.format(count=f"{more:,}").text(language)] if more > 0 else []
    return [found.title.text(language), *aligned([head, *body[:ROWS_SHOWN]], numbers), *left, ""]


def _number(cell: str | None) -> str:
    """Write decimal text as people do, 1,234,567.8; a missing number stays missing."""
    if cell is None:
        return "–"
    whole, point, rest = cell.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


def _source(found: "DataSource", language: Language) -> str:
    return (
        f"{found.publisher.text(language)}: {found.title.text(language)}, {found.edition.text(language)}. "
        f"{found.licence.text(language)}. {found.url} ({found.retrieved})"
    )


def table(answer: "Answer", wanted: str | None) -> "AnswerTable":
    """Return the named table of an answer, or its first.

    Raises:
        UsageError: it has no such table.
    """
    for found in answer.tables:
        if wanted in {None, found.id}:
            return found
    known = ", ".join(found.id for found in answer.tables)
    raise UsageError(
        Bilingual(
            en="The answer has no table “{wanted}”; it has: {known}.",
            es="La respuesta no tiene la tabla «{wanted}»; tiene: {known}.",
        ).format(wanted=wanted, known=known)
    )
