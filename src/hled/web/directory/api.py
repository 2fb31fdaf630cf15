"""The directory for programs: agencies of both parties and the bodies that the record names."""

from typing import Annotated

from ninja import Query, Router

from hled.language import Bilingual
from hled.web.design.api import Listing, Paging, Said, Shown, Text, listing, read
from hled.web.directory import queries
from hled.workplan.types import Party

router = Router()

AgencyId = Annotated[str, Said("Id of an agency.", "Clave de una dependencia.", example="us-state")]
BodyId = Annotated[str, Said("Id of a body.", "Clave de un órgano.", example="supply-chain-working-group")]
ActionId = Annotated[str, Said("Id of an action.", "Clave de una acción.", example="apprenticeship-exchange")]
SourceId = Annotated[str, Said("Id of a source.", "Clave de una fuente.", example="wh-2022-09-12-fs")]
Adjacent = Annotated[
    bool,
    Said(
        "It belongs to an adjacent track: shown, but never counted as the dialogue's.",
        "Pertenece a una vía paralela: se muestra, pero nunca se cuenta como parte del diálogo.",
    ),
]


class Agency(Shown):
    """A ministry, agency or other public body of one party, as named in the sources."""

    id: AgencyId
    party: Annotated[Party, Said("The party that it belongs to.", "La parte a la que pertenece.")]
    short: Annotated[Text, Said("Its short name.", "Su nombre corto.")]
    name: Annotated[Text, Said("Its full name.", "Su nombre completo.")]


class Body(Shown):
    """A working group, committee or forum named in the record."""

    id: BodyId
    name: Annotated[Text, Said("Its name.", "Su nombre.")]
    purpose: Annotated[Text, Said("What it is for.", "Para qué existe.")]
    track: Annotated[Text, Said("The process that it sits in.", "El proceso del que forma parte.")]
    adjacent: Adjacent
    actions: Annotated[
        list[ActionId], Said("The actions that it takes part in.", "Las acciones en las que participa.")
    ]
    sources: Annotated[list[SourceId], Said("The sources that name it.", "Las fuentes que lo nombran.")]


@read(
    router,
    "/agencies",
    Listing[Agency],
    about=Bilingual("Agencies of both parties.", "Dependencias de ambas partes."),
)
def agencies(asked: Query[Paging]) -> dict[str, object]:
    """List the agencies; the United States first, then by short name."""
    return listing(queries.agencies(), asked)


@read(
    router,
    "/agencies/{agency}",
    Agency,
    about=Bilingual("One agency.", "Una dependencia."),
    example="/agencies/us-state",
)
def agency(agency: AgencyId) -> object:
    """Return one agency."""
    return queries.agency(agency)


@read(
    router,
    "/bodies",
    Listing[Body],
    about=Bilingual(
        "Working groups, committees and forums named in the record.",
        "Grupos de trabajo, comités y foros que nombra el registro.",
    ),
)
def bodies(asked: Query[Paging]) -> dict[str, object]:
    """List the bodies; those of the dialogue first, then by name."""
    return listing(queries.bodies(), asked)


@read(
    router,
    "/bodies/{body}",
    Body,
    about=Bilingual("One body.", "Un órgano."),
    example="/bodies/supply-chain-working-group",
)
def body(body: BodyId) -> object:
    """Return one body."""
    return queries.body(body)
