"""A real Chromium against the real server: `hled serve` on a fresh home, as `make run` starts it."""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIGNED = "/record/local/0.tlog-proof"  # there once the site answers and the signer has signed
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a fresh home on a free port; yields the address."""
    home = tmp_path_factory.mktemp("home")
    assets = ROOT / "var" / "assets"
    if not assets.exists():
        pytest.skip("the assets are not there: run `make assets` first")
    shutil.copytree(assets, home / "assets")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    environment |= {"HLED_HOME": str(home), "HLED_LOG_LEVEL": "ERROR"}
    hled = Path(sys.executable).with_name("hled")
    process = subprocess.Popen([hled, "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"the server stopped with {process.returncode}")
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=2)
            connection.request("GET", SIGNED)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start in 60 s")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start Chromium once."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def desktop(browser: "Browser", site: str) -> Iterator["Page"]:
    """A page on a desktop screen that fails the test on any console error."""
    yield from _watched(browser.new_context(viewport=DESKTOP, base_url=site, locale="en-US"))


@pytest.fixture
def phone(browser: "Browser", site: str) -> Iterator["Page"]:
    """A page on a phone screen that fails the test on any console error."""
    yield from _watched(browser.new_context(viewport=PHONE, base_url=site, locale="es-MX"))


@pytest.fixture
def no_script(browser: "Browser", site: str) -> Iterator["Page"]:
    """A page in a browser with JavaScript off."""
    yield from _watched(browser.new_context(viewport=DESKTOP, base_url=site, java_script_enabled=False))


def _watched(context: "BrowserContext") -> Iterator["Page"]:
    page = context.new_page()
    page.set_default_timeout(15_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if _is_bad(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == [], f"the browser's console said: {said}"


def _is_bad(message: "ConsoleMessage") -> bool:
    """A refused form answers 400, which the browser also writes to its console."""
    return message.type in {"error", "warning"} and "status of 400" not in message.text
