"""Outgoing connections: files come whole and bounded, private networks are not reached by accident."""

import datetime as dt
import socket
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from hled.fetch import (
    AddressError,
    AnswerError,
    AnswerTooLargeError,
    Limits,
    NotThereError,
    Reach,
    Source,
    UnreachableError,
    log_reader,
)
from hled.record.errors import TileError
from tests.fetch.server import plain, serving

QUICK = Limits(connect=1, pause=0.4, whole=0.8, busy=0.01)


def source(url: str, limits: Limits = QUICK) -> Source:
    return Source(url, reach=Reach.PRIVATE, limits=limits)


def test_a_file_comes_whole_and_the_connection_is_kept() -> None:
    seen: list[tuple[object, str, str | None]] = []
    hosts: set[str] = set()

    def answer(asked: BaseHTTPRequestHandler) -> None:
        seen.append((asked.client_address, asked.path, asked.headers["Accept-Encoding"]))
        hosts.update(asked.headers.get_all("Host"))
        plain(asked, b"x" * 1000)

    with serving(answer) as url, source(f"{url}/record/us/") as peer:
        assert peer.read("tile/0/x001/000", 1000) == b"x" * 1000
        assert peer.read("checkpoint", 1000) == b"x" * 1000
    assert [path for _, path, _ in seen] == ["/record/us/tile/0/x001/000", "/record/us/checkpoint"]
    assert len({client for client, _, _ in seen}) == 1
    assert {encoding for _, _, encoding in seen} == {"identity"}
    assert hosts == {url.removeprefix("http://")}


def test_a_chunked_file_and_one_of_a_closing_server() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        if asked.path == "/closing":
            return plain(asked, b"end", Connection="close")
        asked.send_response(200)
        asked.send_header("Transfer-Encoding", "chunked")
        asked.end_headers()
        asked.wfile.write(b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")
        return None

    with serving(answer) as url, source(url) as peer:
        assert [peer.read(path, 3) for path in ("a", "closing", "b", "closing", "a")] == [
            b"abc",
            b"end",
            b"abc",
            b"end",
            b"abc",
        ]
        with pytest.raises(AnswerTooLargeError):
            peer.read("a", 2)


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (404, {}, NotThereError),
        (410, {}, NotThereError),
        (302, {"Location": "/else"}, AnswerError),
        (500, {}, AnswerError),
        (200, {"Content-Encoding": "gzip"}, AnswerError),
    ],
)
def test_what_is_no_file_is_refused(status: int, headers: dict[str, str], error: type[AnswerError]) -> None:
    with serving(lambda asked: plain(asked, b"x", status, **headers)) as url, pytest.raises(error) as found:
        source(url).read("checkpoint", 10)
    assert found.value.code.startswith("fetch.")
    assert "checkpoint" in found.value.message.es


def test_a_file_past_its_bound_is_not_even_read() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", str(10**12))
        asked.end_headers()

    with serving(answer) as url, source(url) as peer, pytest.raises(AnswerTooLargeError, match="1,000"):
        peer.read("checkpoint", 1000)


def test_a_cut_off_file_is_not_taken() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        if asked.path == "/cut":
            asked.send_header("Content-Length", "8")
        asked.end_headers()
        asked.wfile.write(b"half")
        asked.close_connection = True

    with serving(answer) as url, source(url) as peer:
        for path, error in (("cut", UnreachableError), ("unbounded", AnswerError)):
            with pytest.raises(error):
                peer.read(path, 10)


def test_a_dribbling_server_is_cut_off() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "1000")
        asked.end_headers()
        for _ in range(40):
            try:
                asked.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    begun = time.monotonic()
    with serving(answer) as url:
        with source(url) as peer, pytest.raises(UnreachableError):
            peer.read("slow", 1000)
        assert time.monotonic() - begun < 1.5


def test_a_connection_closed_meanwhile_is_opened_again() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        plain(asked, b"x")
        asked.close_connection = True  # without saying so

    with serving(answer) as url, source(url) as peer:
        assert [peer.read("a", 1) for _ in range(3)] == [b"x"] * 3


def test_a_busy_server_is_given_time_and_not_for_ever() -> None:
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        busy = request.path == "/never" or len(asked) < 3
        plain(request, b"x", 429 if busy else 200, Retry_After="9" if len(asked) == 1 else "soon")

    with serving(answer) as url, source(url) as peer:
        assert peer.read("a", 1) == b"x"
        asked.clear()
        with pytest.raises(AnswerError, match="429"):
            peer.read("never", 1)
    assert len(asked) == 6


def test_nobody_there() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with source(url) as peer, pytest.raises(UnreachableError, match="does not answer"):
            peer.read("checkpoint", 10)


def test_post_gives_back_status_and_body() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers["Content-Length"]))
        plain(asked, body.upper(), 409)

    with serving(answer) as url, source(url) as peer:
        reply = peer.post("add-checkpoint", b"old 1", 100)
    assert (reply.status, reply.body) == (409, b"OLD 1")


def test_a_private_network_is_not_reached_unless_allowed() -> None:
    asked: list[str] = []
    with serving(lambda request: asked.append(request.path)) as url:
        for name in (url, url.replace("127.0.0.1", "localhost")):
            with Source(name) as peer, pytest.raises(AddressError, match="--private"):
                peer.read("checkpoint", 10)
    assert asked == []


def test_the_connection_goes_to_the_number_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with a public number first and with this machine afterwards changes nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    reached: list[object] = []

    def look_up(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: object, *_: object) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(UnreachableError):
        Source("http://rebinding.example/").read("checkpoint", 10)
    assert reached == [("93.184.216.34", 80)]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for `localhost` that nobody vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    draft = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    draft = draft.not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    draft = draft.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = draft.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    path = tmp_path / "certificate.pem"
    path.write_bytes(made + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def test_certificates_are_checked(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda asked: plain(asked, b"x"), certificate) as url:
        named = url.replace("127.0.0.1", "localhost")
        with pytest.raises(UnreachableError, match="certificate"):
            source(named).read("checkpoint", 10)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # now the operator vouches for it
        assert source(named).read("checkpoint", 10) == b"x"
        with pytest.raises(UnreachableError, match="certificate"):  # made for another name
            source(url).read("checkpoint", 10)


@pytest.mark.parametrize("path", ["../keys", "a/../b", "/absolute", "a b", "", "a\r\nHost: x", "é"])
def test_odd_paths_are_never_asked(path: str) -> None:
    with pytest.raises(AnswerError):
        Source("http://example.org").read(path, 10)


def test_a_log_says_what_is_missing_as_the_record_does() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        plain(asked, b"y" * (8_193 if asked.path == "/us/tile/0/001" else 32))

    with serving(lambda asked: plain(asked, b"", 404)) as url, pytest.raises(TileError, match="tile/0/000"):
        log_reader(source(url))("tile/0/000")
    with serving(answer) as url, source(f"{url}/us") as peer:
        read = log_reader(peer)
        assert read("tile/0/000.p/1") == b"y" * 32
        with pytest.raises(AnswerTooLargeError, match="8,192"):
            read("tile/0/001")
