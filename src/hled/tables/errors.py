"""What can be wrong with a table, said in both languages: unknown, missing, changed, or of another shape.

An answer of any work-plan line stops here rather than rest on data that is not what the registry declares.
"""

from hled.language import Bilingual, DialogueError


class TableError(DialogueError):
    """A table cannot be used."""

    code = "tables.unusable"


class UnknownTableError(TableError):
    """No table or source of this id is declared."""

    code = "tables.unknown"

    @classmethod
    def of(cls, wanted: str, known: list[str]) -> "UnknownTableError":
        """Say which id is unknown and which are declared."""
        names = ", ".join(known)
        return cls(
            Bilingual(
                en=f"No table or source is called “{wanted}”; declared: {names}.",
                es=f"Ninguna tabla o fuente se llama «{wanted}»; se declaran: {names}.",
            )
        )


class MissingTableError(TableError):
    """The file of a declared table is not there."""

    code = "tables.missing"

    @classmethod
    def of(cls, table: str, file: str) -> "MissingTableError":
        """Say which file is missing."""
        return cls(
            Bilingual(
                en=f"The file {file} of table {table} is missing; derive it again or reinstall.",
                es=f"Falta el archivo {file} de la tabla {table}; genérelo de nuevo o reinstale.",
            )
        )


class ChangedTableError(TableError):
    """The file of a table is not the one whose checksum is declared."""

    code = "tables.changed"

    @classmethod
    def of(cls, table: str, *, declared: str, found: str) -> "ChangedTableError":
        """Name both checksums."""
        return cls(
            Bilingual(
                en=f"Table {table} was changed: its file has SHA-256 {found}, declared is {declared}.",
                es=f"La tabla {table} cambió: su archivo tiene SHA-256 {found} y se declara {declared}.",
            )
        )


class SchemaError(TableError):
    """The columns of a file are not the declared ones."""

    code = "tables.schema"

    @classmethod
    def of(cls, table: str, *, declared: str, found: str) -> "SchemaError":
        """Name both lists of columns."""
        return cls(
            Bilingual(
                en=f"Table {table} does not have its declared columns: declared {declared}; found {found}.",
                es=f"La tabla {table} no tiene sus columnas: se declaran {declared}; se hallan {found}.",
            )
        )
