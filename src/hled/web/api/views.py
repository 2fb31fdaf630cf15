"""The description of the API for programs, and its page for people."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hled.language import Bilingual
from hled.web.api.description import described, operations
from hled.web.design.problems import asked_language
from hled.web.kept import from_record
from hled.web.policy import ANYONE, grant


@dataclass(frozen=True, slots=True)
class ShownParameter:
    """A parameter as the page shows it: `bounds` are its possible values or limits, empty for any text."""

    name: str
    about: Bilingual | None
    required: bool
    bounds: str
    default: str
    example: str


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """An address as the page shows it."""

    id: str
    path: str
    about: Bilingual
    example: str
    shape: str
    parameters: tuple[ShownParameter, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The addresses of one app."""

    name: str
    title: Bilingual
    operations: tuple[ShownOperation, ...]


def openapi(_request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI document."""
    body = json.dumps(described(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/json; charset=utf-8")


def lead_to_docs(request: HttpRequest) -> HttpResponse:
    """Lead to the page in the language that was asked for."""
    response = redirect(f"/{asked_language(request)}/api/")
    response["Cache-Control"] = "no-store"
    return response


@grant(ANYONE)
@from_record
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every address with its parameters and an example."""
    about = _both(described()["info"])
    return render(request, "api/docs.html", {"about": about, "groups": _groups()})


def _groups() -> tuple[Group, ...]:
    shown = [(operation["tags"][0], _operation(path, operation)) for path, operation in operations()]
    return tuple(
        Group(
            name=tag["name"],
            title=Bilingual(**tag["x-description"]),
            operations=tuple(item for name, item in shown if name == tag["name"]),
        )
        for tag in described()["tags"]
    )


def _operation(path: str, operation: dict[str, Any]) -> ShownOperation:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return ShownOperation(
        id=operation["operationId"],
        path=path,
        about=Bilingual(**operation["x-summary"]),
        example=operation["x-example"],
        shape=schema["$ref"].rpartition("/")[2],
        parameters=tuple(
            _parameter(parameter) for parameter in operation["parameters"] if parameter["name"] != "lang"
        ),
    )


def _parameter(parameter: dict[str, Any]) -> ShownParameter:
    schema = _resolved(parameter["schema"])
    return ShownParameter(
        name=parameter["name"],
        about=_both(parameter),
        required=parameter["required"],
        bounds=_bounds(schema),
        default=str(schema.get("default", "")),
        example=str(parameter.get("example", "")),
    )


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to a shared schema, keeping what stands beside it."""
    if "$ref" not in schema:
        return schema
    shared = described()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {**shared, **schema}


def _bounds(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']:,} – {schema['maximum']:,}"
    if "maxLength" in schema:
        return f"≤ {schema['maxLength']:,}"
    return ""


def _both(described: dict[str, Any]) -> Bilingual | None:
    texts = described.get("x-description")
    return Bilingual(**texts) if texts else None
