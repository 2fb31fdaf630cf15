"""The shapes of the evidence in the API: questions with their parameters, runs and answers.

An answer is shown as it is kept: numbers are decimal text at the declared digits, so that nothing is rounded
on the way. They serve the questions of every work-plan line.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from hled.evidence import CellType, ParameterKind
from hled.web.design.api import Day, Said, Shown, Text

QuestionId = Annotated[str, Said("Id of a question.", "Clave de una pregunta.", "border.flows")]
RunId = Annotated[
    str,
    Said(
        "Id of a run: 64 hex digits that follow from the question, its parameters, its data and its code.",
        "Clave de una ejecución: 64 dígitos hexadecimales que dependen de la pregunta, sus parámetros, sus "
        "datos y su código.",
    ),
]
Checksum = Annotated[str, Field(pattern="^[0-9a-f]{64}$"), Said("SHA-256 in hex.", "SHA-256 en hexadecimal.")]


def _bound(value: object) -> object:
    return str(value) if isinstance(value, int | Decimal) else value


Bound = Annotated[str | None, BeforeValidator(_bound)]


class Choice(Shown):
    """One choice; its labels and aliases find it too, whatever the case and accents."""

    value: Annotated[str, Said("What to send.", "Lo que se envía.", "laredo")]
    label: Text
    aliases: Annotated[list[str], Said("Other texts that find it.", "Otros textos que la encuentran.")]


class Parameter(Shown):
    """One parameter of a question."""

    name: Annotated[str, Said("Its name in the address.", "Su nombre en la dirección.", "port")]
    label: Text
    kind: ParameterKind
    default: Annotated[str, Said("Used where it is absent.", "Se usa si no se indica.", "all")]
    help: Text
    choices: list[Choice]
    minimum: Annotated[Bound, Said("Lowest value, in `unit`.", "Valor mínimo, en `unit`.", "1996")]
    maximum: Annotated[
        Bound,
        Said(
            "Highest value, in `unit`; for text the length.", "Valor máximo, en `unit`; en textos, el largo."
        ),
    ]
    unit: Annotated[Text | None, Said("Unit of the value.", "Unidad del valor.")]
    at_least: Annotated[
        str | None,
        Said("The parameter below which it may not fall.", "El parámetro del que no puede ser menor."),
    ]


class Limits(Shown):
    """What one asking may take."""

    seconds: Annotated[int, Said("Time (unit: second).", "Tiempo (unidad: segundo).", 20)]
    memory_mb: Annotated[int, Said("Memory (unit: megabyte).", "Memoria (unidad: megabyte).", 600)]


class Question(Shown):
    """A question that the platform can answer."""

    id: QuestionId
    line: Annotated[
        int,
        Said(
            "Work-plan line 1 to 15, or 0 for the vision.", "Línea del plan, 1 a 15, o 0 para la visión.", 5
        ),
    ]
    title: Text
    description: Text
    parameters: list[Parameter]
    needs: Annotated[list[str], Said("Tables and questions that it uses.", "Tablas y preguntas que utiliza.")]
    version: Annotated[
        str, Said("Changes with the meaning of the answer.", "Cambia con el sentido de la respuesta.")
    ]
    limits: Limits


class Run(Shown):
    """A question asked; `run_id` names everything that the answer depends on."""

    run_id: RunId
    question: QuestionId
    version: str
    parameters: dict[str, str | int | bool]
    inputs: Annotated[
        dict[str, str],
        Said(
            "Checksums of the tables, ids of the runs used.",
            "Sumas de las tablas y claves de las ejecuciones usadas.",
        ),
    ]
    code: Checksum
    seed: int
    asked_at: Annotated[str, Said("First asked (UTC).", "Primera vez que se preguntó (UTC).")]
    answer_checksum: Checksum
    seconds: Annotated[
        str, Said("Time it took (unit: second).", "Tiempo que tomó (unidad: segundo).", "0.412")
    ]


class Column(Shown):
    """A column of a table."""

    key: str
    label: Text
    type: CellType
    unit: Annotated[Text | None, Said("Unit; every number has one.", "Unidad; todo número tiene una.")]
    digits: Annotated[int, Said("Decimals of a decimal.", "Decimales de un número decimal.")]


class Table(Shown):
    """A table of an answer; a missing value is null."""

    id: str
    title: Text
    columns: list[Column]
    rows: Annotated[
        list[list[str | Text | None]],
        Said(
            "Numbers as decimal text, notes in both languages.",
            "Números como texto decimal; notas en ambos idiomas.",
        ),
    ]


class DataSource(Shown):
    """A source of data."""

    id: str
    title: Text
    publisher: Text
    url: str
    licence: Text
    licence_url: str | None
    edition: Text
    retrieved: Day
    checksum: Checksum
    derived_by: str
    defects: Annotated[list[Text], Said("Known defects.", "Defectos conocidos.")]


class Answer(Shown):
    """What was found."""

    format: Annotated[str, Said("The format.", "El formato.", "hled.answer/1")]
    finding: Annotated[Text, Said("The finding in words.", "El hallazgo en palabras.")]
    figures: Annotated[
        list[dict[str, Any]], Said("Descriptions of the figures.", "Descripciones de las figuras.")
    ]
    tables: list[Table]
    method: Annotated[Text, Said("How it was calculated.", "Cómo se calculó.")]
    sources: list[DataSource]
    caveats: Annotated[list[Text], Said("Cautions.", "Advertencias.")]


class Finished(Shown):
    """A run with its answer."""

    state: Literal["finished"]
    run: Run
    answer: Answer
    page: Annotated[
        Text, Said("Its permanent page in each language.", "Su página permanente en cada idioma.")
    ]
    files: Annotated[
        list[str],
        Said(
            "Files below `page`; answer.json holds the bytes that `answer_checksum` covers.",
            "Archivos bajo `page`; answer.json contiene los bytes que cubre `answer_checksum`.",
        ),
    ]


class Expected(Shown):
    """A run whose answer is still being calculated: ask for it again at `address`."""

    state: Literal["waiting", "running"]
    run_id: RunId
    question: QuestionId
    ahead: Annotated[int, Said("Questions before it.", "Preguntas antes que ella.")]
    address: Annotated[str, Said("Where the answer will be.", "Dónde estará la respuesta.")]
