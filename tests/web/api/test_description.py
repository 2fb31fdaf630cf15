"""The description is OpenAPI 3.1, complete and in both languages; its page shows all of it."""

import json
import re
import subprocess
import sys

import jsonschema
import pytest
from django.urls import get_resolver

from hled.web.api.description import described, operations
from hled.web.policy import ANYONE, rule_of

PROBLEM = "application/problem+json"
OPERATIONS = dict(operations())


def schemas(value: object) -> list[dict]:
    """Every JSON Schema below a value of the description: those under `schema` and the shared ones."""
    if isinstance(value, dict):
        own = [value["schema"]] if "schema" in value else []
        return own + [found for item in value.values() for found in schemas(item)]
    if isinstance(value, list):
        return [found for item in value for found in schemas(item)]
    return []


def references(value: object) -> list[str]:
    return re.findall(r'"\$ref": "([^"]+)"', json.dumps(value))


def test_it_is_openapi_3_1(client):
    response = client.get("/api/v1/openapi.json")
    document = json.loads(response.content)
    assert document == described()
    assert document["openapi"] == "3.1.0"
    assert set(document["info"]) >= {"title", "version", "description", "license"}
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    tags = {tag["name"] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        assert set(methods) == {"get"}
        assert set(methods["get"]["tags"]) <= tags
        named = {item["name"] for item in methods["get"]["parameters"] if item["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


def test_every_schema_is_json_schema_and_every_reference_leads_somewhere():
    document = described()
    found = [*schemas(document["paths"]), *schemas(document["components"]["responses"])]
    for schema in [*found, *document["components"]["schemas"].values()]:
        jsonschema.Draft202012Validator.check_schema(schema)
    for reference in references(document):
        target: object = document
        for part in reference.removeprefix("#/").split("/"):
            assert isinstance(target, dict)
            target = target[part]


def test_operation_ids_are_different():
    ids = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(ids) == len(set(ids)) >= 29


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_operation_is_documented_in_both_languages(path):
    operation = OPERATIONS[path]
    assert operation["x-summary"]["en"] != operation["x-summary"]["es"]
    for parameter in operation["parameters"]:
        assert parameter["x-description"]["en"] != parameter["x-description"]["es"], parameter
        assert "null" not in json.dumps(parameter["schema"]), parameter
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert {"400", "404", "405", "429", "500"} <= set(operation["responses"])
    for response in described()["components"]["responses"].values():
        assert set(response["content"]) == {PROBLEM}


def test_every_address_is_described_and_open_to_anyone():
    resolver = next(
        found for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "api-v1"
    )
    found = {}
    for pattern in resolver.url_patterns:
        path = "/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        found[path] = pattern.callback
    assert set(found) == {*OPERATIONS, "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/"}
    assert {rule_of(view) for view in found.values()} == {ANYONE}
    assert all(view.from_record for view in found.values())


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_shows_every_address_with_its_parameters_and_example(client, language):
    response = client.get(f"/{language}/api/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script" not in page
    for path, operation in OPERATIONS.items():
        assert f"GET {path}<" in page
        assert operation["x-summary"][language].replace("'", "&#x27;") in page
        for parameter in operation["parameters"]:
            assert parameter["name"] == "lang" or f"<code>{parameter['name']}</code>" in page
        if operation["x-example"]:
            assert f'href="{operation["x-example"].replace("&", "&amp;")}"' in page


@pytest.mark.parametrize(
    ("address", "language"), [("/api/v1/docs", "es"), ("/api/v1/", "en"), ("/api/v1/docs?lang=es", "es")]
)
def test_the_addresses_of_programs_lead_people_to_the_page(client, address, language):
    preferred = "es" if "lang" not in address and language == "es" else "en"
    response = client.get(address, headers={"Accept-Language": preferred})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/api/")


def test_the_addresses_load_no_engine():
    code = (
        "import django, sys; django.setup(); from hled.web import urls; "
        "print(sorted({'numpy', 'duckdb', 'pandas', 'pyarrow', 'numba'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
