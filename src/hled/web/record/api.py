"""The record for programs: its head and its entries, with which anyone can check and repeat every page."""

from typing import Annotated, Any, Final

from ninja import Query, Router
from pydantic import BaseModel, Field

from hled.language import Bilingual
from hled.web.design.api import WHOLE, Said, Shown, read
from hled.web.record import queries

router = Router()

LARGEST: Final = 999_999_999_999

Seq = Annotated[
    int,
    Said(
        "Number of the entry on this node, in its order of arrival, from 0.",
        "Número del asiento en este nodo, en su orden de llegada, desde 0.",
        0,
    ),
]
LogName = Annotated[
    str, Said("The log that holds the entry.", "La bitácora que contiene el asiento.", "local")
]
Index = Annotated[
    int,
    Said(
        "Index of the entry in its log, from 0: what proofs speak of.",
        "Índice del asiento en su bitácora, desde 0: del que hablan las pruebas.",
        0,
    ),
]
LeafHash = Annotated[
    str,
    Field(pattern="^[0-9a-f]{64}$"),
    Said(
        "RFC 6962 leaf hash: SHA-256 of a zero byte and the canonical bytes of the entry, in hex.",
        "Hash de hoja RFC 6962: SHA-256 de un byte cero y los bytes canónicos del asiento, en hexadecimal.",
    ),
]
EntryType = Annotated[
    str, Said("What was done: noun and verb.", "Qué se hizo: sustantivo y verbo.", "agenda.event.compiled")
]
Urn = Annotated[
    str,
    Said(
        "The object that it is about.",
        "El objeto del que trata.",
        "urn:hled:action:apprenticeship-exchange",
    ),
]
At = Annotated[str, Said("When it was appended (UTC).", "Cuándo se añadió (UTC).", "2026-11-23T12:00:00Z")]


class Mark(Shown):
    """Where an entry stands in the record."""

    seq: Seq
    type: EntryType
    object_id: Urn
    at: At
    leaf_hash: LeafHash
    log: LogName
    index: Index


class Head(Shown):
    """How long the record is and where it ends."""

    size: Annotated[int, Said("Number of entries.", "Número de asientos.")]
    last: Annotated[
        str,
        Field(pattern="^([0-9a-f]{64})?$"),
        Said(
            "Leaf hash of the last entry; empty for an empty record.",
            "Hash de hoja del último asiento; vacío si el registro está vacío.",
        ),
    ]


class Entry(Shown):
    """An entry of format v1; the canonical JSON (RFC 8785) of this object is what the leaf hash covers."""

    v: Annotated[int, Said("The format.", "El formato.", 1)] = 1
    type: EntryType
    id: Urn
    at: At
    prev: Annotated[
        LeafHash | None,
        Said(
            "Leaf hash of the entry before about the same object.",
            "Hash de hoja del asiento anterior sobre el mismo objeto.",
        ),
    ]
    content: Annotated[
        dict[str, Any],
        Said("What the entry says, by its type.", "Lo que dice el asiento, según su tipo."),
    ]


class Leaf(Shown):
    """An entry with its place and its hash."""

    seq: Seq
    leaf_hash: LeafHash
    entry: Entry
    log: LogName
    index: Index


class Leaves(Shown):
    """A part of the record, in its order."""

    size: Annotated[int, Said("Entries of the whole record.", "Asientos del registro completo.")]
    items: list[Leaf]


class LeavesAsked(BaseModel):
    """Which part of the record is asked for."""

    first: Annotated[
        int,
        Field(ge=0, le=LARGEST, alias="from"),
        WHOLE,
        Said("The first entry.", "El primer asiento.", example=0),
    ] = 0
    limit: Annotated[
        int,
        Field(ge=1, le=200),
        WHOLE,
        Said("How many entries at most.", "Cuántos asientos como máximo.", example=5),
    ] = 50


@read(
    router,
    "/record/head",
    Head,
    about=Bilingual(
        "The head of the record: its size and the hash of its last entry.",
        "La cabeza del registro: su tamaño y el hash de su último asiento.",
    ),
)
def record_head() -> object:
    """Return the head of the record."""
    return queries.head()


@read(
    router,
    "/record/entries",
    Leaves,
    about=Bilingual(
        "Entries of the record in their order; past the end the list is empty.",
        "Asientos del registro en su orden; más allá del final, la lista queda vacía.",
    ),
    example="/record/entries?from=0&limit=5",
)
def record_entries(asked: Query[LeavesAsked]) -> dict[str, object]:
    """List entries."""
    return {"size": queries.head().size, "items": queries.leaves(asked.first, asked.limit)}


@read(
    router,
    "/record/entries/{int:seq}",
    Leaf,
    about=Bilingual("One entry of the record.", "Un asiento del registro."),
    example="/record/entries/0",
)
def record_entry(seq: Seq) -> object:
    """Return one entry."""
    return queries.leaf(seq)
