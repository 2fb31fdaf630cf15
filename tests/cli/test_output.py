"""Text for a terminal and plain JSON."""

import string

import pytest

from hled.cli.output import aligned, bar, plain
from hled.language import Bilingual, PartialDate
from hled.workplan import ComputedStatus
from hled.workplan.types import Source, SourceRead


@pytest.mark.parametrize("counts", [[0, 0], [1, 0], [1, 1, 1], [1000, 1], [5, 4, 3, 2, 1], [1] * 24])
def test_a_bar_has_its_width_and_hides_nothing(counts):
    signs = string.ascii_lowercase[: len(counts)]
    drawn = bar(counts, signs, 24)
    assert len(drawn) == 24
    for sign, count in zip(signs, counts, strict=True):
        assert (sign in drawn) == (count > 0)


def test_a_bar_is_in_proportion():
    assert bar([3, 1], "#.", 24) == "#" * 18 + "." * 6


def test_columns_line_up():
    assert aligned([("a", "1"), ("long", "1,000")], frozenset({1})) == ["a         1", "long  1,000"]


def test_results_become_plain_values():
    source = Source("a", None, Bilingual("x", "y"), PartialDate("2022-09"), SourceRead.FULL)
    assert plain((source, {"s": ComputedStatus.REVIEWED}, 3, None)) == [
        {
            "id": "a",
            "url": None,
            "publisher": {"en": "x", "es": "y"},
            "published": "2022-09",
            "read": "full",
            "official": None,
        },
        {"s": "reviewed"},
        3,
        None,
    ]
