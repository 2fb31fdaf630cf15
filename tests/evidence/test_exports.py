"""Downloads read back to the same values and run nothing in a spreadsheet."""

import csv
import io
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from hled.evidence import AnswerColumn, AnswerTable, CellType, to_csv, to_json, to_parquet
from hled.language import Bilingual


def both(en: str, es: str) -> Bilingual:
    return Bilingual(en=en, es=es)


TABLE = AnswerTable(
    "t",
    both("Trucks", "Camiones"),
    (
        AnswerColumn("port", both("Port", "Puerto"), CellType.TEXT),
        AnswerColumn("year", both("Year", "Año"), CellType.YEAR),
        AnswerColumn("value", both("Trucks", "Camiones"), CellType.INTEGER, both("trucks", "camiones")),
        AnswerColumn("change", both("Change", "Cambio"), CellType.DECIMAL, both("%", "%"), 1),
        AnswerColumn("note", both("Note", "Nota"), CellType.NOTE),
    ),
    (
        ("Laredo", "2024", "3026632", "-3.1", both("a, b", "a «b»")),
        ("=HYPERLINK(1)", "2025", None, None, both("-x", "+x")),
    ),
)


def test_csv_in_either_language_has_units_and_plain_numbers() -> None:
    english = list(csv.reader(io.StringIO(to_csv(TABLE, "en").decode())))
    spanish = list(csv.reader(io.StringIO(to_csv(TABLE, "es").decode())))
    assert english[0] == ["Port", "Year", "Trucks (trucks)", "Change (%)", "Note"]
    assert spanish[0] == ["Puerto", "Año", "Camiones (camiones)", "Cambio (%)", "Nota"]
    assert english[1] == ["Laredo", "2024", "3026632", "-3.1", "a, b"]
    assert spanish[1][-1] == "a «b»"
    assert english[2][2:4] == ["", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_text_is_never_a_formula(start: str) -> None:
    column = AnswerColumn("x", both("X", "X"), CellType.TEXT)
    data = to_csv(AnswerTable("t", both("T", "T"), (column,), ((f"{start}1+1",),)), "en")
    row = list(csv.reader(io.StringIO(data.decode(), newline="")))[1]
    assert row == [f"'{start}1+1"]


def test_notes_are_guarded_and_negative_numbers_are_not() -> None:
    text = to_csv(TABLE, "en").decode()
    assert "'=HYPERLINK(1)" in text
    assert "'-x" in text
    assert ",-3.1," in text


def test_parquet_keeps_types_units_and_both_languages() -> None:
    read = pq.read_table(io.BytesIO(to_parquet(TABLE)))
    assert read.column_names == ["port", "year", "value", "change", "note_en", "note_es"]
    assert read["value"].to_pylist() == [3026632, None]
    assert read["change"].to_pylist() == [Decimal("-3.1"), None]
    assert read["note_es"].to_pylist() == ["a «b»", "+x"]
    assert read.schema.metadata[b"title_es"] == b"Camiones"
    assert read.schema.field("value").metadata[b"unit_es"] == b"camiones"


def test_parquet_and_json_are_the_same_bytes_each_time() -> None:
    assert to_parquet(TABLE) == to_parquet(TABLE)
    assert to_json(TABLE) == to_json(TABLE)
    assert json.loads(to_json(TABLE))["rows"][0][2:] == ["3026632", "-3.1", {"en": "a, b", "es": "a «b»"}]
