"""Servers to measure: the site as `hled serve` starts it, and a bare Django page under the same gunicorn."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

BARE = """
import django
from django.conf import settings
settings.configure(SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
django.setup()
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import engines
from django.urls import path
page = engines["django"].from_string("<ul>{% for n in rows %}<li>{{ n }}</li>{% endfor %}</ul>")
urlpatterns = [path("", lambda request: HttpResponse(page.render({"rows": range(25)})))]
application = get_wsgi_application()
"""


@contextlib.contextmanager
def site() -> Iterator[str]:
    """Serve the site from a fresh home with the bundled record; yields the address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"HLED_HOME": home, "HLED_LOG_LEVEL": "ERROR"}
        assets = Path(os.environ.get("HLED_HOME", "var")) / "assets"
        if assets.exists():
            shutil.copytree(assets, Path(home) / "assets")
        hled = str(Path(sys.executable).with_name("hled"))
        with _process([hled, "serve", "--port", str(port)], environment):
            yield _wait(f"http://127.0.0.1:{port}", "/health")


@contextlib.contextmanager
def bare_page() -> Iterator[str]:
    """Serve one bare Django page (25 rows, no middleware, no database) under the same gunicorn settings."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE)
        words = [sys.executable, "-m", "gunicorn", "bare:application", "--bind", f"127.0.0.1:{port}"]
        words += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"]
        with _process(words, os.environ | {"PYTHONPATH": folder}, folder):
            yield _wait(f"http://127.0.0.1:{port}", "/")


def load(
    url: str, *, seconds: int = 4, connections: int = 16, headers: tuple[str, ...] = ()
) -> tuple[float, float]:
    """Ask `url` over and over with wrk; return requests per second and the median latency in milliseconds."""
    script = (
        "done = function(s, l) io.write(string.format("
        "'\\n%f %f\\n', s.requests/s.duration*1e6, l:percentile(50)/1e3)) end"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", lua.name]
        for header in headers:
            words += ["-H", header]
        done = subprocess.run([*words, url], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout and "If-None-Match" not in " ".join(headers):
        raise SystemExit(f"the server refused some requests:\n{done.stdout}")
    rate, latency = done.stdout.strip().splitlines()[-1].split()
    return round(float(rate), 1), round(float(latency), 2)


def has_wrk() -> bool:
    """Say whether the load generator is there (Debian package wrk)."""
    if shutil.which("wrk"):
        return True
    print("skipped: the load generator wrk is not installed (Debian package wrk)")
    return False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def _process(words: list[str], environment: dict[str, str], folder: str | None = None) -> Iterator[None]:
    process = subprocess.Popen(words, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, path: str) -> str:
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(address + path, timeout=2) as answer:
            if answer.status == 200:
                return address
        time.sleep(0.1)
    raise SystemExit(json.dumps({"not started": address}))
