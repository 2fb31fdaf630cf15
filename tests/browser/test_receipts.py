"""From a page of a thing to its receipt, and the receipt checked in the browser, as a reader does it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

pytestmark = pytest.mark.browser


def give(page: Page, entry: Path, receipt: Path) -> None:
    page.set_input_files("#entry-file", entry)
    page.set_input_files("#receipt-file", receipt)


def kept(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def test_from_an_action_to_a_verified_receipt(desktop: Page, tmp_path: Path) -> None:
    page = desktop
    page.goto("/en/actions/supply-chain-working-group/")
    box = page.locator(".on-record")
    expect(box).to_contain_text("nobody can change unnoticed")
    box.get_by_role("link", name="Entry local/").first.click()
    page.wait_for_url(re.compile(r"/en/record/local/\d+/$"))
    expect(page.locator("h1")).to_have_text("Action added or changed")
    expect(page.locator("main")).to_contain_text("Bilateral Supply Chain Working Group")
    expect(page.locator(".stamp").first).to_contain_text("Local, not cosigned")
    expect(page.locator("#figure-ladder .figure__wide svg")).to_be_visible()
    with page.expect_download() as receipt:
        page.get_by_role("link", name="Receipt", exact=True).click()
    with page.expect_download() as entry:
        page.get_by_role("link", name="Entry", exact=True).click()
    files = [kept(entry.value, tmp_path), kept(receipt.value, tmp_path)]
    assert [path.suffix for path in files] == [".json", ".tlog-proof"]
    assert files[1].stat().st_size <= 2048
    page.get_by_role("link", name="Check both in your browser").click()
    page.wait_for_url("**/en/record/verify/")
    give(page, *files)
    expect(page.locator("#verdict-title")).to_have_text("Genuine, but local, not cosigned")
    files[0].write_bytes(files[0].read_bytes().replace(b"Bilateral", b"Unilateral"))
    page.reload()
    give(page, *files)
    expect(page.locator("#verdict-title")).to_have_text("Refused")


def test_the_record_can_be_read_by_keyboard_and_without_scripts(no_script: Page) -> None:
    page = no_script
    page.goto("/es/record/")
    expect(page.locator("h1")).to_have_text("El registro")
    page.get_by_role("link", name="Asientos anteriores").click()
    expect(page.get_by_role("heading", name="Asientos anteriores")).to_be_visible()
    page.locator("table.entries th a").first.click()
    expect(page.locator("main")).to_contain_text("Qué dice el asiento")
    page.locator("#figure-ladder summary").click()
    expect(page.locator("#figure-ladder table")).to_be_visible()
