"""The documents inside the site: every page in both languages, nothing else, every link alive."""

import re
from pathlib import Path

import pytest
from django.test import Client

from hled.language import LANGUAGES
from hled.web import kept
from hled.web.docs import queries

pytestmark = pytest.mark.django_db

PATHS = sorted(queries.documents())
BILINGUAL = ("tutorial", "how-to", "explanation")
HREF = re.compile(r'href="([^"]+)"')


@pytest.fixture(scope="module")
def site() -> Client:
    return Client(headers={"host": "127.0.0.1"})


def main(body: bytes) -> str:
    return body.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_document_is_shown_in_both_languages(site: Client, path: str, language: str) -> None:
    response = site.get(f"/{language}/docs/{path}/", secure=True)
    assert response.status_code == 200
    page = queries.page(path, "es" if language == "es" else "en")
    assert page is not None
    assert page.title
    assert page.html in response.content.decode()
    notice = "Este documento existe solo en inglés."
    assert (notice in response.content.decode()) == (language == "es" and page.language == "en")


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith(BILINGUAL)])
def test_what_users_read_exists_in_both_languages(path: str) -> None:
    versions = queries.documents()[path].versions
    assert [version.language for version in versions] == ["en", "es"]
    assert versions[0].title != versions[1].title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_every_document(site: Client, language: str) -> None:
    found = main(site.get(f"/{language}/docs/", secure=True).content)
    assert [path for path in PATHS if f'href="/{language}/docs/{path}/"' not in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_link_and_anchor_leads_somewhere(site: Client, path: str, language: str) -> None:
    body = main(site.get(f"/{language}/docs/{path}/", secure=True).content)
    for href in set(HREF.findall(body)):
        if href.startswith(("http://", "https://")):
            continue
        address, _, anchor = href.partition("#")
        target = body if not address else main(site.get(address, secure=True).content)
        assert target, href
        assert not anchor or f'id="{anchor}"' in target, href


def test_relative_links_between_documents_all_resolve() -> None:
    link = re.compile(r"\]\((?!https?://|#)([^)]+)\)")
    dead = [
        f"{version.file.name}: {href}"
        for document in queries.documents().values()
        for version in document.versions
        for href in link.findall(version.file.read_text(encoding="utf-8"))
        if queries.resolve(document, href, version.language) is None
    ]
    assert dead == []


@pytest.mark.parametrize(
    "hostile",
    [
        "../../etc/passwd/",
        "..%2f..%2f..%2fetc%2fpasswd/",
        "%2e%2e/%2e%2e/pyproject.toml/",
        "adr/../../README/",
        "adr/",
        "adr/0001-django-lts-and-server-rendered-pages.md/",
        "tutorial/first-steps.es/",
        "%00/",
        "//etc/passwd/",
        "adr/%5c..%5c..%5cREADME/",
        "a" * 5000 + "/",
        "images/home.png/",
        "🛂/",
    ],
)
def test_no_address_reaches_another_file(site: Client, hostile: str) -> None:
    assert site.get(f"/en/docs/{hostile}", secure=True).status_code == 404


def test_pages_are_kept_and_confirmed(site: Client) -> None:
    first = site.get("/en/docs/", secure=True)
    again = site.get("/en/docs/", secure=True, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_documents_are_part_of_what_pages_depend_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edited document changes every ETag of the next process."""
    document = tmp_path / "note.md"
    monkeypatch.setattr(kept, "_shown_from", [tmp_path])
    document.write_text("# One")
    before = kept.code_version.__wrapped__()
    document.write_text("# Two")
    assert kept.code_version.__wrapped__() != before


def test_the_folder_of_documents_is_watched() -> None:
    assert queries.folder() in kept._shown_from
