"""The whole way from home to an event's source by keyboard alone, with the focus always visible."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {text: (element.innerText || element.value || "").trim(), href: element.getAttribute("href") || "",
          outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
          inside: box.bottom > 0 && box.top < innerHeight};
}"""


def _tab_to(page: Page, part_of_href: str, limit: int = 120) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["outline"], f"the focus cannot be seen on {focus['text']!r} {focus['href']!r}"
        assert focus["inside"], f"the focus is out of sight on {focus['text']!r}"
        if part_of_href in focus["href"]:
            return
    pytest.fail(f"no link to {part_of_href} within {limit} tabs")


def test_from_home_to_a_source(desktop: Page) -> None:
    desktop.goto("/en/")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate(FOCUS)["href"] == "#main"
    desktop.keyboard.press("Enter")
    _tab_to(desktop, "/en/pillars/I/")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/en/pillars/I/")
    desktop.locator("a[href='#main']").focus()
    desktop.keyboard.press("Enter")
    _tab_to(desktop, "/en/actions/supply-chain-working-group/")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/en/actions/supply-chain-working-group/")
    desktop.locator("a[href='#main']").focus()
    desktop.keyboard.press("Enter")
    _tab_to(desktop, "/en/sources/")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("h1")).to_be_visible()
    assert "/en/sources/" in desktop.url


def test_targets_are_large_enough(phone: Page) -> None:
    """WCAG 2.5.8: targets outside running text measure at least 24 by 24 px."""
    phone.goto("/es/")
    small = phone.evaluate("""() => [...document.querySelectorAll("nav a, button, summary, input")]
        .filter(e => e.offsetParent !== null)
        .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
        .filter(([box]) => box.width > 0 && (box.height < 24 || box.width < 24))
        .map(([, html]) => html)""")
    assert small == []
