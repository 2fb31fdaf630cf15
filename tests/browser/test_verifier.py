"""The browser verifier: genuine receipts hold, every change is refused in plain words, also offline."""

import base64
import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from hled.record.errors import RecordError
from hled.record.policies import Group, Policy, Witness
from hled.record.proofs import Receipt
from tests.browser.small_log import (
    ENTRIES,
    GOVERNMENTS,
    LOG,
    MX,
    POLICY,
    STRANGER,
    US,
    US_PQ,
    WITNESSES,
    SmallLog,
)
from tests.browser.small_log import key as made
from tests.browser.test_accessibility import RULES
from tests.chromium import DESKTOP, PHONE
from tests.record import agreed

pytestmark = pytest.mark.browser

ADDRESS = "/{}/record/verify/"
SMALL = SmallLog()
PQ = Policy(POLICY.logs, (*WITNESSES, Witness("us-pq", US_PQ.verifier)), POLICY.groups, POLICY.quorum)
ASK = """async ([entry, receipt, policy]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  try {
    await window.hledVerify(bytes(entry), bytes(receipt), bytes(policy));
    return "genuine";
  } catch (error) {
    return typeof error.code === "string" ? error.code : String(error);
  }
}"""


@pytest.fixture
def page(desktop: Page) -> Page:
    """The verifier in English, with the policy of the small log."""
    desktop.goto(ADDRESS.format("en"))
    give_policy(desktop, POLICY.text)
    return desktop


@pytest.fixture(scope="module")
def bench(browser: Browser, site: str) -> Iterator[Page]:
    """One page in which only the pure function is called."""
    context = browser.new_context(base_url=site)
    opened = context.new_page()
    opened.goto(ADDRESS.format("en"))
    yield opened
    context.close()


def ask(page: Page, entry: bytes, receipt: bytes, policy: str = POLICY.text) -> str:
    """What the pure function says: `genuine`, or the code of the refusal."""
    given = [base64.b64encode(data).decode() for data in (entry, receipt, policy.encode())]
    return str(page.evaluate(ASK, given))


def test_one_rule_for_all_verifiers(bench: Page) -> None:
    said = {case.name: ask(bench, agreed.ENTRY, case.receipt, case.policy) for case in agreed.cases()}
    assert {case.name for case in agreed.cases() if (said[case.name] == "genuine") != case.genuine} == set()


def give_policy(page: Page, text: str) -> None:
    page.locator("details.policy > summary").click()
    page.get_by_role("textbox").last.fill(text)
    page.locator("details.policy > summary").click()


def give(page: Page, entry: bytes, receipt: bytes) -> None:
    for slot, name, data in (("entry", "decision.json", entry), ("receipt", "decision.tlog-proof", receipt)):
        page.set_input_files(f"#{slot}-file", {"name": name, "mimeType": "text/plain", "buffer": data})


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) >= 1, old
    return data.replace(old, new, 1)


# ---- genuine ----


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("en", "Genuine", "cosigned by United States and Mexico"),
        ("es", "Auténtico", "lo firmaron en conjunto: Estados Unidos y México"),
    ],
)
def test_a_genuine_receipt_is_verified_step_by_step(
    desktop: Page, language: str, title: str, words: str
) -> None:
    desktop.goto(ADDRESS.format(language))
    give_policy(desktop, POLICY.text)
    give(desktop, ENTRIES[3], SMALL.receipt(3))
    expect(desktop.locator("#verdict-title")).to_have_text(title)
    expect(desktop.locator("#verdict-words")).to_contain_text(words)
    expect(desktop.locator(".check--ok")).to_have_count(8)
    expect(desktop.locator(".check--failed")).to_have_count(0)
    expect(desktop.locator("svg.tree .seal--valid")).to_have_count(3)
    expect(desktop.locator("svg.tree .box--given")).to_have_count(3)
    expect(desktop.locator("#reading")).to_contain_text("Inspección, fase 3")


def test_the_picture_and_the_date_say_what_was_signed(page: Page) -> None:
    give(page, ENTRIES[0], SMALL.receipt(0))
    expect(page.locator(".check", has_text="Cosignature: Mexico")).to_contain_text(
        "23 November 2026 at 10:03 UTC"
    )
    described = page.locator("svg.tree desc").text_content() or ""
    assert "From entry 0 at the bottom, 3 steps lead up" in described
    page.get_by_text("Every step in full").click()
    expect(page.locator(".steps li")).to_have_count(3)


def test_a_local_receipt_is_called_local(page: Page) -> None:
    origin = made("demonstration.invalid/record/00c0ffee", LOG.algorithm)
    alone = SmallLog(log=origin, cosigners=())
    give_policy(page, f"log {origin.verifier}\nquorum none\n")
    give(page, ENTRIES[1], alone.receipt(1))
    expect(page.locator("#verdict-title")).to_have_text("Genuine, but local, not cosigned")
    expect(page.locator("#verdict-words")).to_contain_text("These are demonstration keys")


def test_a_post_quantum_cosignature_is_shown_and_never_counted(page: Page) -> None:
    give_policy(page, PQ.text)
    give(page, ENTRIES[1], SmallLog(cosigners=(US, MX, US_PQ)).receipt(1))
    expect(page.locator("#verdict-title")).to_have_text("Genuine")
    expect(page.locator(".check--unchecked")).to_contain_text("not checked here")
    give_policy(page, dataclasses.replace(PQ, quorum="us-pq").text)
    expect(page.locator("#verdict-title")).to_have_text("Refused")
    expect(page.locator("#verdict-words")).to_contain_text("United States (ML-DSA-44)")


def test_every_entry_of_every_small_log_is_found(bench: Page) -> None:
    """All shapes of a tree up to 17 leaves: 153 receipts."""
    for size in range(1, 18):
        log = SmallLog(ENTRIES[:size])
        said = [ask(bench, ENTRIES[index], log.receipt(index)) for index in range(size)]
        assert said == ["genuine"] * size, size


def test_nested_groups_are_counted(bench: Page) -> None:
    third = made("third.example/w", US.algorithm)
    witnesses = (*WITNESSES, Witness("unam", third.verifier), Witness("gao", STRANGER.verifier))
    groups = (GOVERNMENTS, Group("society", 1, ("unam", "gao")), Group("both", 2, ("governments", "society")))
    policy = Policy(POLICY.logs, witnesses, groups, "both").text
    said = {
        signers: ask(bench, ENTRIES[2], SmallLog(cosigners=signers).receipt(2), policy)
        for signers in [(US, MX), (US, third), (US, MX, third), (STRANGER, MX, US), (US, third, STRANGER)]
    }
    assert list(said.values()) == ["quorum_missing", "quorum_missing", "genuine", "genuine", "quorum_missing"]


def test_unknown_keys_extra_and_comments_change_nothing(bench: Page) -> None:
    receipt = SmallLog(cosigners=(STRANGER, US, MX)).receipt(4)
    with_extra = changed(receipt, b"@v1\n", b"@v1\nextra YWJj\n")
    commented = "# who counts\n\n \t" + POLICY.text.replace(" ", " \t")
    assert ask(bench, ENTRIES[4], with_extra, commented) == "genuine"


def test_what_no_signature_covers_is_named(page: Page) -> None:
    receipt = SmallLog(cosigners=(STRANGER, US, MX)).receipt(4)
    give(page, ENTRIES[4], changed(receipt, b"@v1\n", b"@v1\nextra YWJj\n"))
    expect(page.locator(".check--note")).to_have_count(2)
    expect(page.locator(".check--note").first).to_contain_text("left aside: stranger.example/w")
    expect(page.locator(".check--note").last).to_contain_text("3 bytes that no signature covers")


# ---- refused ----

Change = Callable[[bytes], bytes]
ORIGIN = LOG.name.encode()
REFUSED: dict[str, tuple[str, Change]] = {
    "another header": ("receipt_header", lambda it: changed(it, b"@v1", b"@v2")),
    "windows line ends": ("receipt_returns", lambda it: it.replace(b"\n", b"\r\n")),
    "a byte order mark": ("receipt_header", lambda it: b"\xef\xbb\xbf" + it),
    "no utf-8": ("receipt_text", lambda it: changed(it, b"log.", b"l\xffg.")),
    "a leading zero": ("receipt_shape", lambda it: changed(it, b"index 2", b"index 02")),
    "a sign": ("receipt_shape", lambda it: changed(it, b"index 2", b"index +2")),
    "an index beyond 2^53": ("receipt_shape", lambda it: changed(it, b"index 2", b"index 9007199254740992")),
    "another index": ("path_root", lambda it: changed(it, b"index 2", b"index 3")),
    "an index outside": ("path_outside", lambda it: changed(it, b"index 2", b"index 5")),
    "a shorter path": ("path_length", lambda it: b"\n".join(it.split(b"\n")[:2] + it.split(b"\n")[3:])),
    "a longer path": ("path_length", lambda it: b"\n".join(it.split(b"\n")[:3] + it.split(b"\n")[2:])),
    "a space in base64": ("receipt_shape", lambda it: changed(it, b"=\n", b"= \n")),
    "no padding": ("receipt_shape", lambda it: changed(it, b"=\n", b"\n")),
    "another size": ("path_outside", lambda it: changed(it, b"\n5\n", b"\n2\n")),
    "an extension line": (
        "note_shape",
        lambda it: changed(it, b"\n\n\xe2\x80\x94", b"\nmore\n\n\xe2\x80\x94"),
    ),
    "two spaces": ("note_signature", lambda it: changed(it, b"\xe2\x80\x94 ", b"\xe2\x80\x94  ")),
    "a hyphen": ("note_signature", lambda it: changed(it, b"\xe2\x80\x94 ", b"- ")),
    "a plus in a name": ("note_signature", lambda it: changed(it, b"us.example/w ", b"us.example+w ")),
    "a tab": ("receipt_shape", lambda it: changed(it, b"index 2", b"index\t2")),
    "cut short": ("note_shape", lambda it: it[:-1]),
    "no signatures": ("note_shape", lambda it: it[: it.rindex(b"\n\n") + 2]),
    "nothing": ("receipt_header", lambda _: b""),
    "another origin": ("log_unknown", lambda it: changed(it, b"\n\n" + ORIGIN, b"\n\nlog.example/uz")),
    "one government": ("quorum_missing", lambda it: it[: it.rindex(b"\xe2\x80\x94 mx")]),
    "one line twice": ("signature_twice", lambda it: it + it[it.rindex(b"\xe2\x80\x94 mx") :]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_changed_receipts_are_refused_and_say_why(bench: Page, name: str) -> None:
    code, change = REFUSED[name]
    receipt = change(SMALL.receipt(2))
    if name in {
        "another size",
        "another origin",
    }:  # the log may sign what it likes, so that only this is wrong
        said = ask(bench, ENTRIES[2], receipt)
        assert said in {code, "signature_bad"}
    else:
        assert ask(bench, ENTRIES[2], receipt) == code


def test_bits_that_no_byte_holds_are_refused(bench: Page) -> None:
    """The last sign before `=` has two bits that mean nothing: other values would be a second spelling."""
    receipt = SMALL.receipt(2)
    end = receipt.index(b"=\n")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    place = alphabet.index(receipt[end - 1])
    for twin in alphabet[place + 1 : place + 4]:
        second = receipt[: end - 1] + bytes([twin]) + receipt[end:]
        assert base64.b64decode(second[end - 43 : end + 1]) == base64.b64decode(receipt[end - 43 : end + 1])
        assert ask(bench, ENTRIES[2], second) == "receipt_shape"


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("entry_empty", b""),
        ("entry_large", b"x" * 65_536),
        ("path_root", b"x" * 65_535),
        ("path_root", ENTRIES[1]),
    ],
)
def test_another_entry_is_refused(bench: Page, code: str, entry: bytes) -> None:
    assert ask(bench, entry, SMALL.receipt(2)) == code


def test_a_key_under_a_known_name_counts_for_nothing(bench: Page) -> None:
    """Same name, another key: its key id is unknown, so the line is ignored and the quorum fails."""
    impostor = dataclasses.replace(MX, seed=b"\x07" * 32)
    assert ask(bench, ENTRIES[2], SmallLog(cosigners=(US, impostor)).receipt(2)) == "quorum_missing"
    forged = SmallLog(log=dataclasses.replace(LOG, seed=b"\x07" * 32))
    assert ask(bench, ENTRIES[2], forged.receipt(2)) == "log_unsigned"


WITNESS_US = str(WITNESSES[0].key)
BAD_POLICIES = {
    "policy_empty": " \n",
    "policy_quorum": f"log {LOG.verifier}\n",
    "policy_text": POLICY.text.replace("\n", "\r\n"),
    "policy_line": POLICY.text + "quorum none\n",
    "policy_key": POLICY.text.replace("+", "+0", 1),
    "policy_twice": POLICY.text.replace("group", f"witness again {WITNESS_US}\ngroup"),
    "policy_name": POLICY.text.replace("all us mx", "all us mx us"),
}
MORE_BAD_POLICIES = [
    ("policy_name", POLICY.text.replace("quorum governments", "quorum society")),
    ("policy_name", POLICY.text.replace("witness mx", "witness none")),
    ("policy_name", POLICY.text.replace("witness mx", "witness us")),
    ("policy_line", POLICY.text.replace("all us mx", "3 us mx")),
    ("policy_line", POLICY.text.replace("all us mx", "02 us mx")),
    ("policy_line", POLICY.text.replace("all us mx", "all")),
    ("policy_line", POLICY.text.replace("witness", "toString", 1)),
    ("policy_key", POLICY.text.replace(str(LOG.verifier), WITNESS_US)),
    ("log_unknown", POLICY.text.removeprefix(f"log {LOG.verifier}\n")),
]


@pytest.mark.parametrize(("code", "policy"), [*BAD_POLICIES.items(), *MORE_BAD_POLICIES])
def test_a_policy_with_a_fault_is_refused(bench: Page, code: str, policy: str) -> None:
    assert ask(bench, ENTRIES[2], SMALL.receipt(2), policy) == code


EXHAUST = """async ([files, masks]) => {
  const given = files.map((text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));
  const survivors = [];
  let calls = 0;
  for (const [file, data] of given.entries()) {
    for (let at = 0; at < data.length; at += 1) {
      for (const mask of masks) {
        const changed = given.map((bytes) => bytes.slice());
        changed[file][at] ^= mask;
        calls += 1;
        try {
          await window.hledVerify(...changed);
          survivors.push([file, at, mask]);
        } catch (error) {
          if (typeof error.code !== "string") survivors.push([file, at, mask, String(error)]);
        }
      }
    }
  }
  return [calls, survivors];
}"""


@pytest.mark.timeout(300)
def test_every_changed_byte_of_a_small_log_is_refused(bench: Page) -> None:
    """Every byte of every entry, receipt (note and proof) and of the policy, three ways; none is harmless.

    The policy has no comment, address or spare blank, and the receipts no signature that it does not ask for:
    nothing in them is without meaning, so nothing is left out.
    """
    for index, entry in enumerate(SMALL.entries):
        files = (entry, SMALL.receipt(index), POLICY.text.encode())
        coded = [base64.b64encode(data).decode() for data in files]
        assert ask(bench, files[0], files[1]) == "genuine"
        calls, survivors = bench.evaluate(EXHAUST, [coded, [0x01, 0x20, 0x80]])
        assert calls == 3 * sum(map(len, files))
        assert survivors == []


MANGLE = """async ([files, rounds]) => {
  const given = files.map((text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));
  let seed = 20261123;
  const upTo = (limit) => (seed = (seed * 1103515245 + 12345) % 2147483648) % limit;
  const odd = [0, 9, 10, 13, 32, 43, 45, 61, 127, 128, 195, 255];
  const wrong = [];
  for (let round = 0; round < rounds; round += 1) {
    const mangled = given.map((bytes) => Array.from(bytes));
    for (let cuts = upTo(4); cuts >= 0; cuts -= 1) {
      const bytes = mangled[1 + upTo(2)];
      const from = upTo(bytes.length + 1), piece = bytes.slice(from, from + upTo(80));
      if (upTo(2)) bytes.splice(from, upTo(80));
      else bytes.splice(upTo(bytes.length + 1), 0, ...piece, odd[upTo(odd.length)]);
    }
    try {
      await window.hledVerify(...mangled.map((bytes) => Uint8Array.from(bytes)));
      if (String(mangled[1]) !== String([...given[1]])) wrong.push([round, "genuine"]);
    } catch (error) {
      if (typeof error.code !== "string") wrong.push([round, String(error)]);
    }
  }
  return wrong;
}"""


def test_mangled_files_meet_a_refusal_and_never_an_error(bench: Page) -> None:
    """A policy may be changed and still say the same (a new empty line); a receipt may not."""
    files = (ENTRIES[2], SMALL.receipt(2), POLICY.text.encode())
    wrong = bench.evaluate(MANGLE, [[base64.b64encode(data).decode() for data in files], 3_000])
    assert wrong == []


def test_the_library_refuses_the_same(bench: Page) -> None:
    """The same judgement from two implementations, on a sample of changed receipts."""
    receipt = SMALL.receipt(2)
    for at in range(0, len(receipt), 7):
        changed_one = receipt[:at] + bytes([receipt[at] ^ 0x02]) + receipt[at + 1 :]
        with pytest.raises(RecordError):
            Receipt.parse(changed_one).verify(ENTRIES[2], POLICY)
        assert ask(bench, ENTRIES[2], changed_one) != "genuine"


# ---- the page ----


def test_a_changed_entry_is_refused_with_the_break_in_the_picture(page: Page) -> None:
    give(page, changed(ENTRIES[3], b"phase 3", b"phase 4"), SMALL.receipt(3))
    expect(page.locator("#verdict-title")).to_have_text("Refused")
    expect(page.locator("#verdict-words")).to_contain_text("do not belong together")
    expect(page.locator(".check--failed h3")).to_have_text("The path to the root wrong")
    expect(page.locator("svg.tree .box--wrong")).to_have_count(1)
    expect(page.locator("svg.tree .unequal")).to_be_visible()
    expect(page.locator("#reading .warning")).to_contain_text("This text is not proven")
    give(page, ENTRIES[3], SMALL.receipt(3))
    expect(page.locator("#verdict-title")).to_have_text("Genuine")


def test_data_is_shown_as_text_and_never_becomes_a_page(page: Page) -> None:
    hostile = b'{"<img src=x onerror=alert(1)>":"<script>alert(1)</script>","__proto__":{"id":"</dl>"}}'
    give(page, hostile, SmallLog((hostile,)).receipt(0))
    expect(page.locator("#verdict-title")).to_have_text("Genuine")
    expect(page.locator("#reading")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#reading img, #reading script").count() == 0


def test_an_entry_in_another_form_is_shown_as_it_is(page: Page) -> None:
    twice = b'{"title":"seen by one reader","title":"seen by another"}'
    give(page, twice, SmallLog((twice,)).receipt(0))
    expect(page.locator("#reading")).to_contain_text("not written as the entries of this record are")
    expect(page.locator("#reading pre")).to_contain_text("seen by one reader")


def test_files_in_the_wrong_place_are_put_in_the_right_one(page: Page) -> None:
    page.set_input_files("#entry-file", {"name": "a", "mimeType": "", "buffer": SMALL.receipt(1)})
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#verdict-words")).to_have_text(
        "The entry is missing: add the file that ends in .json."
    )
    page.set_input_files("#receipt-file", {"name": "b.json", "mimeType": "", "buffer": ENTRIES[1]})
    expect(page.locator("#verdict-title")).to_have_text("Genuine")


def test_both_may_be_dropped_together_anywhere(page: Page) -> None:
    page.evaluate(
        """(texts) => {
          const files = new DataTransfer();
          texts.forEach((text, place) => files.items.add(new File([text], `file ${place}`)));
          const event = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
          document.querySelector("h1").dispatchEvent(event);
        }""",
        [SMALL.receipt(4).decode(), ENTRIES[4].decode()],
    )
    expect(page.locator("#verdict-title")).to_have_text("Genuine")


def test_pasted_text_may_lack_or_have_a_line_end(page: Page) -> None:
    for name, text in (
        ("entry", ENTRIES[1].decode() + "\n\n"),
        ("receipt", SMALL.receipt(1).decode().strip()),
    ):
        page.get_by_text(f"Paste the {name} as text").click()
        page.get_by_label(f"Text of the {name}").fill(text)
    expect(page.locator("#verdict-title")).to_have_text("Genuine")


def test_the_keyboard_leads_from_the_files_to_the_verdict(page: Page) -> None:
    give(page, ENTRIES[1], SMALL.receipt(1))
    page.locator("#entry-file").focus()
    for _ in range(9):
        assert page.evaluate("document.activeElement !== document.body")
        if page.evaluate("document.activeElement.id") == "verify":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict-title")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_verdict(
    browser: Browser, site: str, language: str, screen: ViewportSize
) -> None:
    context = browser.new_context(viewport=screen, base_url=site)
    page = context.new_page()
    page.goto(ADDRESS.format(language))
    give_policy(page, PQ.text)
    for entry, cosigners in [(ENTRIES[2], (US, MX, US_PQ)), (ENTRIES[1], (US,))]:
        give(page, entry, SmallLog(cosigners=cosigners).receipt(2))
        expect(page.locator("#verdict-title")).to_be_visible()
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    context.close()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (
            "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))",
            "cannot check Ed25519",
        ),
        (
            "Object.defineProperty(crypto, 'subtle', { value: undefined })",
            "does not let a page compute checksums",
        ),
    ],
)
def test_a_browser_that_cannot_check_says_so_at_once(desktop: Page, lacking: str, words: str) -> None:
    desktop.add_init_script(lacking)
    desktop.goto(ADDRESS.format("en"))
    expect(desktop.locator("#verdict-words")).to_contain_text(words)
    assert ask(desktop, ENTRIES[1], SMALL.receipt(1)).startswith("no_")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_saved_copy_works_without_a_network(
    browser: Browser, site: str, tmp_path: Path, language: str
) -> None:
    online = browser.new_context(base_url=site)
    served = online.new_page()
    answer = served.goto(ADDRESS.format(language))
    with served.expect_download() as saving:
        served.locator("#save a").click()
    copy = tmp_path / saving.value.suggested_filename
    saving.value.save_as(copy)
    assert answer is not None
    assert copy.read_bytes() == answer.body()
    online.close()

    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(copy.as_uri())
    expect(page.locator("#saved")).to_be_visible()
    give_policy(page, POLICY.text)
    give(page, ENTRIES[2], SMALL.receipt(2))
    expect(page.locator("#verdict")).to_have_class("verdict verdict--genuine")
    give(page, ENTRIES[1], SMALL.receipt(2))
    expect(page.locator("#verdict")).to_have_class("verdict verdict--refused")
    context.close()
    assert [line for line in said if not line.startswith("data:,")] == []


def test_the_page_can_reach_nothing(bench: Page) -> None:
    """The page's content policy holds in the browser: no other script runs, no connection is made."""
    blocked = bench.evaluate("""async () => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.body.append(script);
      const connected = await fetch("/health").then(() => true, () => false);
      return [window.intruder === undefined, connected];
    }""")
    assert blocked == [True, False]
