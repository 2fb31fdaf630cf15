"""Pages of the agenda: the whole record is shown with its sources, gaps and limits, in both languages."""

import datetime as dt
import html
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from django.conf import settings as site
from django.test import Client

from hled.language import LANGUAGES
from hled.workplan import bundled_record, charter, computed_status
from hled.workplan.status import NAME, RULE
from hled.workplan.words import BASIS, KIND, OFFICIAL, READ
from tests.house import sampling

RECORD = bundled_record()
PLAN = charter()
SOURCES = {source.id: source for source in RECORD.sources}
EVENTS = [event for action in RECORD.actions for event in action.events]
ADJACENT = [action for action in RECORD.actions if action.adjacent]
VOID = {"meta", "link", "input", "br", "img", "hr"}
NOT_OFFICIAL = {"en": "This is not an official site.", "es": "Este no es un sitio oficial."}
NEITHER = {"en": "neither government", "es": "ninguno de los dos gobiernos"}
both = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def unlimited(settings):
    """These tests walk the whole site from one address, faster than any visitor."""
    settings.RATE_LIMITS = False


class Reader(HTMLParser):
    """Reads a page as a person does: its words by the language they stand in, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.said: dict[str, list[str]] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if given.get("translate") == "no" or tag in {"code", "style", "script"}:
            language = "none"
        if tag not in VOID:
            self._open.append((tag, language))
        if tag == "a":
            self.links.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self._open}:
            while self._open.pop()[0] != tag:
                continue

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.said.setdefault(self._open[-1][1], []).append(data)

    def text(self, language: str) -> str:
        return " ".join(" ".join(self.said.get(language, [])).split())


def read(client: Client, address: str) -> Reader:
    response = client.get(address)
    assert response.status_code == 200, address
    return Reader(response.content.decode())


@cache
def pages(language: str) -> dict[str, str]:
    """Every page of the site in one language, made once: they follow from the bundled record alone."""
    client = Client()
    found = {}
    for address in [
        *sampling.pages(language).values(),
        f"/{language}/nowhere/",
        f"/{language}/search/?q=zzzz",
    ]:
        response = client.get(address)
        if response["Content-Type"].startswith("text/html"):
            found[address] = response.content.decode()
    return found


def shown(client: Client, address: str) -> str:
    """The page as text, tags left out, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode())).split())


@both
def test_home_shows_the_whole_plan(loaded, client, language):
    page = read(client, f"/{language}/")
    text = page.text(language)
    pillars = [pillar for pillar in PLAN.pillars if not pillar.is_section]
    assert (len(pillars), len(PLAN.lines), len(PLAN.goals)) == (4, 15, 5)
    for noun in (*pillars, *PLAN.lines, *PLAN.goals):
        assert noun.title.text(language) in text
    assert PLAN.vision.text(language) in text
    assert {f"/{language}/lines/{number}/" for number in range(1, 16)} <= set(page.links)
    assert {f"/{language}/pillars/{pillar.id}/" for pillar in PLAN.pillars} <= set(page.links)


@both
def test_home_counts_the_record(loaded, client, language):
    page = client.get(f"/{language}/").content.decode()
    facts = re.search(r'<dl class="facts">(.*?)</dl>', page, re.DOTALL)
    assert facts is not None
    numbers = re.findall(r"<dd>([\d,]+)</dd>", facts[1])
    today = dt.datetime.now(dt.UTC).date()
    overdue = [item for item in RECORD.deliverables if item.outcome is None and item.due.latest < today]
    assert numbers[:4] == ["4", "73", "202", str(len(overdue))]
    assert (len(RECORD.actions), len(EVENTS)) == (73, 202)


@both
def test_the_three_events_of_october_2022_are_said_to_be_without_outcome(loaded, client, language):
    overdue = [item for item in RECORD.deliverables if item.due.iso == "2022-10" and item.outcome is None]
    assert len(overdue) == 3
    state = {"en": "no outcome found", "es": "no se"}[language]
    for address in (f"/{language}/", f"/{language}/silent/"):
        text = shown(client, address)
        for item in overdue:
            assert item.title.text(language) in text, address
        assert text.count({"en": "October 2022", "es": "octubre de 2022"}[language]) >= 3
        assert state in text


@pytest.mark.slow
@both
def test_an_action_shows_every_event_with_its_source_and_how_it_is_known(loaded, client, language):
    for action in RECORD.actions:
        page = client.get(f"/{language}/actions/{action.id}/").content.decode()
        assert html.escape(action.title.text(language)) in page
        for event in action.events:
            item = re.search(rf'<li id="{re.escape(event.id)}">(.*?)</li>', page, re.DOTALL)
            assert item is not None, event.id
            said = html.unescape(item[1])
            source = SOURCES[event.source]
            assert f'href="/{language}/sources/{source.id}/"' in said
            assert source.publisher.text(language) in said
            assert event.summary.text(language) in said
            assert READ[event.read].text(language) in said
            assert BASIS[event.basis].text(language) in said
            assert KIND[event.kind].text(language) in said
            if event.reported and event.date and event.reported != event.date:
                assert event.reported.text(language) in said


@both
def test_an_action_has_three_voices_each_in_its_own_words(loaded, client, language):
    action = next(action for action in RECORD.actions if action.id == "supply-chain-working-group")
    page = client.get(f"/{language}/actions/{action.id}/").content.decode()
    found = re.search(r'<ul class="voices">(.*?)</ul>', page, re.DOTALL)
    assert found is not None
    said = html.unescape(found[1])
    report = next(event for event in action.events if event.id.endswith("2022-09-12.output"))
    assert report.summary.text(language) in said
    assert KIND[report.kind].text(language) in said
    assert report.date.text(language) in said
    assert f'href="/{language}/sources/wh-2022-09-12-fs/"' in said
    for english, spanish in (
        ("No report by this government was found.", "No se encontró ningún informe de este gobierno."),
        (
            "Neither government publishes a status per action",
            "Ningún gobierno publica el estado de cada acción",
        ),
        ("not built yet", "aún por construir"),
    ):
        assert said.count({"en": english, "es": spanish}[language]) == 1
    status = computed_status(action.events)
    assert NAME[status].text(language) in said
    assert RULE[status].text(language) in said


@both
def test_a_source_says_whose_own_publication_it_is(loaded, client, language):
    for source in RECORD.sources[:30]:
        words = OFFICIAL[source.official].text(language) if source.official else NEITHER[language]
        assert words in shown(client, f"/{language}/sources/{source.id}/")


@both
def test_an_action_without_agencies_says_none_published(loaded, client, language):
    alone = next(action for action in RECORD.actions if not action.agencies_us and not action.agencies_mx)
    page = client.get(f"/{language}/actions/{alone.id}/").content.decode()
    words = {"en": "none published", "es": "no publicado"}[language]
    sheet = re.search(r'<dl class="sheet">(.*?)</dl>', page, re.DOTALL)
    assert sheet is not None
    assert sheet[1].count(words) >= 2
    assert f'href="/{language}/agencies/' not in sheet[1]


@both
def test_adjacent_tracks_are_marked_and_never_counted(loaded, client, language):
    assert ADJACENT
    mark = {"en": "adjacent track, not counted", "es": "no se cuenta"}[language]
    belongs = {"en": "This action belongs to an adjacent track.", "es": "Esta acción pertenece a"}[language]
    listed = client.get(f"/{language}/actions/?adjacent=yes").content.decode()
    assert listed.count(mark) == len(ADJACENT)
    for action in ADJACENT:
        assert belongs in shown(client, f"/{language}/actions/{action.id}/")
    own = next(action for action in RECORD.actions if not action.adjacent)
    assert belongs not in shown(client, f"/{language}/actions/{own.id}/")
    for pillar in PLAN.pillars:
        actions = [action for action in RECORD.actions if action.pillar == pillar.id and not action.adjacent]
        page = client.get(f"/{language}/pillars/{pillar.id}/").content.decode()
        numbers = re.findall(r"<dd>([\d,]+)</dd>", page)
        assert numbers[0] == str(len(actions)), pillar.id
        assert numbers[1] == str(sum(len(action.events) for action in actions)), pillar.id


@both
def test_every_event_is_in_the_list_of_events_once(loaded, client, language):
    found: Counter[str] = Counter()
    for number in range(1, 6):
        found.update(
            re.findall(
                r'<li id="([\w.-]+)">', client.get(f"/{language}/events/?page={number}").content.decode()
            )
        )
    assert found == Counter(event.id for event in EVENTS)


@both
def test_every_discrepancy_shows_each_version_with_its_source(loaded, client, language):
    page = client.get(f"/{language}/discrepancies/").content.decode()
    assert RECORD.discrepancies
    for item in RECORD.discrepancies:
        card = re.search(rf'<section class="card" id="{re.escape(item.id)}">(.*?)</section>', page, re.DOTALL)
        assert card is not None, item.id
        said = html.unescape(card[1])
        assert item.explanation.text(language) in said
        assert len(item.versions) >= 2
        for version in item.versions:
            assert version.statement.text(language) in said
            assert f'href="/{language}/sources/{version.source}/"' in said


@both
def test_every_published_figure_stands_with_its_source(loaded, client, language):
    page = html.unescape(client.get(f"/{language}/discrepancies/").content.decode())
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    for claim in RECORD.claims:
        value, label = claim.value.text(language), claim.label.text(language)
        row = [row for row in rows if label in row and value in row and f"/sources/{claim.source}/" in row]
        assert row, claim.id
        assert claim.unit.text(language) in row[0]


@both
def test_every_source_is_listed_with_how_much_was_read(loaded, client, language):
    page = client.get(f"/{language}/sources/").content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    assert len(rows) == len(RECORD.sources) == 124
    for source in RECORD.sources:
        (row,) = [row for row in rows if f'href="/{language}/sources/{source.id}/"' in row]
        assert READ[source.read].text(language) in row
        events = sum(event.source == source.id for event in EVENTS)
        assert f">{events}</td>" in row


@both
def test_a_source_without_address_or_date_says_so(loaded, client, language):
    words = {"en": ("no stable address is known", "undated"), "es": ("dirección estable", "sin fecha")}[
        language
    ]
    for missing, word in zip(("url", "published"), words, strict=True):
        source = next((source for source in RECORD.sources if getattr(source, missing) is None), None)
        if source is not None:
            assert word in shown(client, f"/{language}/sources/{source.id}/")
    assert any(source.url is None for source in RECORD.sources)


@both
def test_the_rule_of_every_status_is_public(loaded, client, language):
    text = shown(client, f"/{language}/about/")
    for status, rule in RULE.items():
        assert NAME[status].text(language) in text
        assert rule.text(language) in text


@both
def test_a_line_shows_its_actions_or_what_was_not_found(loaded, client, language):
    for line in PLAN.lines:
        page = read(client, f"/{language}/lines/{line.number}/")
        text = page.text(language)
        of_line = [action for action in RECORD.actions if action.line == line.number]
        assert {f"/{language}/actions/{action.id}/" for action in of_line} <= set(page.links)
        assert line.gap is None or line.gap.text(language) in text
        assert of_line or {"en": "No action found", "es": "No se encontró"}[language] in text


@both
def test_silence_is_longest_first_and_narrows_with_the_days(loaded, client, language):
    def listed(days: int) -> list[str]:
        page = client.get(f"/{language}/silent/?days={days}").content.decode()
        start = page.index({"en": "longest silence first", "es": "silencio más largo"}[language])
        return re.findall(r'href="/\w\w/actions/([\w.-]+)/"', page[start:])

    days = (dt.datetime.now(dt.UTC).date() - dt.date(2023, 1, 1)).days
    assert set(listed(days)) < set(listed(0))
    assert len(listed(0)) == len(set(listed(0)))


@pytest.mark.slow
@both
def test_bodies_and_agencies_lead_to_their_actions(loaded, client, language):
    for body in RECORD.bodies:
        links = read(client, f"/{language}/bodies/{body.id}/").links
        assert {f"/{language}/actions/{key}/" for key in body.actions} <= set(links)
        assert {f"/{language}/sources/{key}/" for key in body.sources} <= set(links)
    for agency in RECORD.agencies[:20]:
        acting = [item for item in RECORD.actions if agency.id in (*item.agencies_us, *item.agencies_mx)]
        links = read(client, f"/{language}/agencies/{agency.id}/").links
        assert {f"/{language}/actions/{item.id}/" for item in acting} <= set(links)


@both
def test_every_page_says_that_it_is_not_official(loaded, language):
    assert len(pages(language)) > 20
    for address, page in pages(language).items():
        assert NOT_OFFICIAL[language] in page, address
        assert page.count("<h1") == 1, address


@pytest.mark.slow
@both
def test_the_other_language_is_the_same_page(loaded, client, language):
    other = next(code for code in LANGUAGES if code != language)
    for address, page in pages(language).items():
        moved = f"/{other}{address[3:]}"
        found = {link.removeprefix("http://testserver") for link in Reader(page).links}
        assert moved in found, address  # the verifier names its full address: it may be a saved file
        assert moved in pages(other)
    for path in ("actions/?line=5&text=a+%26+b+%3C%22", "nowhere/?x=1&y=%C3%B1"):
        page = client.get(f"/{language}/{path}").content.decode()
        assert f"/{other}/{path}" in Reader(page).links


@pytest.mark.slow
def test_no_link_inside_the_site_is_broken(loaded, client):
    seen = {
        link.split("#")[0]
        for address in ("/en/", "/es/about/", "/es/bodies/", "/en/meetings/")
        for link in Reader(pages(address[1:3])[address]).links
        if link.startswith("/")
    }
    assert len(seen) > 100
    assert [link for link in sorted(seen) if client.get(link, follow=True).status_code != 200] == []


def texts_of_pages() -> list[tuple[str, str]]:
    """English and Spanish of every text of the templates that is long enough to know its language by."""
    with (site.LOCALE_PATHS[0] / "es" / "LC_MESSAGES" / "django.po").open("rb") as file:
        messages = list(read_po(file))
    pairs = [(str(item.id), str(item.string)) for item in messages if item.id and not item.pluralizable]
    return [(en, es) for en, es in pairs if len(en) > 14 and "%" not in en and en not in es and es not in en]


@both
def test_no_page_speaks_the_other_language_without_saying_so(loaded, language):
    foreign = [es if language == "en" else en for en, es in texts_of_pages()]
    own = {en if language == "en" else es for en, es in texts_of_pages()}
    assert len(foreign) > 100
    heard = ""
    for address, page in pages(language).items():
        text = Reader(page).text(language)
        assert [words for words in foreign if f" {words} " in f" {text} "] == [], address
        heard += text
    assert sum(words in heard for words in own) > 60


def test_an_error_says_the_same_in_the_other_language_marked_as_such(loaded, client):
    for language, other in (("en", "es"), ("es", "en")):
        page = Reader(client.get(f"/{language}/nowhere/").content.decode())
        message = {
            "en": "There is no page at this address.",
            "es": "No hay ninguna página en esta dirección.",
        }
        assert message[language] in page.text(language)
        assert message[other] in page.text(other)
