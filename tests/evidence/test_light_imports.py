"""The web process lists questions, plans runs and shows kept answers without any numeric engine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hled
from hled.evidence import AnswerStore, ask
from hled.pillars import register_all

HEAVY = ("numpy", "pandas", "pyarrow", "duckdb", "ibis", "numba", "django")

SCRIPT = """
import sys
from pathlib import Path
from hled.evidence import AnswerStore, ask, plan, questions, to_csv, to_json
from hled.figures.render import render
from hled.pillars import register_all

register_all()
store = AnswerStore(Path(sys.argv[1]))
for question in questions():
    assert store.find(plan(question.id, {}).run_id) is not None
    run, answer = ask(question.id, {}, store=store)
    for table in answer.tables:
        to_csv(table, "es"), to_json(table)
    for figure in answer.figures:
        render(figure, "es")
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    register_all()
    ask("border.flows", {}, store=AnswerStore(tmp_path))
    return tmp_path


def test_a_kept_answer_is_shown_without_an_engine(home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(hled.__file__).parents[1])}
    command = [sys.executable, "-c", SCRIPT, str(home)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=100)
    loaded = done.stdout.split()
    assert "hled" in loaded
    assert [name for name in HEAVY if name in loaded] == []
