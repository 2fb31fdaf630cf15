"""The agenda in the shell: load the public record, read it, take it away, and read what people reported."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Final

from hled.cli.commands import Commands
from hled.cli.output import write, write_json
from hled.language import Bilingual

SECTIONS: Final = (
    "sources",
    "agencies",
    "bodies",
    "actions",
    "events",
    "deliverables",
    "figures",
    "discrepancies",
    "meetings",
)
FILTERS: Final = ("pillar", "line", "status", "agency", "silent_for", "text", "adjacent")

_JSON: Final = Bilingual("write JSON, in both languages", "escribe JSON, en ambos idiomas")
_CSV: Final = Bilingual("write CSV that loads back", "escribe CSV que puede volver a cargarse")
_ALREADY: Final = Bilingual(
    "The record stands as this file says: nothing to do.",
    "El registro ya está como dice este archivo: no hay nada que hacer.",
)
_LOADED: Final = Bilingual(
    "Entries appended: {appended}; objects unchanged: {unchanged}; kept as corrected here: {kept}.",
    "Asientos agregados: {appended}; objetos sin cambio: {unchanged}; "
    "conservados con la corrección hecha aquí: {kept}.",
)


def declare(commands: Commands) -> None:
    """Declare the commands of the agenda."""
    _declare_files(commands)
    command = commands.add(
        "status", Bilingual("the dialogue at a glance", "el diálogo de un vistazo"), status
    )
    command.switch("--json", _JSON)
    _declare_actions(commands)
    command = commands.add(
        "show",
        Bilingual(
            "one action, line (1-15), pillar, source, body, agency or meeting",
            "una acción, línea (1-15), pilar, fuente, órgano, dependencia o reunión",
        ),
        show,
    )
    command.argument("key", Bilingual("its id", "su clave"))
    command.switch("--json", _JSON)
    command = commands.add(
        "reports",
        Bilingual(
            "errors that people reported, for the officers", "errores reportados, para los funcionarios"
        ),
        reports,
    )
    command.switch("--json", _JSON)


def _declare_files(commands: Commands) -> None:
    kind = Bilingual("what the file lists", "qué contiene el archivo")
    command = commands.add(
        "load",
        Bilingual("load a record file, or the bundled one", "carga un archivo de registro, o el incluido"),
        load,
    )
    command.optional(
        "file",
        Bilingual("JSON, or CSV of one kind; - is standard input", "JSON, o CSV de un tipo; - es la entrada"),
    )
    command.choice("--kind", kind, SECTIONS)
    command.switch("--json", _JSON)
    command = commands.add(
        "export",
        Bilingual("the record as it stands, in files that load back", "el registro, en archivos recargables"),
        export,
    )
    command.choice(
        "--format", Bilingual("json unless csv is said", "json si no se indica csv"), ("json", "csv")
    )
    command.choice("--kind", kind, SECTIONS)
    command.value(
        "--output",
        Bilingual("file, or folder for CSV of every kind", "archivo, o carpeta para todo en CSV"),
        "PATH",
    )


def _declare_actions(commands: Commands) -> None:
    command = commands.add("actions", Bilingual("list actions", "lista las acciones"), actions)
    for name, metavar, text in (
        ("pillar", "ID", Bilingual("I, II, III, IV, GOV or LEGACY", "I, II, III, IV, GOV o LEGACY")),
        ("line", "N", Bilingual("work-plan line, 1 to 15", "línea del plan de trabajo, 1 a 15")),
        ("status", "STATUS", Bilingual("computed status", "estado calculado")),
        ("agency", "ID", Bilingual("id of an agency", "clave de una dependencia")),
        ("silent-for", "DAYS", Bilingual("silent for more than: 180d", "en silencio por más de: 180d")),
        ("text", "WORDS", Bilingual("words in title or summary", "palabras en el título o el resumen")),
        ("adjacent", "yes|no", Bilingual("adjacent tracks only, or none", "solo vías paralelas, o ninguna")),
    ):
        command.value(f"--{name}", text, metavar)
    command.switch("--json", _JSON)
    command.switch("--csv", _CSV)


def load(options: argparse.Namespace) -> int:
    """Load a record file; everything that is wrong with it is said, and then nothing is changed."""
    from hled.cli import files
    from hled.cli.database import open_database

    given = files.given(options.file, options.kind)
    open_database()
    from hled.web.record import actions as record

    origin = record.Origin.OPERATOR if options.file else record.Origin.BUNDLED
    done = record.load(files.whole(given, _today()), origin)
    if options.json:
        write_json(done)
        return 0
    text = _ALREADY if done.already else _LOADED
    counts = {name: f"{getattr(done, name):,}" for name in ("appended", "unchanged", "kept")}
    write(text.format(**counts).text(options.language))
    return 0


def status(options: argparse.Namespace) -> int:
    """Show the dialogue at a glance."""
    from hled.cli.database import open_database

    open_database()
    from hled.cli import glance
    from hled.web.agenda import queries

    found = queries.overview(_today())
    if options.json:
        write_json(glance.as_json(found))
    else:
        write(*glance.lines(found, _today(), options.language))
    return 0


def actions(options: argparse.Namespace) -> int:
    """List the actions that pass the filters."""
    from hled.cli.database import open_database

    open_database()
    from hled.cli import glance
    from hled.web.agenda import exports, queries
    from hled.web.agenda.filters import action_filters

    raw = {name: getattr(options, name) for name in FILTERS if getattr(options, name) is not None}
    filters = action_filters(raw)
    found = queries.actions(filters, _today())
    if options.csv:
        write(exports.actions(filters, _today()).csv().removesuffix("\n"))
    elif options.json:
        write_json(found)
    else:
        write(*glance.action_lines(found, options.language))
    return 0


def show(options: argparse.Namespace) -> int:
    """Show one thing with everything around it."""
    from hled.cli.database import open_database

    open_database()
    from hled.cli import detail

    found = detail.find(options.key, _today())
    if options.json:
        write_json(found)
    else:
        write(*detail.lines(found, options.language))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the record as it stands: one JSON file, one list, or a folder of CSV files."""
    from hled.cli import files
    from hled.cli.database import open_database

    as_csv = options.format == "csv"
    if as_csv and options.kind is None and options.output is None:
        raise files.FileError(
            Bilingual(
                "CSV of every kind needs a folder: --output FOLDER, or name one with --kind.",
                "El CSV de todos los tipos requiere una carpeta: --output CARPETA, o indique uno con --kind.",
            )
        )
    open_database()
    if as_csv and options.kind is None:
        return _export_folder(Path(options.output))
    text = _exported(options.kind, as_csv=as_csv)
    if options.output:
        files.save(text, Path(options.output))
    else:
        write(text.removesuffix("\n"))
    return 0


def reports(options: argparse.Namespace) -> int:
    """List what people reported, newest first."""
    from hled.cli.database import open_database

    open_database()
    from hled.cli.output import wrapped
    from hled.web.agenda import queries

    found = queries.reports()
    if options.json:
        write_json(found)
        return 0
    none = Bilingual("No error was reported.", "No se ha reportado ningún error.")
    for report in found:
        write(f"#{report.id}  {report.at}  {report.about or '-'}  {report.email}".rstrip())
        write(wrapped(report.text, "    "), wrapped(report.source, "    "), "")
    if not found:
        write(none.text(options.language))
    return 0


def _exported(kind: str | None, *, as_csv: bool) -> str:
    import json

    from hled.web.meetings import exports
    from hled.workplan import dump_record

    if kind is None:
        return dump_record(exports.public_record(_today()))
    table = exports.tables(_today())[kind]
    return table.csv() if as_csv else json.dumps(table.json(), ensure_ascii=False, indent=1) + "\n"


def _export_folder(folder: Path) -> int:
    from hled.cli import files
    from hled.web.meetings import exports

    files.make_folder(folder)
    for name, table in exports.tables(_today()).items():
        files.save(table.csv(), folder / f"{name}.csv")
    return 0


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
