"""The outside client: a Go program on Debian's golang.org/x/mod/sumdb, built where Go is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent
GOPATH = Path("/usr/share/gocode")  # where Debian's golang-golang-x-mod-dev puts its sources


def build(tmp: Path) -> Path:
    """Build the client into `tmp` and return the program; skip the test where Go or x/mod is missing."""
    go = shutil.which("go")
    if not go:
        pytest.skip("Go is not installed (Debian: golang-go): the outside client is not built")
    if not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("golang.org/x/mod is not installed (Debian: golang-golang-x-mod-dev)")
    program = tmp / "verify"
    settings = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(tmp / "cache"), "GOFLAGS": ""}
    for command in ([go, "vet", "."], [go, "build", "-o", str(program), "."]):
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=SOURCES,
            env={**os.environ, **settings},
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
    return program


class Client:
    """The built program with one policy file."""

    def __init__(self, program: Path, policy: Path) -> None:
        self.program = program
        self.policy = policy

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command, such as `log FOLDER`."""
        command = [self.program, "-policy", self.policy, *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)

    def accepts(self, *words: str | Path) -> str:
        """Run one command that must verify; return what it says."""
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *words: str | Path) -> str:
        """Run one command that must be refused; return the reason."""
        done = self.run(*words)
        assert (done.returncode, done.stderr[:9]) == (1, "refused: "), done
        return done.stderr
