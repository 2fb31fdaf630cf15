"""A checkpoint is three lines, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record.checkpoints import Checkpoint
from hled.record.errors import CheckpointError
from hled.record.merkle import EMPTY_ROOT

ROOT = EMPTY_ROOT
GOOD = Checkpoint("example.invalid/record/us", 42, ROOT)


@given(st.integers(0, 10**15 - 1), st.binary(min_size=32, max_size=32))
def test_it_is_read_as_it_is_written(size, root):
    checkpoint = Checkpoint("example.invalid/record/mx", size, root)
    assert Checkpoint.parse(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        GOOD.text[:-1],
        GOOD.text + "\n",
        GOOD.text + "an extension\n",
        GOOD.text.replace("42", "042"),
        GOOD.text.replace("42", "+42"),
        GOOD.text.replace("42", "-42"),
        GOOD.text.replace("42", "４２"),
        GOOD.text.replace("42", " 42"),
        GOOD.text.replace("42", ""),
        GOOD.text.replace("42", str(10**15)),
        GOOD.text.replace("42", "9" * 5000),
        GOOD.text.replace("=", ""),
        GOOD.text.replace("=", "=="),
        GOOD.text.replace("FU=", "FV="),
        Checkpoint("a.invalid", 1, b"short").text,
        Checkpoint("", 1, ROOT).text,
        Checkpoint("two words", 1, ROOT).text,
        Checkpoint("\ud800", 1, ROOT).text,
        Checkpoint("á" * 128, 1, ROOT).text,
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(CheckpointError) as refused:
        Checkpoint.parse(text)
    assert refused.value.text("es") != refused.value.text("en")
