"""Witnesses of society: asked when both governments have cosigned, and heard when they refuse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from hled.fetch import Reach
from hled.record.log_files import PENDING
from hled.record.notes import SigningKey, VerifierKey, parse_note
from hled.record.witness import FileStore, Witness
from hled.record.witness_wsgi import wsgi
from hled.web.nodes import actions
from hled.web.nodes.follower import Follower, Met, go_round
from hled.web.nodes.home import Home
from hled.web.nodes.keyring import ALGORITHMS, COSIGNERS, LOG, Keyring
from hled.web.nodes.signer import Signer
from tests.web.nodes.conftest import US, append
from tests.web.nodes.other import OtherNode, acts


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextmanager
def witness(folder: Path, keys: tuple[SigningKey, ...], logs: tuple[VerifierKey, ...]) -> Iterator[str]:
    """A witness on loopback; yields its address."""
    application = wsgi(Witness(keys, logs, FileStore(folder)))
    with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def keys() -> tuple[SigningKey, ...]:
    return tuple(SigningKey.generate(f"unam.example/{role}", ALGORITHMS[role]) for role in COSIGNERS)


def ready(home: Home, mexico: OtherNode, card: str, tmp_path: Path) -> None:
    """Join with a witness that must cosign; Mexico has cosigned the five entries of the United States."""
    actions.begin(home, US)
    (tmp_path / "unam.card").write_text(card)
    actions.join(home, [mexico.card(tmp_path / "mx.card"), tmp_path / "unam.card"], society=1)
    append(5)
    Signer(home).step()
    mexico.publish(acts(0, 1))
    ours = home.log("us")
    mexico.cosign(parse_note((ours / PENDING).read_bytes()), ours, 5, home.policy())


def card_at(address: str, keys: tuple[SigningKey, ...]) -> str:
    names = ("unam", "unam-pq")
    return "".join(
        f"witness {name} {key.verifier} {address}\n" for name, key in zip(names, keys, strict=True)
    )


def ours(home: Home, mexico: OtherNode) -> Met:
    found = go_round(Follower(home, Reach.PRIVATE), [lambda: mexico.peer])
    assert [item.problem for item in found[:-1] if item.problem] == []
    return found[-1]


def test_a_witness_that_watches_other_logs_refuses(
    nobody: Home, mexico: OtherNode, tmp_path: Path, keys: tuple[SigningKey, ...]
) -> None:
    with witness(tmp_path / "state", keys, (mexico.keys[LOG].verifier,)) as address:
        ready(nobody, mexico, card_at(address, keys), tmp_path)
        found = ours(nobody, mexico)
    assert found.problem is not None
    assert found.problem.code == "node.witness_refuses"
    assert "does not watch the log" in found.problem.text("es")


def test_a_witness_that_is_down_is_said_and_asked_again(
    nobody: Home, mexico: OtherNode, tmp_path: Path, keys: tuple[SigningKey, ...]
) -> None:
    ready(nobody, mexico, card_at("http://127.0.0.1:9", keys), tmp_path)
    found = ours(nobody, mexico)
    assert found.problem is not None
    assert found.problem.code == "fetch.unreachable"
    log = Keyring(nobody.keys).read(LOG).verifier
    with witness(tmp_path / "state", keys, (log,)) as address:
        policy = (nobody.record / "policy").read_text()
        (nobody.record / "policy").write_text(policy.replace("http://127.0.0.1:9", address))
        found = ours(nobody, mexico)
    assert (found.problem, found.on_record) == (None, 5)
    complete = nobody.policy().accept(parse_note((nobody.log("us") / "checkpoint").read_bytes()))
    assert set(complete.cosigned) == {"us", "us-pq", "mx", "mx-pq", "unam", "unam-pq"}


def test_no_witness_is_asked_before_both_governments_have_cosigned(
    nobody: Home, mexico: OtherNode, tmp_path: Path, keys: tuple[SigningKey, ...]
) -> None:
    ready(nobody, mexico, card_at("http://127.0.0.1:9", keys), tmp_path)
    for path in (mexico.folder / "cosigned").rglob("checkpoint"):
        path.unlink()
    found = ours(nobody, mexico)
    assert (found.problem, found.on_record) == (None, 0)
