"""An answer checks its own tables and goes to canonical JSON and back unchanged."""

import json

import pytest

from hled.evidence import (
    Answer,
    AnswerColumn,
    AnswerTable,
    CellType,
    NotAnAnswerError,
    from_bytes,
    to_bytes,
)
from hled.language import Bilingual
from hled.record import canonical
from tests.evidence.toys.answering import answer_of

WORD = Bilingual(en="trucks", es="camiones")


def column(kind: CellType, digits: int = 0) -> AnswerColumn:
    return AnswerColumn("x", WORD, kind, WORD, digits)


def test_it_round_trips_through_canonical_json() -> None:
    answer = answer_of(7)
    data = to_bytes(answer)
    assert from_bytes(data) == answer
    assert canonical(json.loads(data)) == data


@pytest.mark.parametrize(
    ("kind", "digits", "good", "bad"),
    [
        (CellType.INTEGER, 0, ["0", "-12", None], ["1.0", "1,000", "", "-", "007", "١"]),
        (CellType.DECIMAL, 1, ["0.0", "-3.1", None], ["3", "3.10", ".5", "1e3"]),
        (CellType.DECIMAL, 0, ["3"], ["3.0"]),
        (CellType.YEAR, 0, ["1996"], ["96", "1996-01"]),
        (CellType.MONTH, 0, ["2024-12"], ["2024-13", "2024-00", "2024"]),
        (CellType.TEXT, 0, ["", "=1+1"], [WORD]),
        (CellType.NOTE, 0, [WORD, None], ["one language"]),
    ],
)
def test_cells_have_the_form_of_their_column(kind, digits, good, bad) -> None:
    one = column(kind, digits)
    assert all(one.holds(cell) for cell in good)
    assert not any(one.holds(cell) for cell in bad)
    for cell in bad:
        with pytest.raises(ValueError, match="table t, row 0"):
            AnswerTable("t", WORD, (one,), ((cell,),))


def test_a_row_has_as_many_cells_as_columns() -> None:
    with pytest.raises(ValueError, match="2 cells, not 1"):
        AnswerTable("t", WORD, (column(CellType.TEXT),), (("a", "b"),))


@pytest.mark.parametrize("kind", [CellType.INTEGER, CellType.DECIMAL])
def test_numbers_need_a_unit(kind: CellType) -> None:
    with pytest.raises(ValueError, match="no unit"):
        AnswerColumn("x", WORD, kind)


def test_an_answer_needs_a_source_and_different_ids() -> None:
    answer = answer_of(1)
    with pytest.raises(ValueError, match="without a source"):
        Answer(answer.finding, (), (), answer.method, (), ())
    with pytest.raises(ValueError, match="twice"):
        Answer(answer.finding, (), answer.tables * 2, answer.method, answer.sources, ())


def test_a_table_is_read_in_one_language() -> None:
    table = AnswerTable("t", WORD, (column(CellType.NOTE), column(CellType.INTEGER)), ((WORD, "5"),))
    assert table.texts("en") == (("trucks", "5"),)
    assert table.texts("es") == (("camiones", "5"),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'{"format":"hled.answer/9"}',
        b'{"format":"hled.answer/1"}',
        to_bytes(answer_of(1)).replace(b'"es":"Es 1."', b'"es":" "'),
        to_bytes(answer_of(1)).replace(b'"rows":[["1"]]', b'"rows":[["one"]]'),
        to_bytes(answer_of(1)).replace(b'"line_chart"', b'"pie"'),
        to_bytes(answer_of(1)).replace(b'"caveats":[', b'"caveats":[5,'),
    ],
)
def test_other_bytes_are_no_answer(data: bytes) -> None:
    with pytest.raises(NotAnAnswerError) as caught:
        from_bytes(data)
    assert "no es una respuesta" in caught.value.text("es")
