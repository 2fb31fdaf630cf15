"""The declared sources and tables say where every number comes from, in both languages."""

import pytest

from hled.language import LANGUAGES
from hled.tables import (
    ColumnType,
    DataSource,
    UnknownTableError,
    checksum,
    source,
    sources,
    table,
    tables,
)
from hled.tables.registry import parse

SOURCE = """
[[source]]
id = "s"
title = { en = "A", es = "B" }
publisher = { en = "A", es = "B" }
url = "https://example.org"
licence = { en = "A", es = "B" }
edition = { en = "A", es = "B" }
retrieved = "2026-11"
checksum = "%s"
derived_by = "tools/x.py"
""" % ("0" * 64)

TABLE = """
[[table]]
id = "t"
title = { en = "A", es = "B" }
file = "t.csv"
checksum = "0"
sources = ["%s"]
[[table.column]]
name = "n"
type = "integer"
unit = { en = "trucks", es = "camiones" }
description = { en = "A", es = "B" }
"""


@pytest.mark.parametrize("known", sources(), ids=lambda known: known.id)
def test_every_source_names_licence_edition_and_the_script_that_read_it(known: DataSource) -> None:
    for language in LANGUAGES:
        assert known.publisher.text(language)
        assert known.licence.text(language)
        assert any(char.isdigit() for char in known.edition.text(language))
    assert known.derived_by.startswith("tools/")
    assert DataSource.from_dict(known.as_dict()) == known


@pytest.mark.parametrize("known", tables(), ids=lambda known: known.id)
def test_every_shipped_table_has_its_declared_checksum_and_units(known) -> None:
    assert checksum(known.id) == known.checksum
    assert known.sources == tuple(source(name).id for name in known.sources)
    assert all(column.unit for column in known.columns if column.type is ColumnType.INTEGER)


def test_an_unknown_id_is_said_in_both_languages() -> None:
    with pytest.raises(UnknownTableError) as caught:
        table("nothing")
    assert "border_crossings" in caught.value.text("en")
    assert "Ninguna tabla" in caught.value.text("es")


def test_a_registry_in_toml_is_read() -> None:
    known, described = parse(SOURCE + TABLE % "s")
    assert known["s"].retrieved.iso == "2026-11"
    assert described["t"].columns[0].type is ColumnType.INTEGER


@pytest.mark.parametrize(
    "text",
    [
        SOURCE + SOURCE,
        SOURCE + TABLE % "other",
        SOURCE.replace('es = "B"', 'es = " "'),
        SOURCE.replace("https://", "ftp://"),
        SOURCE.replace("0" * 64, "0"),
        SOURCE.replace("2026-11", "2026-13"),
    ],
    ids=["id twice", "undeclared source", "one language", "address", "checksum", "date"],
)
def test_a_broken_registry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)
