"""A node in the shell: both languages, exit codes, and what an operator is told to do next."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from hled.cli.__main__ import main
from hled.cli.turns import Turns
from hled.language import Bilingual, DialogueError
from hled.record.log_files import CHECKPOINT, PENDING
from hled.record.notes import parse_note
from hled.web.nodes.home import Home
from hled.web.record import queries
from tests.web.nodes.conftest import append, cut
from tests.web.nodes.other import OtherNode, acts


@pytest.fixture
def home(loaded: None, settings: Settings, tmp_path: Path) -> Home:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Home(settings.HOME)


@pytest.fixture
def mexico(tmp_path: Path) -> OtherNode:
    return OtherNode(tmp_path / "mexico")


def do(*words: str | Path, code: int = 0) -> None:
    assert main([*map(str, words), "--language", "en"]) == code


@pytest.fixture
def joined(home: Home, mexico: OtherNode, tmp_path: Path) -> Home:
    do("node", "init", "--party", "US", "--address", "https://us.example/")
    do("node", "join", mexico.card(tmp_path / "mx.card"))
    do("node", "sign", "--once")
    return home


def test_init_prints_the_card_and_what_comes_next(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    do("node", "init", "--party", "US", "--address", "https://us.example/")
    said = capsys.readouterr().out
    assert home.card.read_text() in said
    assert "hled node join" in said
    assert "United States" in said
    assert "PRIVATE" not in said
    assert main(["node", "init", "--party", "MX", "--address", "https://x.example", "--language", "es"]) == 2
    assert "nunca se sobrescribe" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--party", "US"], ["--address", "https://us.example"]])
def test_init_needs_both(home: Home, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["node", "init", *words, "--language", "es"]) == 2
    assert "--party US|MX" in capsys.readouterr().err


def test_join_explains_the_policy(
    home: Home, mexico: OtherNode, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    do("node", "init", "--party", "US", "--address", "https://us.example")
    capsys.readouterr()
    assert main(["node", "join", str(mexico.card(tmp_path / "card")), "--language", "es"]) == 0
    said = capsys.readouterr().out
    assert "Consta en el registro solo lo que" in said
    assert "SHA-256" in said
    assert main(["node", "join", str(tmp_path / "none"), "--language", "es"]) == 2
    assert "no es una tarjeta" in capsys.readouterr().err


def test_sign_once(joined: Home, capsys: pytest.CaptureFixture[str]) -> None:
    size = queries.log("us").size
    assert (joined.log("us") / PENDING).is_file()
    capsys.readouterr()
    append(1)
    assert main(["node", "sign", "--once", "--language", "es"]) == 0
    assert capsys.readouterr().out == f"us.example/record/us: {size + 1:,} asientos firmados\n"


def test_follow_once_says_what_it_found(
    joined: Home, mexico: OtherNode, capsys: pytest.CaptureFixture[str]
) -> None:
    mexico.publish(acts(0, 3))
    do("node", "follow", mexico.folder, "--once")
    said = capsys.readouterr()
    assert f"mx: 3 entries, 3 new; on the record: 0 ({mexico.folder})" in said.out
    mexico.restart()
    mexico.publish(acts(0, 3, says="forged"))
    assert main(["node", "follow", str(mexico.folder), "--once", "--language", "es"]) == 1
    assert "BIFURCACIÓN" in capsys.readouterr().err


def test_follow_asks_the_addresses_of_the_policy(joined: Home, capsys: pytest.CaptureFixture[str]) -> None:
    (joined.record / "policy").write_text(
        (joined.record / "policy").read_text().replace("https://mx.example/", "http://127.0.0.1:9/")
    )
    do("node", "follow", "--once", code=1)
    assert "127.0.0.1 leads into a private network" in capsys.readouterr().err
    do("sync", "--private", code=1)
    assert "http://127.0.0.1:9/record does not answer" in capsys.readouterr().err


def test_nobody_to_follow(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    do("prepare")
    do("node", "follow", "--once", code=2)
    assert "No other node is known" in capsys.readouterr().err


def test_prepare_makes_a_demonstration_that_signs(home: Home) -> None:
    do("prepare")
    do("node", "sign", "--once")
    assert (home.log("local") / CHECKPOINT).is_file()
    key = (home.keys / "log.key").read_bytes()
    do("prepare")
    assert (home.keys / "log.key").read_bytes() == key


def test_a_mirror_gets_no_keys(home: Home, settings: Settings) -> None:
    settings.READ_ONLY = True
    do("prepare")
    assert not home.keys.exists()


def test_rotate(joined: Home, capsys: pytest.CaptureFixture[str]) -> None:
    do("node", "rotate", "--role", "log")
    assert "old us.example/record/us+" in capsys.readouterr().out
    do("node", "rotate", "--role", "cosigner")
    assert capsys.readouterr().out.count("old us.example/cosigner/us") == 2
    do("node", "sign", "--once")
    assert joined.policy().signed(parse_note((joined.log("us") / PENDING).read_bytes()))
    do("node", "rotate", code=2)


def test_heal(joined: Home, capsys: pytest.CaptureFixture[str]) -> None:
    size = queries.log("us").size
    append(4)
    do("node", "sign", "--once")
    cut(size)
    assert main(["node", "sign", "--once", "--language", "es"]) == 2
    assert "se restauró un respaldo anterior" in capsys.readouterr().err
    assert main(["node", "heal", str(joined.root), "--language", "es"]) == 0
    assert f"us: regresaron 4 asientos; ahora se conservan {size + 4:,}." in capsys.readouterr().out
    do("node", "sign", "--once")


def test_heal_says_what_is_still_missing(
    joined: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = queries.log("us").size
    append(1, "exported")
    do("node", "sign", "--once")
    do("record", "export", tmp_path / "copy")
    append(4)
    do("node", "sign", "--once")
    cut(size)
    do("node", "heal", tmp_path / "copy", code=1)
    assert "4 entries that this node signed are still missing" in capsys.readouterr().out


def test_sync_with_a_file(joined: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick = tmp_path / "stick"
    do("sync", "--file", stick)
    assert stick.is_file()
    assert "run the same command there" in capsys.readouterr().out
    do("sync", "--file", stick)  # its own stick again: nothing new, nothing wrong
    stick.write_bytes(b"no stick")
    assert main(["sync", "--file", str(stick), "--language", "es"]) == 2
    assert "no sirve como memoria" in capsys.readouterr().err
    assert stick.read_bytes() == b"no stick"
    assert main(["sync", "--file", str(stick), "--private", "--language", "es"]) == 2
    assert "no usa ninguna red" in capsys.readouterr().err


def test_sync_with_a_file_asks_no_witness(
    joined: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("hled.web.nodes.ours.asked_of", lambda *_: {"": ()})
    monkeypatch.setattr("hled.web.nodes.ours.ask_witness", asked)
    do("sync", "--file", tmp_path / "stick")


def test_two_exchanges_at_once_are_said(
    joined: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hled.web.nodes.follower.PATIENCE", 0.01)
    with joined.held("follow"):
        assert main(["sync", "--file", str(tmp_path / "stick"), "--language", "es"]) == 2
    assert "Otro proceso de este nodo" in capsys.readouterr().err
    do("sync", "--file", tmp_path / "stick")


class _Odd(DialogueError):
    code = "test.odd"


def test_turns_say_trouble_once_and_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hled.cli.turns.AFTER_TROUBLE", 0.0)
    happen = iter(["odd", "odd", "disk", "fine", "odd", "stop"])

    def turn() -> list[str]:
        match next(happen):
            case "odd":
                raise _Odd(Bilingual("odd", "raro"))
            case "disk":
                raise OSError("no space left")
            case "stop":
                threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
                time.sleep(0.2)
        return ["done"]

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        Turns("es").run(turn, 0.0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    said = capsys.readouterr()
    assert said.out == "done\ndone\n"
    assert [line[:20] for line in said.err.splitlines()] == ["raro", "El disco o la base d", "raro"]
