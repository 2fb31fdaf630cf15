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
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from hled.web import content_policy
from hled.web.kept import code_version
from hled.web.record import receipts
from hled.web.record.queries import head

Respond = Callable[[HttpRequest], HttpResponseBase]

MAX_PAGES: Final = 2_000
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_KEY: Final = 500
_PUBLIC: Final = re.compile(r"/(en|es|api)/")
_OF_RECORD: Final = re.compile(r"/(en|es|api/v1)/record/")  # their pages change with every signature too
_REPEATED: Final = ("Content-Type", "Content-Disposition", "Content-Language", content_policy.HEADER)
_GZIP: Final = re.compile(
    r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: headers worth repeating, the plain body and the gzip body."""

    etag: str
    headers: dict[str, str]
    body: bytes
    packed: bytes


class PublicPages:
    """Serves pages marked `@from_record` from memory, with validators; `RateLimit` bounds the making."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where the page is known at this head; else make it, and keep it if allowed."""
        key = request.build_absolute_uri()  # with the host: pages may name their own full address
        if request.method not in {"GET", "HEAD"} or len(key) > MAX_KEY or not _PUBLIC.match(request.path):
            return self.respond(request)
        etag = _etag(key)
        page = self._pages.get(key)
        if page is None or page.etag != etag:
            response = self.respond(request)
            if not isinstance(response, HttpResponse) or not _may_keep(request, response):
                return response
            page = self._keep(key, etag, response)
        else:
            self._stay(key)
        return _send(request, page)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> None:
        """Remember whether the view that answers is marked `@from_record`."""
        request.META["hled.from_record"] = getattr(view, "from_record", False)

    def _stay(self, key: str) -> None:
        """A page that is asked for is the last to be dropped, so that a flood of searches leaves it."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)

    def _keep(self, key: str, etag: str, response: HttpResponse) -> Page:
        page = Page(
            etag=etag,
            headers={name: response[name] for name in _REPEATED if name in response},
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


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    marked: bool = request.META.get("hled.from_record", False)
    private = response.cookies or "no-store" in response.headers.get("Cache-Control", "")
    return marked and response.status_code == 200 and not private


def _etag(key: str) -> str:
    """Name the page at this head: weakly, for the plain and the packed body are not the same bytes."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    now = head()
    signed = receipts.state() if _OF_RECORD.search(key) else ""
    state = f"{code_version()}|{now.size}|{now.last}|{signed}|{today}|{key}"
    return f'W/"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


def _send(request: HttpRequest, page: Page) -> HttpResponse:
    if _is_known(request, page):
        response = HttpResponse(status=304)
        del response["Content-Type"]
        if content_policy.HEADER in page.headers:  # headers of a 304 replace those that the browser has kept
            response[content_policy.HEADER] = page.headers[content_policy.HEADER]
    elif _GZIP.search(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(page.packed, headers={**page.headers, "Content-Encoding": "gzip"})
        response["Content-Length"] = str(len(page.packed))
    else:
        response = HttpResponse(page.body, headers=page.headers)
        response["Content-Length"] = str(len(page.body))
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _is_known(request: HttpRequest, page: Page) -> bool:
    """Compare weakly, as RFC 9110 says for If-None-Match; `*` is any page that exists."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return known == ["*"] or page.etag in {f"W/{etag.removeprefix('W/')}" for etag in known}
