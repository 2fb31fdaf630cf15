"""Public pages answered without work: they depend on the record's head, the code, the day and the address.

A view marked `@from_record` shows nothing but what follows from the record. Its page gets an ETag made of
those four things; an unchanged page is a 304 before any view runs, and a page already made at this head is
sent again as it was, compressed once. Everything else passes through untouched.
"""

import datetime as dt
import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from hled.web.record.queries import head

View = TypeVar("View", bound=Callable[..., object])
Respond = Callable[[HttpRequest], HttpResponseBase]

MAX_PAGES: Final = 2_000
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_KEY: Final = 500
_PUBLIC: Final = re.compile(r"/(en|es|api)/")


def from_record(view: View) -> View:
    """Mark a view whose answer follows from the record, the address and the day alone."""
    view.from_record = True  # type: ignore[attr-defined]  # functions take attributes
    return view


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: headers worth repeating, the plain body and the gzip body."""

    etag: str
    content_type: str
    disposition: str
    body: bytes
    packed: bytes


class PublicPages:
    """Serves pages marked `@from_record` from memory, with strong validators."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where the page is known at this head; else make it, and keep it if it may be kept."""
        key = request.build_absolute_uri()  # with the host: pages may name their own full address
        if request.method not in {"GET", "HEAD"} or len(key) > MAX_KEY or not _PUBLIC.match(request.path):
            return self.respond(request)
        etag = _etag(key)
        page = self._pages.get(key)
        if page is None or page.etag != etag:
            response = self.respond(request)
            if not _may_keep(request, response):
                return response
            page = self._keep(key, etag, response)
        return _send(request, page)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> None:
        """Remember whether the view that answers is marked `@from_record`."""
        request.from_record = getattr(view, "from_record", False)  # type: ignore[attr-defined]

    def _keep(self, key: str, etag: str, response: HttpResponse) -> Page:
        page = Page(
            etag=etag,
            content_type=response["Content-Type"],
            disposition=response.headers.get("Content-Disposition", ""),
            body=response.content,
            packed=gzip.compress(response.content, 6, mtime=0),
        )
        with self._lock:
            old = self._pages.pop(key, None)
            self._bytes -= _size(old) if old else 0
            self._pages[key] = page
            self._bytes += _size(page)
            while len(self._pages) > MAX_PAGES or self._bytes > MAX_BYTES:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= _size(dropped)
        return page


def _size(page: Page) -> int:
    return len(page.body) + len(page.packed)


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and getattr(request, "from_record", False)
    )


def _etag(key: str) -> str:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    now = head()
    return '"' + hashlib.sha256(f"{code_version()}|{now.size}|{now.last}|{today}|{key}".encode()).hexdigest()[:32] + '"'


_shown_from: Final = [Path(__file__).resolve().parent.parent]


def depends_on(folder: Path) -> None:
    """Let pages change with the files of one more folder; called while the apps start."""
    _shown_from.append(folder)


@cache
def code_version() -> str:
    """Return a checksum of the sources, templates, messages and documents shown, read once a process."""
    digest = hashlib.sha256()
    for path in sorted(file for folder in _shown_from for file in folder.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".mo", ".toml", ".json", ".md"} and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _send(request: HttpRequest, page: Page) -> HttpResponse:
    if page.etag in request.headers.get("If-None-Match", "").replace("W/", ""):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed, content_type=page.content_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
    if page.disposition:
        response["Content-Disposition"] = page.disposition
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
