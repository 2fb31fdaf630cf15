"""SIGKILL while following, receiving, changing keys and healing: the same work done again makes it good."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_every_point_of_an_exchange(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    own = {"HLED_HOME": str(home), "HLED_DATABASE_URL": "", "HLED_LOG_LEVEL": "ERROR"}
    settings = {"DJANGO_SETTINGS_MODULE": "hled.web.settings.test", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("exchange.py"), str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **own, **settings},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout)
    unreached = [item["at"] for item in seen if item["states"][0] != -signal.SIGKILL]
    assert unreached == [], f"points that were not reached\n{done.stderr[-3000:]}"
    assert [item for item in seen if item["states"][1:] != [0, 0]] == [], done.stderr[-3000:]
