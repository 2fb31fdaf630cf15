"""Tables open with their declared columns or say in both languages why not."""

import shutil
from pathlib import Path

import pytest

from hled.tables import (
    ChangedTableError,
    MissingTableError,
    SchemaError,
    checksum,
    fetch,
    open_table,
    read_rows,
    table,
)
from hled.tables.reading import DATA, open_described


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("border_crossings", "border_ports"):
        shutil.copy(DATA / table(name).file, tmp_path)
    return tmp_path


def test_the_crossings_hold_every_published_row() -> None:
    crossings = open_table("border_crossings")
    assert fetch(crossings.count().as_table()) == [(94_234,)]


def test_an_expression_is_calculated_where_the_table_is() -> None:
    crossings = open_table("border_crossings")
    laredo = crossings.filter(crossings.port_code == "2304", crossings.measure == "trucks")
    in_2019 = laredo.filter(laredo.month.startswith("2019-"))
    assert fetch(in_2019.aggregate(trucks=in_2019.value.sum())) == [(2_364_681,)]


def test_sasabe_keeps_both_of_its_contradicting_rows() -> None:
    crossings = open_table("border_crossings")
    rows = crossings.filter(
        crossings.port_code == "2606",
        crossings.measure == "bus-passengers",
        crossings.month == "2021-02",
    )
    assert sorted(value for *_, value in fetch(rows)) == [0, 2_175]


def test_a_csv_table_opens_with_types_and_reads_without_an_engine() -> None:
    typed = fetch(open_table("border_ports"))
    plain = read_rows("border_ports")
    assert len(typed) == len(plain) == 28
    assert [str(row[0]) for row in typed] == [row["port_code"] for row in plain]
    assert float(typed[3][3]) == float(plain[3]["lon"]) == -99.507


def test_one_thread_keeps_one_order() -> None:
    connection = open_table("border_crossings").get_backend()
    assert connection.raw_sql("SELECT current_setting('threads')").fetchone() == (1,)


def test_a_missing_file_is_said(folder: Path) -> None:
    (folder / "border_crossings.parquet").unlink()
    with pytest.raises(MissingTableError, match=r"border_crossings\.parquet") as caught:
        open_table("border_crossings", folder=folder)
    assert "Falta el archivo" in caught.value.text("es")
    with pytest.raises(MissingTableError):
        checksum("border_crossings", folder=folder)


@pytest.mark.parametrize("name", ["border_crossings", "border_ports"])
def test_a_changed_file_is_refused_whoever_reads_it(folder: Path, name: str) -> None:
    path = folder / table(name).file
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ChangedTableError) as caught:
        open_table(name, folder=folder)
    assert table(name).checksum in caught.value.text("es")
    with pytest.raises(ChangedTableError):
        read_rows(name, folder=folder)


def test_other_columns_are_refused(folder: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        open_described(table("border_ports"), folder / "border_crossings.parquet")
    assert "measure string" in caught.value.text("en")
    assert "facing string" in caught.value.text("es")


def test_a_value_of_another_type_is_met_on_opening(folder: Path) -> None:
    path = folder / "border_ports.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("-97.401", "west"), encoding="utf-8")
    with pytest.raises(SchemaError, match="west"):
        open_described(table("border_ports"), path)
