"""`hled serve --mirror`: the same pages from a copy, by another process; a false copy is refused."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client

from hled.cli.__main__ import main
from hled.record.objects import ObjectStore
from hled.record.proofs import Receipt
from hled.web.record import queries
from tests.web.record.publishing import Publisher, governments

PAGES = (
    "",
    "actions/",
    "actions/supply-chain-working-group/",
    "events/",
    "lines/5/",
    "silent/",
    "sources/",
    "sources/wh-2022-09-12-fs/",
    "bodies/",
    "agencies/us-state/",
    "meetings/",
    "discrepancies/",
    "search/?q=forum",
    "record/checkpoints/",
    "record/local/0/",
    "record/history/urn:hled:action:supply-chain-working-group/",
)


@pytest.fixture
def publisher(home) -> Publisher:
    """The bundled record, cosigned by both governments."""
    found = Publisher(home, governments())
    found.publish()
    return found


@pytest.fixture
def copy(publisher, record, tmp_path) -> Path:
    """An export of it."""
    assert record("export", tmp_path / "copy")[0] == 0
    return tmp_path / "copy"


def started(copy: Path, folder: Path, port: int) -> "subprocess.Popen[str]":
    """Serve a copy, with an own home that has the collected files of the design system."""
    (folder / "own" / "static").mkdir(parents=True)
    (folder / "own" / "static" / "staticfiles.json").write_text("{}")
    (folder / "temporary").mkdir()
    places = {"HLED_HOME": str(folder / "own"), "TMPDIR": str(folder / "temporary")}
    command = [sys.executable, "-m", "hled.cli", "serve", "--mirror", str(copy), "--workers", "1"]
    return subprocess.Popen(
        [*command, "--port", str(port), "--language", "en"],
        env={**os.environ, **places, "DJANGO_SETTINGS_MODULE": "hled.web.settings.test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Site:
    """A mirror that answers on a port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, method: str = "GET") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()


@contextmanager
def mirror(copy: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy until the end of the block."""
    found = Site(free_port())
    process = started(copy, folder, found.port)
    try:
        for _ in range(600):
            if process.poll() is not None:
                pytest.fail(f"it stopped: {process.stdout and process.stdout.read()}")
            try:
                if found.ask("/ready")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert list((folder / "temporary").glob("hled-mirror-*")) == []  # nothing is left behind


@pytest.fixture
def site(copy, tmp_path) -> Iterator[Site]:
    with mirror(copy, tmp_path) as found:
        yield found


def shown(page: bytes) -> str:
    found = re.search(r"<main.*?</main>", page.decode(), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.slow
def test_a_mirror_serves_the_whole_site_and_takes_nothing_in(site, publisher, home):
    for language in ("en", "es"):
        for path in PAGES:
            status, page = site.ask(f"/{language}/{path}")
            assert status == 200, path
            assert shown(page) == shown(Client().get(f"/{language}/{path}").content), path
            assert ("Read-only mirror." if language == "en" else "solo lectura") in page.decode()
    proof, entry, policy = (
        site.ask(f"/record/{path}")[1] for path in ("local/9.tlog-proof", "local/9.json", "policy")
    )
    assert policy.decode() == publisher.policy().text
    assert Receipt.parse(proof).verify(entry, publisher.policy()).checkpoint.size == queries.head().size
    for path in ("/en/report-error/", "/api/v1/overview", "/record/policy"):
        assert site.ask(path, "POST")[0] == 405
    assert site.ask("/en/evidence/border.flows/")[0] in {404, 503}  # nobody calculates on a mirror


def refused(copy: Path, folder: Path) -> str:
    process = started(copy, folder, free_port())
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2, said
    assert list((folder / "temporary").glob("hled-mirror-*")) == []
    return " ".join(said.split())


@pytest.mark.slow
def test_a_changed_entry_is_not_served(copy, tmp_path):
    bundle = copy / "record" / "local" / "tile" / "entries" / "000"
    data = bytearray(bundle.read_bytes())
    data[1000] ^= 1
    bundle.write_bytes(data)
    assert "is not served." in refused(copy, tmp_path)


@pytest.mark.slow
def test_a_checkpoint_that_one_government_did_not_sign_is_not_served(publisher, home, record, tmp_path):
    for file in (publisher.record / "local").glob("checkpoint*"):
        file.unlink()
    publisher.publish("us")
    assert record("export", tmp_path / "copy")[0] == 0
    assert "No checkpoint of “local” satisfies the policy." in refused(tmp_path / "copy", tmp_path)


def test_a_folder_without_a_record_is_named(tmp_path, capsys):
    for language, words in (
        ("en", "holds no copy of the record"),
        ("es", "no contiene una copia del registro"),
    ):
        code = main(["serve", "--mirror", str(tmp_path), "--port", str(free_port()), "--language", language])
        assert code == 2
        assert words in capsys.readouterr().err
    assert "HLED_READ_ONLY" not in os.environ


@pytest.mark.slow
def test_the_bodies_come_with_the_copy(publisher, home, record, tmp_path):
    from hled.web.agenda import actions
    from hled.workplan import attachments

    data = b"An official text.\n"
    source = "wh-2022-09-12-fs"
    made = actions.attach(attachments.described(source, "text.txt", data, language="en"), data)
    publisher.publish()
    assert record("export", tmp_path / "copy")[0] == 0
    checksum = made.attachment.sha256
    assert ObjectStore(tmp_path / "copy" / "record" / "objects" / "sha256").read(checksum) == data
    with mirror(tmp_path / "copy", tmp_path) as site:
        assert site.ask(f"/record/objects/sha256/{checksum[:2]}/{checksum[2:]}") == (200, data)
        assert site.ask(f"/en/sources/{source}/texts/{checksum}") == (200, data)
