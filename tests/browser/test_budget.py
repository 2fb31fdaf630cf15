"""What a visit weighs: 150 kB compressed the first time, 20 kB for the next page, at most 8 requests."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_first_and_next_visit(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto("/en/", wait_until="networkidle")
    first, requests = sum(received), sum(size > 0 for size in received)  # 0: from the page itself
    received.clear()
    page.goto("/en/actions/supply-chain-working-group/", wait_until="networkidle")
    following = sum(received)
    context.close()
    assert first <= 150_000
    assert requests <= 8
    assert following <= 20_000
