"""What every endpoint of the API shares: how it is declared, read-only, and the shapes that all of them use.

Each app's `api.py` declares its endpoints with `read` and describes each field in both languages with `Said`;
`hled.web.api` puts them together. pydantic lives at this edge only. It serves every work-plan line.
"""

import datetime as dt
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import Annotated, ClassVar, Final, Generic, Literal, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Router
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from hled.language import LANGUAGES, Bilingual, PartialDate

T = TypeVar("T")
Endpoint = TypeVar("Endpoint", bound=Callable[..., object])

MAX_ITEMS: Final = 500
_WHOLE: Final = re.compile(r"-?\d{1,15}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """What a field or a parameter means, in both languages, with an example; a mark inside `Annotated`."""

    en: str
    es: str
    example: str | int | None = None

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the meaning to the JSON Schema: as text for everyone and by language for our own pages."""
        shown = {**handler(schema), "description": f"{self.en} / {self.es}"}
        shown["x-description"] = {"en": self.en, "es": self.es}
        if self.example is not None:
            shown["examples"] = [self.example]
        return shown


@dataclass(frozen=True, slots=True)
class OneOf:
    """Nothing but one of these texts; a mark inside `Annotated`."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of an enumeration."""
        return core_schema.literal_schema(list(self.values))


class Shown(BaseModel):
    """The root of every shape: it reads the frozen results of the queries by their attributes."""

    model_config = ConfigDict(from_attributes=True)


class Flat(Shown):
    """A shape of a result around one noun of the plan: the noun's fields stand beside the result's own."""

    wraps: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _side_by_side(cls, found: object) -> object:
        inner = getattr(found, cls.wraps, None)
        return found if inner is None else {**_attributes(inner), **_attributes(found)}


def _attributes(thing: object) -> dict[str, object]:
    names = [field.name for field in fields(thing)] if is_dataclass(thing) else []
    return {name: getattr(thing, name) for name in names}


class Text(Shown):
    """A text in both languages, equally authentic."""

    model_config = ConfigDict(from_attributes=True, title="Text in both languages")
    en: Annotated[str, Said("The text in English.", "El texto en inglés.")]
    es: Annotated[str, Said("The text in Spanish.", "El texto en español.")]


def _iso(value: object) -> object:
    return value.iso if isinstance(value, PartialDate) else value


def _whole(value: object) -> object:
    if isinstance(value, str) and not _WHOLE.match(value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Day = Annotated[
    str,
    BeforeValidator(_iso),
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    Said(
        "A date as precise as its source: year, month or day.",
        "Una fecha tan precisa como su fuente: año, mes o día.",
        example="2022-09-12",
    ),
]
WHOLE: Final = BeforeValidator(_whole)  # after the bounds, so that they stay plain JSON Schema
YesNo = Literal["true", "false"]


class Paging(BaseModel):
    """Which part of a list is asked for."""

    limit: Annotated[
        int,
        Field(ge=1, le=MAX_ITEMS),
        WHOLE,
        Said("How many items at most.", "Cuántos elementos como máximo.", example=20),
    ] = 100
    offset: Annotated[
        int,
        Field(ge=0, le=1_000_000),
        WHOLE,
        Said("How many items to leave out first.", "Cuántos elementos omitir al principio.", example=0),
    ] = 0


class Listing(Shown, Generic[T]):
    """A part of a list; `total` counts everything that the filters let through."""

    total: Annotated[int, Said("Items in the whole list.", "Elementos de la lista completa.")]
    limit: Annotated[int, Said("The limit asked for.", "El límite solicitado.")]
    offset: Annotated[int, Said("Items left out first.", "Elementos omitidos al principio.")]
    items: Annotated[list[T], Said("This part of the list.", "Esta parte de la lista.")]


def listing(found: Sequence[object], asked: Paging) -> dict[str, object]:
    """Return the asked part of a list."""
    part = found[asked.offset : asked.offset + asked.limit]
    return {"total": len(found), "limit": asked.limit, "offset": asked.offset, "items": part}


def read(
    router: Router, path: str, shape: object, *, about: Bilingual, example: str = ""
) -> Callable[[Endpoint], Endpoint]:
    """Declare an endpoint that answers GET and HEAD.

    The function takes the parameters and, only if it needs it, `request`. `example` is an address below
    /api/v1, by default the path itself where it names no parameter.
    """

    def declare(function: Endpoint) -> Endpoint:
        needs_request = "request" in inspect.signature(function).parameters

        @wraps(function)
        def view(request: HttpRequest, **values: object) -> object:
            return function(request, **values) if needs_request else function(**values)

        shown = f"/api/v1{example or path}"
        router.api_operation(
            ["GET", "HEAD"],
            path,
            response=shape,
            operation_id=function.__name__,
            summary=about.en,
            description=f"{about.en}\n\n{about.es}",
            openapi_extra={"x-summary": about.as_dict(), "x-example": "" if "{" in shown else shown},
        )(view)
        return function

    return declare


def pages(name: str, *arguments: object) -> dict[str, str]:
    """Return the address of a page in each language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = reverse(name, args=arguments)
    return found


def today() -> dt.date:
    """Return the day that answers speak of, in UTC."""
    return dt.datetime.now(dt.UTC).date()
