"""The search for programs: objects of the record that hold every word asked for, best first."""

from typing import Annotated

from django.urls import reverse
from django.utils import translation
from ninja import Query, Router
from pydantic import BaseModel, Field

from hled.language import Bilingual, Language
from hled.web.design.api import WHOLE, OneOf, Said, Shown, read
from hled.web.search import queries
from hled.web.search.forms import KINDS
from hled.web.search.queries import Hit
from hled.web.search.words import MAX_CHARACTERS
from hled.workplan import ComputedStatus, charter

router = Router()

Kind = Annotated[
    str,
    OneOf(tuple(kind for kind, _ in KINDS)),
    Said("What kind of object.", "Qué clase de objeto.", "action"),
]
PillarId = Annotated[
    str,
    OneOf(tuple(pillar.id for pillar in charter().pillars)),
    Said("Pillar I to IV, or a section.", "Pilar I a IV, o una sección.", "I"),
]
Asked = Annotated[
    Language,
    Said("The language that is searched and shown.", "El idioma en que se busca y se muestra.", "es"),
]


class Piece(Shown):
    """A piece of a text, in reading order."""

    text: str
    is_match: Annotated[bool, Said("A word that was asked for.", "Una palabra buscada.")]


class Found(Shown):
    """A found object, in the language asked for."""

    kind: Annotated[str, Said("What kind of object.", "Qué clase de objeto.", "agency")]
    key: Annotated[
        str, Said("Id of the object within its kind.", "Clave del objeto dentro de su clase.", "us-state")
    ]
    title: Annotated[str, Said("Its title.", "Su título.")]
    marked_title: Annotated[list[Piece], Said("The title in pieces.", "El título en fragmentos.")]
    excerpt: Annotated[
        list[Piece],
        Said("The text around the first match.", "El texto alrededor de la primera coincidencia."),
    ]
    pillar: Annotated[str, Said("Its pillar, or empty.", "Su pilar, o vacío.")]
    status: Annotated[str, Said("Its computed status, or empty.", "Su estado calculado, o vacío.")]
    date: Annotated[str, Said("Its date (ISO), or empty.", "Su fecha (ISO), o vacía.", "2022-09-12")]
    page: Annotated[
        str, Said("The page that shows it.", "La página que lo muestra.", "/es/agencies/us-state/")
    ]


class Results(Shown):
    """One page of results."""

    total: Annotated[int, Said("Objects found in this language.", "Objetos encontrados en este idioma.")]
    page: Annotated[int, Said("This page.", "Esta página.")]
    pages: Annotated[int, Said("The number of the last page.", "El número de la última página.")]
    language: Asked
    elsewhere: Annotated[
        int,
        Said(
            "Objects that the same words find in the other language.",
            "Objetos que las mismas palabras encuentran en el otro idioma.",
        ),
    ]
    items: Annotated[list[Found], Said("Twenty objects at most.", "Veinte objetos como máximo.")]


class SearchAsked(BaseModel):
    """What is searched for."""

    q: Annotated[
        str,
        Field(min_length=1, max_length=MAX_CHARACTERS),
        Said(
            "One to twelve words or their beginnings, with or without accents; all must be there.",
            "De una a doce palabras o sus comienzos, con o sin acentos; deben aparecer todas.",
            "frontera",
        ),
    ]
    language: Asked
    kind: Kind | None = None
    pillar: PillarId | None = None
    status: Annotated[
        ComputedStatus | None, Said("The computed status.", "El estado calculado.", "under_way")
    ] = None
    page: Annotated[
        int, Field(ge=1, le=10_000), WHOLE, Said("The page of results.", "La página de resultados.", 1)
    ] = 1


@read(
    router,
    "/search",
    Results,
    about=Bilingual(
        "Search the record in one language: actions, events, sources, bodies, agencies, meetings and more.",
        "Busque en el registro en un idioma: acciones, eventos, fuentes, órganos, dependencias y más.",
    ),
    example="/search?q=frontera&language=es",
)
def search(asked: Query[SearchAsked]) -> dict[str, object]:
    """Return one page of what was found."""
    filters = queries.Filters(asked.kind, asked.pillar, asked.status)
    found = queries.search(asked.q, asked.language, filters, asked.page)
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "language": found.language,
        "elsewhere": found.elsewhere,
        "items": [_shown(hit, found.language) for hit in found.hits],
    }


def _shown(hit: Hit, language: Language) -> dict[str, object]:
    with translation.override(language):
        page = reverse(hit.url_name, args=[hit.url_key] if hit.url_key else [])
    return {
        "kind": hit.kind,
        "key": hit.key,
        "title": hit.title,
        "marked_title": _pieces(hit.marked_title),
        "excerpt": _pieces(hit.excerpt),
        "pillar": hit.pillar,
        "status": hit.status,
        "date": hit.date,
        "page": page,
    }


def _pieces(pieces: tuple[tuple[str, bool], ...]) -> list[dict[str, object]]:
    return [{"text": text, "is_match": is_match} for text, is_match in pieces]
