"""The description of the API: OpenAPI 3.1, made from the endpoints' own types and completed here.

ninja knows parameters and answers; added are the language parameter, every error as problem+json, the licence
and the names of the groups. The gate reads the parameters from this same description, so that nothing is
accepted which is not described. It serves every work-plan line.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from hled.web.api.endpoints import ABOUT, TAGS, api

PREFIX: Final = "/api/v1/"
PROBLEM: Final = "application/problem+json"
ASK: Final = "answer"  # the one operation whose further parameters are named by what it asks

Json = dict[str, Any]
_LISTING: Final = re.compile(r"Listing_(\w+)_")  # pydantic's name of `Listing[…]`

_LANG: Final[Json] = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "The language of errors; without it, Accept-Language. / "
    "El idioma de los errores; sin él, Accept-Language.",
    "x-description": {
        "en": "The language of errors; without it, Accept-Language.",
        "es": "El idioma de los errores; sin él, Accept-Language.",
    },
    "schema": {"type": "string", "enum": ["en", "es"]},
}
_PARAMETERS: Final[Json] = {
    "name": "parameters",
    "in": "query",
    "required": False,
    "style": "form",
    "explode": True,
    "description": "The question's own parameters, by their names. / "
    "Los parámetros de la pregunta, con sus nombres.",
    "x-description": {
        "en": "The question's own parameters, by their names.",
        "es": "Los parámetros de la pregunta, con sus nombres.",
    },
    "schema": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "examples": [{"port": "laredo", "measure": "trucks"}],
    },
}
_TEXT: Final[Json] = {"type": "string"}
_PROBLEM: Final[Json] = {
    "type": "object",
    "description": "A problem (RFC 9457) in the asked language. / "
    "Un problema (RFC 9457) en el idioma pedido.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {**_TEXT, "format": "uri-reference", "examples": ["/en/docs/reference/errors/#not_found"]},
        "title": _TEXT,
        "status": {"type": "integer", "examples": [404]},
        "code": {**_TEXT, "examples": ["not_found"]},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": _TEXT, "message": _TEXT},
            },
        },
    },
}
_RESPONSES: Final = {
    400: "A parameter is unknown, repeated or wrong. / Un parámetro es desconocido, repetido o erróneo.",
    404: "Nothing has this id or address. / Nada tiene esta clave o dirección.",
    405: "Only GET, HEAD and OPTIONS. / Solo GET, HEAD y OPTIONS.",
    429: "Too many requests; see Retry-After. / Demasiadas solicitudes; véase Retry-After.",
    500: "Something failed on our side. / Algo falló de nuestro lado.",
    503: "The calculation ended without an answer. / El cálculo terminó sin respuesta.",
}


@cache
def described() -> Json:
    """Return the OpenAPI document; made once a process."""
    made = json.dumps(api.get_openapi_schema(path_prefix=PREFIX))
    document: Json = json.loads(_LISTING.sub(r"\1Listing", made))
    schemas = document["components"]["schemas"]
    for path in document["paths"].values():
        path.pop("head", None)  # the same as GET, without its body
        _complete(path["get"])
    schemas["Problem"] = _PROBLEM
    document["components"] = {
        "schemas": {name: schemas[name] for name in sorted(_used(document["paths"], schemas) | {"Problem"})},
        "responses": {str(status): _refusal(status) for status in _RESPONSES},
    }
    document["servers"] = [{"url": "/"}]
    document["info"] |= {
        "x-description": ABOUT.as_dict(),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    document["tags"] = [
        {"name": name, "description": f"{title.en} / {title.es}", "x-description": title.as_dict()}
        for name, title in TAGS.items()
    ]
    return document


def operations() -> Iterator[tuple[str, Json]]:
    """Yield every address with its operation, in the order of the description."""
    for path, methods in described()["paths"].items():
        yield path, methods["get"]


def operation(route: str) -> Json:
    """Return the operation of a Django route such as `lines/<int:number>`."""
    path = PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    found: Json = described()["paths"][path]["get"]
    return found


def _complete(described: Json) -> None:
    for parameter in described["parameters"]:
        _plain(parameter)
    described["parameters"].append(_LANG)
    answers = described["responses"]
    statuses = set(_RESPONSES) - ({503} if 202 not in answers else set())
    if described["operationId"] == ASK:
        described["parameters"].insert(-1, _PARAMETERS)
    if 202 in answers:
        answers[202]["headers"] = {"Location": {"required": True, "schema": _TEXT}}
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}
    described["responses"] = {str(status): found for status, found in (answers | refused).items()}


def _plain(parameter: Json) -> None:
    """Describe a parameter as it is (it may be absent, but never null), its meaning beside its schema."""
    schema = parameter["schema"]
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    if len(kinds) == 1:
        parameter["schema"] = schema = kinds[0] | schema
    for key in ("description", "x-description", "examples"):
        if key in schema:
            parameter[key] = schema.pop(key)
    if "examples" in parameter:  # a list in JSON Schema, an object of named examples in OpenAPI
        parameter["example"] = parameter.pop("examples")[0]


def _refusal(status: int) -> Json:
    found: Json = {
        "description": _RESPONSES[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {429, 503}:
        found["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return found


def _used(value: object, schemas: Json) -> set[str]:
    """Return the names of the schemas to which `value` leads."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        for name in _references(waiting.pop()) - found:
            found.add(name)
            waiting.append(schemas[name])
    return found


def _references(value: object) -> set[str]:
    if isinstance(value, dict):
        own = value.get("$ref", "")
        named = {own.rpartition("/")[2]} if own.startswith("#/components/schemas/") else set()
        return named.union(*(_references(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(_references(item) for item in value))
    return set()
