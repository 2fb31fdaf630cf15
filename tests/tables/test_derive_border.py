"""The shipped border tables follow from the published file, byte for byte."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hled.tables.reading import DATA

SCRIPT = Path(__file__).parents[2] / "tools/derive_border.py"
CASES = os.environ.get("HLED_CASES", "")
ORIGINAL = "border/bts_us_mexico_1996_2025.csv.gz"


def derive(cases: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HLED_CASES": cases, "PYTHONPATH": str(SCRIPT.parents[1] / "src")}
    command = [sys.executable, str(SCRIPT), str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=100)


@pytest.mark.slow
@pytest.mark.skipif(not CASES, reason="HLED_CASES is not set: the published file is not here")
def test_deriving_again_gives_the_shipped_bytes(tmp_path: Path) -> None:
    done = derive(CASES, tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("border_crossings.parquet", "border_ports.csv"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() in done.stdout


def test_the_shipped_tables_are_small() -> None:
    assert (DATA / "border_crossings.parquet").stat().st_size < 250_000


def test_another_original_is_refused(tmp_path: Path) -> None:
    original = tmp_path / ORIGINAL
    original.parent.mkdir()
    original.write_bytes(gzip.compress(b"Port Name,State\n"))
    done = derive(str(tmp_path), tmp_path / "out")
    assert done.returncode == 1
    assert "the registry declares" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("cases", "said"), [("", "HLED_CASES is not set"), ("nowhere", "was not found")])
def test_without_the_original_it_says_so(tmp_path: Path, cases: str, said: str) -> None:
    done = derive(cases, tmp_path)
    assert done.returncode == 1
    assert said in done.stderr
