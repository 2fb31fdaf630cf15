"""A witness in the shell: its card, and a service that cosigns and refuses."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hled.cli.__main__ import main
from hled.fetch import FetchError, Reach, Source
from hled.record.log_files import read_folder
from hled.record.notes import Algorithm
from hled.record.policies import Policy
from hled.record.tiles import TileReader
from hled.record.witness_messages import cosignatures_from, request_for
from tests.web.nodes.other import OtherNode, acts


def test_init_prints_a_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["witness", "init", "--name", "unam", "--address", "https://unam.example/w/", "--folder"]
    assert main([*words, str(tmp_path), "--language", "es"]) == 0
    card = (tmp_path / "card").read_text()
    assert card in capsys.readouterr().out
    found = Policy.parse(f"{card}quorum none\n".encode()).witnesses
    assert [(item.name, item.key.name, item.url) for item in found] == [
        ("unam", "unam.example/w/unam", "https://unam.example/w"),
        ("unam-pq", "unam.example/w/unam-pq", "https://unam.example/w"),
    ]
    assert [item.key.algorithm for item in found] == [
        Algorithm.COSIGNATURE_ED25519,
        Algorithm.COSIGNATURE_MLDSA44,
    ]
    assert main([*words, str(tmp_path), "--language", "es"]) == 2
    assert "nunca se sobrescribe" in capsys.readouterr().err
    assert (tmp_path / "card").read_text() == card


@pytest.mark.parametrize("name", ["", "us", "none", "UNAM", "a b", "unam-pq"])
def test_names_that_no_witness_can_have(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["witness", "init", "--name", name, "--address", "https://x.example", "--folder", str(tmp_path)]
    assert main([*words, "--language", "en"]) == 2
    assert "--name with small letters" in capsys.readouterr().err


def test_serve_needs_a_policy_and_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["witness", "serve", "--language", "en"]) == 2
    (tmp_path / "policy").write_text("quorum none\n")
    words = ["witness", "serve", "--policy", str(tmp_path / "policy"), "--folder", str(tmp_path)]
    assert main([*words, "--port", "0", "--language", "en"]) == 2
    assert "is missing" in capsys.readouterr().err


@pytest.mark.parametrize("server", ["gunicorn", "wsgiref"])
def test_it_cosigns_and_refuses_a_forged_history(tmp_path: Path, server: str) -> None:
    mexico = OtherNode(tmp_path / "mexico")
    note = mexico.publish(acts(0, 5))
    (tmp_path / "policy").write_text(f"log {mexico.keys['log'].verifier}\nquorum none\n")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    main(["witness", "init", "--name", "unam", "--address", "https://u.example", "--folder", str(tmp_path)])
    keys = [item.key for item in Policy.parse((tmp_path / "card").read_bytes() + b"quorum none\n").witnesses]
    blocked = "" if server == "gunicorn" else "import sys; sys.modules['gunicorn'] = None\n"
    words = ["witness", "serve", "--policy", "policy", "--folder", ".", "--port", str(port)]
    script = f"{blocked}from hled.cli.__main__ import main\nmain({words!r})"
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    ) as process:
        try:
            with Source(f"http://127.0.0.1:{port}", reach=Reach.PRIVATE) as source:
                reader = TileReader(read_folder(mexico.log), 5)
                answer = ask(source, request_for(0, note, reader).encode())
                assert answer.status == 200
                assert len(cosignatures_from(answer.body, note, keys)) == 2
                mexico.restart()
                forged = mexico.publish(acts(0, 9, says="forged"))
                body = request_for(5, forged, TileReader(read_folder(mexico.log), 9)).encode()
                assert ask(source, body).status == 422
        finally:
            process.kill()


def ask(source: Source, body: bytes) -> object:
    """Ask, once the service listens."""
    for _ in range(100):
        try:
            return source.post("add-checkpoint", body, 100_000)
        except FetchError:
            time.sleep(0.05)
    pytest.fail("the witness does not answer")
