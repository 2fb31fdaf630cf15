"""A witness behind a web server: two addresses, bounded bodies, the status codes of the specification."""

import hashlib
import io
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from hled.record.notes import Note
from hled.record.witness import FileStore, Witness
from hled.record.witness_messages import MAX_BODY, cosignatures_from, request_for
from hled.record.witness_wsgi import wsgi
from tests.record.logs import AT, LOG, ORIGIN, US, entries, log_of

PLACE = f"/{hashlib.sha256(ORIGIN.encode()).hexdigest()}/checkpoint"


@pytest.fixture
def ask(tmp_path):
    """Ask the service as a web server would, with the checks of the standard library."""
    service = validator(wsgi(Witness((US,), (LOG.verifier,), FileStore(tmp_path), clock=lambda: AT)))

    def ask(method: str, path: str, body: bytes = b"", *, length: str | None = None):
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "/witness",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "wsgi.input": io.BytesIO(body),
        }
        setup_testing_defaults(environ)
        environ["CONTENT_LENGTH"] = str(len(body)) if length is None else length
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=int(status.split()[0]), headers=dict(headers))
            return lambda data: None

        parts = service(environ, start_response)
        answer["body"] = b"".join(parts)
        parts.close()
        return answer["status"], answer["headers"], answer["body"]

    return ask


def request(size: int, old: int) -> bytes:
    log = log_of(entries(size))
    text = log.checkpoint.text
    return request_for(old, Note(text, (LOG.sign(text),)), log.reader).encode()


def test_a_checkpoint_is_cosigned_and_published(ask):
    assert ask("GET", PLACE)[0] == 404
    status, headers, body = ask("POST", "/add-checkpoint", request(5, 0))
    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert int(headers["Content-Length"]) == len(body)
    assert cosignatures_from(body, log_of(entries(5)).note, [US.verifier])
    status, headers, published = ask("GET", PLACE)
    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert published.startswith(log_of(entries(5)).checkpoint.text.encode())
    assert published.endswith(body)
    assert ask("HEAD", PLACE) == (200, headers, b"")


def test_a_conflict_answers_the_size(ask):
    ask("POST", "/add-checkpoint", request(5, 0))
    status, headers, body = ask("POST", "/add-checkpoint", request(7, 3))
    assert (status, headers["Content-Type"], body) == (409, "text/x.tlog.size", b"5\n")


def test_bodies_are_bounded_before_they_are_read(ask):
    assert ask("POST", "/add-checkpoint", b"", length=str(MAX_BODY + 1))[0] == 413
    assert ask("POST", "/add-checkpoint", b"", length="")[0] == 411
    assert ask("POST", "/add-checkpoint", b"x" * MAX_BODY)[0] == 400
    assert ask("POST", "/add-checkpoint", b"")[0] == 400
    good = request(5, 0)
    assert ask("POST", "/add-checkpoint", good + b"more", length=str(len(good)))[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/add-checkpoint", 405),
        ("PUT", "/add-checkpoint", 405),
        ("POST", PLACE, 405),
        ("GET", "/", 404),
        ("GET", "", 404),
        ("GET", PLACE + "/", 404),
        ("GET", PLACE.upper(), 404),
        ("GET", f"/{'0' * 64}/checkpoint", 404),
        ("GET", f"/../{PLACE}", 404),
        ("POST", "/add-checkpoint/", 404),
    ],
)
def test_nothing_else_is_served(ask, method, path, status):
    assert ask(method, path)[0] == status


def test_a_state_that_cannot_be_read_is_said(ask, tmp_path):
    (tmp_path / PLACE[1:]).mkdir(parents=True)
    status, _headers, body = ask("GET", PLACE)
    assert status == 500
    assert "testigo" in body.decode()
