"""What a visit weighs over the wire in a real Chromium: the home page first, then an action's page."""

import os
import shutil

from playwright.sync_api import sync_playwright
from results import Goal, Result
from server import site

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    """Sum the encoded bytes of every response, headers included, with an empty cache."""
    if not CHROMIUM:
        print("skipped: there is no Chromium on this machine")
        return
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        weights = []
        for path in ("/en/", "/en/actions/supply-chain-working-group/"):
            received.clear()
            page.goto(address + path, wait_until="networkidle")
            weights.append(round(sum(received) / 1000, 1))
        browser.close()
    for claim, weight, goal in (("first_visit", weights[0], 150), ("next_visit", weights[1], 20)):
        Result(claim, "web", "kB", "lower", [weight], Goal("absolute", goal)).write()


if __name__ == "__main__":
    main()
