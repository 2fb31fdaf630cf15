"""A witness behind any web server: `POST /add-checkpoint`, and what it cosigned, as a WSGI application.

A university or an organisation runs it with any WSGI server and one folder of state. Bodies are bounded
before they are read. It serves the promise of transparency under every work-plan line.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from hled.record.errors import WitnessStateError
from hled.record.witness import Answer, Witness
from hled.record.witness_messages import MAX_BODY

_PUBLISHED: Final = re.compile(r"/([0-9a-f]{64})/checkpoint\Z")


def wsgi(witness: Witness) -> WSGIApplication:
    """Return the application that serves a witness below the address where it is mounted."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _answer(witness, environ)
        body = b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body
        headers = [
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [body]

    return application


def _answer(witness: Witness, environ: WSGIEnvironment) -> Answer:
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    if path == "/add-checkpoint":
        return _add(witness, environ) if method == "POST" else Answer(405, b"POST\n")
    found = _PUBLISHED.match(path)
    if not found:
        return Answer(404, b"")
    if method not in {"GET", "HEAD"}:
        return Answer(405, b"GET\n")
    return _published(witness, found[1])


def _published(witness: Witness, name: str) -> Answer:
    try:
        data = witness.published(name)
    except WitnessStateError as error:
        return Answer(500, f"{error.text('en')}\n{error.text('es')}\n".encode())
    return Answer(404, b"") if data is None else Answer(200, data)


def _add(witness: Witness, environ: WSGIEnvironment) -> Answer:
    length = environ.get("CONTENT_LENGTH", "")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        return Answer(411, b"")
    if int(length) > MAX_BODY:
        return Answer(413, b"")
    return witness.add_checkpoint(environ["wsgi.input"].read(int(length)))
