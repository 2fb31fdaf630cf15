"""What the API shows of the record, with each field described in both languages.

It serves the promise of transparency under every work-plan line: programs get the same facts as people.
"""

from typing import Annotated, Any, Final

from django.urls import reverse
from pydantic import BaseModel, Field, computed_field

from hled.web.design.api import WHOLE, OneOf, Said, Shown, pages
from hled.web.record.standing import State

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


class Placed(Shown):
    """An entry that has a place, and with it a receipt and a page."""

    log: LogName
    index: Index

    @computed_field
    def bytes_at(
        self,
    ) -> Annotated[str, Said("Where its exact bytes are.", "Dónde están sus bytes exactos.")]:
        """Return the address of the exact bytes."""
        return reverse("record-files:bytes", args=[self.log, self.index])

    @computed_field
    def receipt_at(
        self,
    ) -> Annotated[
        str,
        Said(
            "Where its receipt is (404 until a checkpoint that satisfies the policy covers it).",
            "Dónde está su comprobante (404 hasta que lo abarque un punto de control que satisfaga la "
            "política).",
        ),
    ]:
        """Return the address of the receipt."""
        return reverse("record-files:receipt", args=[self.log, self.index])

    @computed_field
    def pages(self) -> Annotated[dict[str, str], Said("Its page, by language.", "Su página, por idioma.")]:
        """Return the addresses of the page."""
        return pages("record:entry", self.log, self.index)


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


class Leaf(Placed):
    """An entry with its place and its hash."""

    seq: Seq
    leaf_hash: LeafHash
    entry: Entry


class StandingLeaf(Leaf):
    """An entry with how far it is confirmed."""

    state: Annotated[
        str,
        OneOf(tuple(State)),
        Said(
            "`cosigned`: on the record; `local`: signed by its log, nobody else is asked; `pending`: signed "
            "by its log, awaiting cosignatures; `written`: not signed yet.",
            "`cosigned`: consta en el registro; `local`: firmado por su bitácora, sin pedir a nadie más; "
            "`pending`: firmado por su bitácora, en espera de firmas conjuntas; `written`: sin firmar.",
        ),
    ]
    since: Annotated[
        str | None,
        Said(
            "Since when at the latest it is on the record (UTC).",
            "Desde cuándo, a más tardar, consta en el registro (UTC).",
        ),
    ]


class Cosigned(Shown):
    """A cosignature."""

    name: Annotated[
        str, Said("The cosigner, as the policy names it.", "El firmante, como lo nombra la política.", "us")
    ]
    at: Annotated[str, Said("When it cosigned (UTC).", "Cuándo firmó (UTC).", "2026-11-23T12:00:00Z")]


class CheckpointShown(Shown):
    """A checkpoint: who signed that a log had this size and this root."""

    size: Annotated[int, Said("Entries that it covers.", "Asientos que abarca.")]
    root: Annotated[
        str,
        Field(pattern="^[0-9a-f]{64}$"),
        Said("Root of the tree, in hex.", "Raíz del árbol, en hexadecimal."),
    ]
    complete: Annotated[bool, Said("Whether it satisfies the policy.", "Si satisface la política.")]
    cosigned: Annotated[
        list[Cosigned],
        Said(
            "Cosignatures by keys that today's policy names.",
            "Firmas conjuntas de claves que la política de hoy nombra.",
        ),
    ]
    note: Annotated[str, Said("The signed note itself (C2SP).", "La propia nota firmada (C2SP).")]


class LogShown(Shown):
    """A log as this node holds it."""

    name: LogName
    origin: Annotated[
        str,
        Said(
            "Its origin, the name of its key.",
            "Su origen, el nombre de su clave.",
            "demonstration.invalid/record/00000000",
        ),
    ]
    own: Annotated[bool, Said("Whether this node writes it.", "Si este nodo la escribe.")]
    size: Annotated[int, Said("Entries held here.", "Asientos que se conservan aquí.")]
    on_record: Annotated[
        int,
        Said(
            "Entries that the newest checkpoint covers that satisfies the policy.",
            "Asientos que abarca el punto de control más reciente que satisface la política.",
        ),
    ]
    root: Annotated[
        str,
        Field(pattern="^[0-9a-f]{64}$"),
        Said("Root over the entries held here, in hex.", "Raíz de los asientos conservados, en hexadecimal."),
    ]


class Leaves(Shown):
    """A part of the record, in its order."""

    size: Annotated[int, Said("Entries of the whole record.", "Asientos del registro completo.")]
    items: list[Leaf]


class LogsShown(Shown):
    """The logs of the record."""

    items: list[LogShown]


class CheckpointsShown(Shown):
    """Checkpoints of a log, the newest first."""

    items: list[CheckpointShown]


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


class CheckpointsAsked(BaseModel):
    """Which checkpoints are asked for."""

    before: Annotated[
        int | None,
        Field(ge=1, le=LARGEST),
        Said("Only those of a smaller size.", "Solo los de menor tamaño.", example=100),
    ] = None
    limit: Annotated[
        int,
        Field(ge=1, le=100),
        WHOLE,
        Said("How many at most.", "Cuántos como máximo.", example=5),
    ] = 20
