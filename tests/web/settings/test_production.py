"""Production only tightens: no start without a key, everything encrypted, health reachable."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core import checks
from django.test import Client

asked = [
    ("/en/", False, {}), ("/health", True, {}), ("/health", False, {}), ("/api/v1/docs", False, {}),
    ("/health", False, {"X-Forwarded-Proto": "https"}), ("/ready", False, {}),
]
answers = []
for path, secure, headers in asked:
    client = Client(raise_request_exception=False)
    found = client.get(path, secure=secure, headers=headers, SERVER_NAME="hled.example")
    answers.append([found.status_code, found.get("Location"), found.get("Strict-Transport-Security")])
warned = checks.run_checks(tags=["security"], include_deployment_checks=True)
print(json.dumps({
    "answers": answers, "origins": settings.CSRF_TRUSTED_ORIGINS, "debug": settings.DEBUG,
    "hosts": settings.ALLOWED_HOSTS, "cookie": settings.CSRF_COOKIE_SECURE,
    "warned": [str(item) for item in warned],
}))
"""
KEY = "production-key-" + "k9Zq_" * 12


def run(home: Path, program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program under the production settings, with nothing of our own environment but the paths."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "hled.web.settings.production",
        "HLED_HOME": str(home),
        **variables,
    }
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, env=environment, cwd=home, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a production process says of itself."""
    hosts = "hled.example,dean.example"
    done = run(tmp_path_factory.mktemp("home"), ASK, HLED_SECRET_KEY=KEY, HLED_HOSTS=hosts)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("given", [{}, {"HLED_SECRET_KEY": ""}])
def test_it_does_not_start_without_a_key(tmp_path, given):
    done = run(tmp_path, "import django; django.setup()", **given)
    assert done.returncode != 0
    assert "HLED_SECRET_KEY is required in production / es obligatoria en producción" in done.stderr


def test_plain_pages_move_to_encryption(told):
    assert told["answers"][0] == [301, "https://hled.example/en/", None]
    assert told["answers"][3][:2] == [301, "https://hled.example/api/v1/docs"]


def test_encrypted_answers_ask_for_encryption_for_two_years(told):
    seconds, *rest = told["answers"][1][2].split("; ")
    assert int(seconds.removeprefix("max-age=")) >= 31_536_000
    assert rest == ["includeSubDomains", "preload"]


def test_the_word_of_the_proxy_counts(told):
    assert told["answers"][4][2] == told["answers"][1][2] != ""


def test_health_is_answered_without_encryption(told):
    assert told["answers"][2][:2] == [200, None]
    assert told["answers"][5][:2] == [503, None]  # nothing is migrated here, and it says so


def test_forms_come_from_our_own_hosts_only(told):
    assert told["origins"] == ["https://hled.example", "https://dean.example"]
    assert told["hosts"] == ["hled.example", "dean.example"]


def test_nothing_is_loosened(told):
    assert told["debug"] is False
    assert told["cookie"] is True
    assert told["warned"] == []
