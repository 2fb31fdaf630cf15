"""Nothing is open by accident: every address names its rule, and a view without one is refused."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from hled.web import urls
from hled.web.policy import ANYONE, NOBODY, Rule, grant, rule_of
from tests.house import sampling


def unruled(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("never shown")


@grant(Rule("officers", lambda _request: False))
def refused(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("never shown")


@grant(ANYONE)
def ruled(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


urlpatterns = [
    path("unruled", unruled),
    path("refused", refused),
    path("ruled", ruled),
    *urls.urlpatterns,  # the page that says no links into the site
]


def test_every_address_names_its_rule() -> None:
    routes = list(sampling.routes())
    assert len(routes) >= 20
    assert [str(route) for route in routes if rule_of(route.callback) is NOBODY] == []


@pytest.mark.parametrize(("address", "status"), [("/unruled", 403), ("/refused", 403), ("/ruled", 200)])
@override_settings(ROOT_URLCONF=__name__)
def test_a_view_without_a_rule_is_open_to_nobody(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "never shown" not in response.content.decode()


def test_there_are_addresses_in_both_languages(db: None) -> None:
    names = {route.name for route in sampling.routes() if route.in_language}
    assert len(names) >= 15
    assert "agenda:home" in names


def test_every_page_answers_in_both_languages(loaded: None, client: Client) -> None:
    for language in ("en", "es"):
        for name, address in sampling.pages(language).items():
            response = client.get(address)
            assert response.status_code == 200, f"{name} {address}"
            assert address.startswith(f"/{language}/")
            if response["Content-Type"].startswith("text/html"):
                assert f'<html lang="{language}"' in response.content.decode(), address


@pytest.mark.parametrize("name", ["agenda:action", "agenda:body", "agenda:source", "meetings:meeting"])
def test_an_unknown_object_is_not_found(loaded: None, client: Client, name: str) -> None:
    response = client.get(reverse(name, kwargs={"key": "no-such-thing"}))
    assert response.status_code == 404
