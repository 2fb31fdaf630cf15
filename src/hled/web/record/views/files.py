"""The files of the record, for followers, witnesses, verifiers and anybody who wants a copy.

They are those that any web server could serve from HLED_HOME/record, and the bodies beside them; an address
can name nothing else. A body may be a page or a script of a stranger's: it goes out as a file to keep, never
to be run. Serves the promise of transparency under every work-plan line.
"""

import hashlib
from pathlib import Path
from typing import Final, NoReturn

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

import hled.record
from hled.language import Bilingual
from hled.record.errors import MissingFileError, TileError
from hled.record.log_files import CHECKPOINT, PENDING, read_folder
from hled.record.objects import DamagedObjectError, MissingObjectError
from hled.web import content_policy
from hled.web.design.problems import asked_language, problem
from hled.web.policy import ANYONE, grant
from hled.web.record import queries, receipts
from hled.web.record.errors import NoSuchFileError
from hled.web.record.mass import personal_receipt

TEXT: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
SECONDS: Final = "public, max-age=5"
A_MINUTE: Final = "public, max-age=60"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
ALONE: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
PUBLIC: Final = {"policy": TEXT, "keys.json": JSON, "card": TEXT}
VERIFIER: Final = Path(hled.record.__file__).parent / "verify_record.py"
MAX_PUBLIC: Final = 4 * 1024 * 1024


@grant(ANYONE)
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Lead from the address of the files to the page about them."""
    return redirect(f"/{asked_language(request)}/record/")


@grant(ANYONE)
@require_safe
def public(request: HttpRequest, name: str) -> HttpResponse:
    """Send the policy, the history of the keys, or the card of this node."""
    return _file(request, _read(receipts.folder() / name), PUBLIC[name], kept=A_MINUTE)


@grant(ANYONE)
@require_safe
def exhibit(request: HttpRequest, name: str) -> HttpResponse:
    """Send a file of an exhibit: what a log signed that contradicts what it had signed before."""
    return _file(request, _read(receipts.folder() / receipts.EXHIBITS / name), TEXT, kept=A_MINUTE)


@grant(ANYONE)
@require_safe
def checkpoint(request: HttpRequest, log: str) -> HttpResponse:
    """Send the newest checkpoint of a log that satisfies the policy."""
    return _of_log(request, log, CHECKPOINT)


@grant(ANYONE)
@require_safe
def pending(request: HttpRequest, log: str) -> HttpResponse:
    """Send the newest checkpoint of a log, with the cosignatures so far."""
    return _of_log(request, log, PENDING)


@grant(ANYONE)
@require_safe
@gzip_page
def tile(request: HttpRequest, log: str, path: str) -> HttpResponse:
    """Send a tile of hashes or a bundle of entries, which never change."""
    return _of_log(request, log, f"tile/{path}")


@grant(ANYONE)
@require_safe
def cosigned(request: HttpRequest, origin: str) -> HttpResponse:
    """Send the newest checkpoint that this node cosigned, of the log whose origin has this SHA-256."""
    return _of_log(request, f"cosigned/{origin}", CHECKPOINT)


@grant(ANYONE)
@require_safe
def entry(request: HttpRequest, log: str, index: int) -> HttpResponse:
    """Send the exact bytes of an entry."""
    data = queries.raw(log, index)
    found = receipts.complete(log)
    is_fixed = found is not None and index < found.checkpoint.size
    return _file(request, data, JSON, kept=FOR_GOOD if is_fixed else SECONDS, name=f"{log}-{index}.json")


@grant(ANYONE)
@require_safe
def proof(request: HttpRequest, log: str, index: int) -> HttpResponse:
    """Send the receipt of an entry, below 2 KB: everything but the large cosignatures."""
    data = receipts.receipt(log, index).classic().encode()
    return _file(request, data, TEXT, kept=A_MINUTE, name=f"{log}-{index}.tlog-proof")


@grant(ANYONE)
@require_safe
def hybrid_proof(request: HttpRequest, log: str, index: int) -> HttpResponse:
    """Send the receipt of an entry with every cosignature, those against quantum computers too."""
    data = receipts.receipt(log, index).encode()
    return _file(request, data, TEXT, kept=A_MINUTE, name=f"{log}-{index}.hybrid.tlog-proof")


@grant(ANYONE)
@require_safe
def personal_proof(request: HttpRequest, log: str, index: int, item: int) -> HttpResponse:
    """Send the receipt of one act of a batch."""
    data = personal_receipt(log, index, item).encode()
    return _file(request, data, TEXT, kept=A_MINUTE, name=f"{log}-{index}-{item}.tlog-proof")


@grant(ANYONE)
@require_safe
def body(request: HttpRequest, checksum: str) -> HttpResponse:
    """Send the bytes that an entry names by their SHA-256."""
    try:
        data = queries.objects().read(checksum)
    except (MissingObjectError, DamagedObjectError) as error:
        return problem(request, 404, error.code, error.message)
    return _file(request, data, BYTES, kept=FOR_GOOD, name=checksum)


@grant(ANYONE)
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """Send the verifier that is one Python file."""
    python = "text/x-python; charset=utf-8"
    return _file(request, VERIFIER.read_bytes(), python, kept=A_MINUTE, name=VERIFIER.name)


@grant(ANYONE)
@require_safe
def nothing(request: HttpRequest, path: str) -> NoReturn:
    """Say in plain words that the record has no such file."""
    del request, path  # neither is shown back
    raise _missing()


def _of_log(request: HttpRequest, log: str, path: str) -> HttpResponse:
    """Send a file of a log; `read_folder` knows which paths can be one."""
    try:
        data = read_folder(receipts.folder() / log)(path)
    except MissingFileError as error:
        raise _missing() from error
    except TileError as error:  # larger than it can be
        return problem(request, 404, error.code, error.message)
    changes = path in {CHECKPOINT, PENDING}
    return _file(request, data, TEXT if changes else BYTES, kept=SECONDS if changes else FOR_GOOD)


def _read(place: Path) -> bytes:
    try:
        with place.open("rb") as file:
            return file.read(MAX_PUBLIC)
    except OSError as error:
        raise _missing() from error


def _file(request: HttpRequest, data: bytes, media_type: str, *, kept: str, name: str = "") -> HttpResponse:
    """Send bytes with validators; with a `name` they are kept as a file, not shown."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type=media_type)
    response[content_policy.HEADER] = ALONE
    response["Cache-Control"] = kept
    response["ETag"] = etag
    response["Content-Length"] = str(len(data))
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    unchanged = get_conditional_response(request, etag=etag, response=response)
    return unchanged if unchanged is not None else response


def _missing() -> NoSuchFileError:
    return NoSuchFileError(
        Bilingual(
            en="The record has no such file. The address may be mistyped, or the file is not published yet.",
            es="El registro no tiene ese archivo. La dirección puede tener un error, o el archivo aún no se "
            "ha publicado.",
        )
    )
