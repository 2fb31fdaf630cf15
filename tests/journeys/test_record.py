"""A citizen walks from home to an event's source, in each language, without and with JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import ROOT

pytestmark = pytest.mark.browser

WORDS = {
    "en": {"pillar": "Building Back Together", "action": "Bilateral Supply Chain Working Group"},
    "es": {
        "pillar": "Reconstruir juntos",
        "action": "Grupo de Trabajo Bilateral sobre Cadenas de Suministro",
    },
}


def _walk(page: Page, language: str) -> None:
    words = WORDS[language]
    page.goto(f"/{language}/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_role("link", name=re.compile(words["pillar"])).first.click()
    expect(page.locator("h1")).to_contain_text(words["pillar"])
    page.get_by_role("link", name=words["action"]).first.click()
    expect(page.locator("h1")).to_have_text(words["action"])
    spine = page.locator(".spine > li")
    expect(spine).to_have_count(4)
    spine.last.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"/{language}/sources/wh-2022-09-12-fs/"))
    expect(page.locator("main a[href^='https://bidenwhitehouse.archives.gov/']").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_home_to_an_events_source(desktop: Page, language: str) -> None:
    _walk(desktop, language)
    if language == "en":
        desktop.goto("/en/")
        desktop.screenshot(path=ROOT / "test-results" / "home.png")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_same_without_javascript(no_script: Page, language: str) -> None:
    _walk(no_script, language)


def test_on_a_phone_with_the_menu(phone: Page) -> None:
    phone.goto("/")
    expect(phone).to_have_url(re.compile(r"/es/$"))
    phone.locator(".sections__menu summary").click()
    phone.locator(".sections__menu").get_by_role("link", name="En silencio").click()
    expect(phone.locator("h1")).to_be_visible()


def test_the_language_switch_keeps_the_page(desktop: Page) -> None:
    desktop.goto("/en/actions/supply-chain-working-group/")
    desktop.get_by_role("link", name="Español", exact=True).click()
    expect(desktop).to_have_url(re.compile(r"/es/actions/supply-chain-working-group/$"))
    expect(desktop.locator("h1")).to_have_text(WORDS["es"]["action"])


def test_search_finds_without_accents(desktop: Page) -> None:
    desktop.goto("/es/")
    desktop.locator("#site-search").fill("ciberseguridad cadenas")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".rows mark").first).to_be_visible()
    desktop.locator(".rows a").first.click()
    expect(desktop.locator("h1")).to_be_visible()


def test_the_border_question_answers_with_the_published_number(desktop: Page) -> None:
    desktop.goto("/en/evidence/border.flows/ask/?port=Laredo&measure=trucks")
    expect(desktop.locator(".finding").first).to_be_visible(timeout=30_000)
    expect(desktop.locator("main")).to_contain_text("2,364,681", timeout=30_000)
    expect(desktop.locator("main")).to_contain_text("2,936,130")
    expect(desktop.locator("figure svg").first).to_be_visible()


def test_a_stranger_reports_an_error(desktop: Page) -> None:
    desktop.goto("/en/actions/supply-chain-working-group/")
    desktop.get_by_role("link", name=re.compile("Report an error")).first.click()
    desktop.get_by_role("button", name="Send the report").click()
    expect(desktop.locator(".errors")).to_be_visible()
    desktop.locator("textarea").first.fill("The date of the second event is wrong.")
    desktop.get_by_label(re.compile("[Ss]ource")).first.fill("https://example.org/the-communique")
    desktop.get_by_role("button", name="Send the report").click()
    expect(desktop.locator("[role=status]")).to_be_visible()
