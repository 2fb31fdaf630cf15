"""Migrations of the public tables go back and forth, and a replay fills them again."""

import json
import os
import subprocess
import sys

import pytest

APPS = ("meetings", "agenda", "directory", "search")


@pytest.mark.slow
def test_tables_can_go_and_come_back(tmp_path):
    variables = {**os.environ, "HLED_HOME": str(tmp_path), "HLED_DATABASE_URL": ""}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=variables).stdout

    def django(*arguments: str) -> str:
        return run("django", *arguments, "--settings", "hled.web.settings.base")

    before = json.loads(run("hled.cli", "status", "--json"))
    for app in APPS:
        django("migrate", app, "zero")
    assert "search_words" not in django("shell", "-v0", "-c", TABLES)
    django("migrate")
    assert "search_words" in django("shell", "-v0", "-c", TABLES)
    django("shell", "-v0", "-c", "from hled.web.record.projection import replay; replay()")
    assert json.loads(run("hled.cli", "status", "--json")) == before
    assert json.loads(run("hled.cli", "actions", "--text", "frontera", "--json"))


TABLES = "from django.db import connection; print(connection.introspection.table_names())"
