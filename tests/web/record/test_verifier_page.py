"""The page that verifies receipts: one file that loads nothing and may run only what it carries."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from hled.web import content_policy
from hled.web.record import verifier, wording

pytestmark = pytest.mark.django_db

SOURCES = re.compile(r"\b(?:src|srcset|href|action|data|poster|formaction|ping)\Z")
REACHES_OUT = re.compile(
    r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import|eval|Function)\s*\(|"
    r"@import|url\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|document\.cookie"
)


class Read(HTMLParser):
    """Every element with its attributes, and the text inside scripts, styles and text areas."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, str] = {}
        self._at = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        self._at = given.get("id", tag) if tag in {"script", "style", "textarea"} else ""

    def handle_endtag(self, tag: str) -> None:
        self._at = ""

    def handle_data(self, data: str) -> None:
        if self._at:
            self.inside[self._at] = self.inside.get(self._at, "") + data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.HOME = tmp_path
    (tmp_path / "record").mkdir()
    return tmp_path


def page(client: Client, language: str = "en") -> str:
    response = client.get(f"/{language}/record/verify/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "other", "title", "local"),
    [
        ("en", "es", "Verify a receipt", "local, not cosigned"),
        ("es", "en", "Verificar un comprobante", "local, sin firma conjunta"),
    ],
)
def test_each_language_is_whole_and_leads_to_the_other(client, language, other, title, local):
    text = page(client, language)
    read = Read(text)
    assert read.named("html") == [{"lang": language}]
    assert f"<h1>{title}</h1>" in text
    assert {
        "href": f"http://testserver/{other}/record/verify/",
        "lang": other,
        "hreflang": other,
    } in read.named("a")
    assert local in json.loads(read.inside["words"])["verdict_local"]


def test_the_page_can_be_saved_as_one_file(client):
    (save,) = [link for link in Read(page(client, "es")).named("a") if "download" in link]
    assert save["href"] == "http://testserver/es/record/verify/"
    assert save["download"] == "verificar-un-comprobante.html"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_policy_names_exactly_the_script_and_the_style_of_the_page(client, language):
    response = client.get(f"/{language}/record/verify/")
    read = Read(response.content.decode())
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == content_policy.checksum(read.inside["script"])
    assert policy["style-src"] == content_policy.checksum(read.inside["style"])
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
    assert policy["img-src"] == "data:"


def test_a_saved_copy_carries_the_same_policy(client):
    response = client.get("/en/record/verify/")
    (carried,) = [meta for meta in Read(response.content.decode()).named("meta") if "http-equiv" in meta]
    assert carried["http-equiv"] == "Content-Security-Policy"
    assert carried["content"] + "; frame-ancestors 'none'" == response["Content-Security-Policy"]


def test_a_page_that_is_kept_or_unchanged_keeps_its_policy(client):
    first = client.get("/en/record/verify/")
    policy = first["Content-Security-Policy"]
    packed = client.get("/en/record/verify/", headers={"Accept-Encoding": "gzip"})
    unchanged = client.get("/en/record/verify/", headers={"If-None-Match": first["ETag"]})
    assert (packed["Content-Encoding"], packed["Content-Security-Policy"]) == ("gzip", policy)
    assert (unchanged.status_code, unchanged["Content-Security-Policy"]) == (304, policy)


def test_only_this_page_has_a_policy_of_its_own(client):
    assert client.get("/en/record/nowhere/")["Content-Security-Policy"] == content_policy.SITE
    assert client.post("/en/record/verify/")["Content-Security-Policy"] == content_policy.SITE


def test_nothing_is_loaded_and_nothing_runs_from_attributes(client):
    read = Read(page(client))
    loading = {
        (tag, name, value)
        for tag, attributes in read.elements
        for name, value in attributes.items()
        if SOURCES.match(name) and tag != "a"
    }
    assert loading == {("link", "href", "data:,")}
    assert [name for _, given in read.elements for name in given if name == "style" or name[:2] == "on"] == []
    assert {given.get("type") for given in read.named("script")} == {None, "application/json"}
    assert REACHES_OUT.findall(read.inside["script"] + read.inside["style"]) == []
    outside = [
        link["href"] for link in read.named("a") if not link["href"].startswith(("#", "http://testserver/"))
    ]
    assert outside == []


def test_every_word_that_the_script_says_is_there_and_none_is_left_over():
    said = set(re.findall(r"(?:refuse|say)\(\s*\"(\w+)\"", verifier.SCRIPT))
    said |= set(
        re.findall(r"\"((?:policy|receipt|note|path|picture|caption|box|entry)_\w+)\"", verifier.SCRIPT)
    )
    said |= set(re.findall(r"Refused\(\"(\w+)\"", verifier.SCRIPT))
    made = (r"verdict_", r"sentence_", r"state_", r"lacking_", r"reading_", r"seal_", r"step_", r"party_")
    made += (r"\w+_(?:title|ok|unchecked)\Z", r"quorum_missing", r"given\Z", r"unexpected\Z")
    known = set(wording.words())
    assert said - known == set()
    assert [name for name in known - said if not re.match("|".join(made), name)] == []


def test_the_policy_of_the_node_travels_in_the_page_as_text(client, home):
    text = '# </textarea><script>alert(1)</script> & "más"\nquorum none\n'
    (home / "record" / "policy").write_text(text, encoding="utf-8")
    shown = page(client)
    assert Read(shown).inside["policy"].strip() == text.strip()
    assert "<script>alert" not in shown
    assert "This is the policy that testserver used on" in shown


def test_a_changed_policy_is_in_the_next_page(client, home):
    for rule in ("quorum none\n", "quorum governments\n"):
        (home / "record" / "policy").write_text(rule)
        assert rule in page(client)


def test_a_node_without_a_policy_says_so(client, home):
    assert "had no policy of its own" in page(client)
    assert "no tenía una política propia" in page(client, "es")


def test_the_page_is_light(client):
    packed = client.get("/es/record/verify/", headers={"Accept-Encoding": "gzip"})
    assert len(packed.content) < 25_000
