"""axe finds no violation on any page type, in both languages, on phone and desktop; nothing overflows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.pages import PAGES
from tests.chromium import DESKTOP, PHONE

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.timeout(300)
def test_no_violation(browser: Browser, site: str, language: str, screen: str) -> None:
    context = browser.new_context(viewport=PHONE if screen == "phone" else DESKTOP, base_url=site)
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(f"/{language}{path}")
        found += [
            f"{path}: {violation['id']} {[node['html'][:160] for node in violation['nodes'][:3]]}"
            for violation in Axe().run(page, options=RULES).response["violations"]
        ]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:
            found.append(f"{path}: {width} px wide on a screen of {page.viewport_size['width']} px")
        if page.evaluate("document.documentElement.lang") != language:
            found.append(f"{path}: the page does not say that it is in {language}")
    context.close()
    assert found == [], "\n".join(found)


def test_reflow_at_320_pixels_and_double_text(browser: Browser, site: str) -> None:
    """WCAG 1.4.10 and 1.4.4: no sideways scrolling at 320 px, nor with text twice the size."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, base_url=site)
    page = context.new_page()
    wide = []
    for path in PAGES:
        page.goto(f"/es{path}")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    context.close()
    context = browser.new_context(
        viewport={"width": 640, "height": 700}, device_scale_factor=2, base_url=site
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(f"/en{path}")
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            wide.append(f"{path} at 200 %")
    context.close()
    assert wide == []
