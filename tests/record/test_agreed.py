"""The library, the single file and the browser's script say the same of every receipt of one table."""

import base64
import json
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

import hled.web
from hled.language import DialogueError
from hled.record import verify_record
from hled.record.policies import Policy
from hled.record.proofs import Receipt
from tests.record.agreed import ENTRY, Case, cases

SCRIPT = Path(hled.web.__file__).parent / "record/templates/record/verifier/receipt.js"
ASK = """
const fs = require("fs");
(async () => {
  const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
  const said = [];
  for (const [entry, receipt, policy] of JSON.parse(fs.readFileSync(0))) {
    try {
      await verifyReceipt(bytes(entry), bytes(receipt), bytes(policy));
      said.push(true);
    } catch (error) {
      said.push(error instanceof Refused ? false : String(error));
    }
  }
  console.log(JSON.stringify(said));
})();
"""


@pytest.fixture(autouse=True)
def _quick_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each signature is checked once, however often the same bytes come back."""
    monkeypatch.setattr(verify_record, "ed25519_holds", KNOWN)


KNOWN = lru_cache(None)(verify_record.ed25519_holds)


def of_the_library(case: Case) -> bool:
    try:
        Receipt.parse(case.receipt).verify(ENTRY, Policy.parse(case.policy.encode()))
    except DialogueError:
        return False
    return True


def of_the_single_file(case: Case) -> bool:
    try:
        verify_record.verify_receipt(ENTRY, case.receipt, case.policy.encode())
    except verify_record.Refused:
        return False
    return True


@pytest.mark.parametrize("verdict", [of_the_library, of_the_single_file])
def test_one_rule(verdict) -> None:
    differs = {case.name: not case.genuine for case in cases() if verdict(case) != case.genuine}
    assert differs == {}


def test_the_script_of_the_page_has_the_same_rule() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node is not installed: the same table runs in Chromium (make e2e)")
    given = [
        [base64.b64encode(data).decode() for data in (ENTRY, case.receipt, case.policy.encode())]
        for case in cases()
    ]
    done = subprocess.run(
        [node, "-e", SCRIPT.read_text("utf-8") + ASK],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said = zip(cases(), json.loads(done.stdout), strict=True)
    assert {case.name: verdict for case, verdict in said if verdict != case.genuine} == {}
