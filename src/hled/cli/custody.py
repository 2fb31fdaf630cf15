"""What the operator of a node does for the record: take it out, erase personal data, make the rows anew.

It serves the promise of transparency under every work-plan line: the record outlives its node, and keeps
nothing about a person that the law takes out.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from hled.cli.commands import UsageError, Verbs
from hled.cli.output import wrapped, write, write_json
from hled.language import Bilingual

_JSON: Final = Bilingual("write JSON, in both languages", "escribe JSON, en ambos idiomas")
_CHUNK: Final = 1_000
_EXPORTED: Final = Bilingual(
    "{folder}: {written} files written, {same} were there already. Any web server can serve this folder; "
    "`hled record verify {folder}` checks it.",
    "{folder}: {written} archivos escritos, {same} ya estaban. Cualquier servidor web puede servir esta "
    "carpeta; `hled record verify {folder}` la comprueba.",
)
_NOTHING: Final = Bilingual(
    "Nothing is published yet: no checkpoint was signed. Start the signer first (`hled serve`, or "
    "`hled node sign`).",
    "Aún no se ha publicado nada: no se ha firmado ningún punto de control. Inicie antes el firmante "
    "(`hled serve` o `hled node sign`).",
)
_DAMAGED: Final = Bilingual(
    "DAMAGED here, not exported: the body with SHA-256 {checksum}. Restore it from a copy.",
    "DAÑADO aquí, no exportado: el contenido con SHA-256 {checksum}. Restáurelo de una copia.",
)
_REDACTED: Final = Bilingual(
    "Erased of {object}: {fields}. Basis: {basis}; by order of {authority}. Entry {seq} says so; all proofs "
    "stay valid.",
    "Suprimido de {object}: {fields}. Fundamento: {basis}; por orden de {authority}. Lo dice el asiento "
    "{seq}; todas las pruebas siguen siendo válidas.",
)
_COPIES: Final = Bilingual(
    "Copies that others made before cannot be recalled. Other nodes erase when they follow this entry, and a "
    "restored backup at its next start.",
    "Las copias que otros hicieron antes no pueden recuperarse. Los demás nodos suprimen al recibir este "
    "asiento, y un respaldo restaurado, en su siguiente arranque.",
)
_WHICH: Final = Bilingual(
    "Say what to erase: --field NAME …, or --all for every field of the object.",
    "Indique qué suprimir: --field NOMBRE …, o --all para todos los campos del objeto.",
)
_ON_WHAT: Final = Bilingual(
    "An erasure needs its legal basis and whose order it is: --basis CODE --authority US|MX|both.",
    "Una supresión requiere su fundamento jurídico y por orden de quién se hace: --basis CÓDIGO --authority "
    "US|MX|both.",
)
_REPLAYED: Final = Bilingual(
    "The public tables were made anew from {count} entries.",
    "Las tablas públicas se hicieron de nuevo a partir de {count} asientos.",
)

_ALIKE: Final = Bilingual(
    "Every public table says what the entries say.",
    "Cada tabla pública dice lo que dicen los asientos.",
)
_DIFFER: Final = Bilingual(
    "These public tables are not what the entries say: {tables}. They were changed from outside; "
    "`hled record replay` makes them anew.",
    "Estas tablas públicas no son lo que dicen los asientos: {tables}. Se modificaron desde fuera; "
    "`hled record replay` las rehace.",
)


def declare(verbs: Verbs) -> None:
    """Declare the verbs of custody."""
    command = verbs.add(
        "export",
        Bilingual(
            "write the complete public record as files", "escribe el registro público completo en archivos"
        ),
        export,
    )
    command.argument(
        "folder", Bilingual("where; an earlier export is brought up to date", "dónde; se actualiza")
    )
    command.switch("--json", _JSON)
    _declare_redact(verbs)
    command = verbs.add(
        "replay",
        Bilingual(
            "make the public tables anew from the entries", "rehace las tablas públicas desde los asientos"
        ),
        replay,
    )
    command.switch(
        "--check",
        Bilingual("change nothing: say which tables differ", "no cambia nada: dice qué tablas difieren"),
    )


def _declare_redact(verbs: Verbs) -> None:
    command = verbs.add(
        "redact",
        Bilingual(
            "erase personal data behind an entry, and record that",
            "suprime datos personales detrás de un asiento, y lo asienta",
        ),
        redact,
    )
    command.argument("urn", Bilingual("URN of the object", "URN del objeto"))
    command.values("--field", Bilingual("what to erase", "qué suprimir"), "NAME")
    command.switch("--all", Bilingual("erase every field", "suprime todos los campos"))
    command.value("--basis", Bilingual("code of the legal basis", "código del fundamento jurídico"), "CODE")
    command.choice("--authority", Bilingual("by whose order", "por orden de quién"), ("US", "MX", "both"))
    command.switch("--json", _JSON)


def export(options: argparse.Namespace) -> int:
    """Write the public tree: 0 done, 1 where a body is damaged here."""
    from hled.cli.database import open_database
    from hled.cli.files import make_folder, unwritable

    open_database()
    from hled.cli.places import NoRecordError
    from hled.record.exporting import OBJECTS, export_bodies, export_record, log_names
    from hled.record.objects import ObjectStore
    from hled.web.record import queries, receipts

    if not log_names(receipts.folder()):
        raise NoRecordError(_NOTHING)
    target = Path(options.folder).expanduser().resolve() / "record"
    make_folder(target)
    try:
        bodies = export_bodies(_bodies(), queries.objects(), ObjectStore(target / OBJECTS))
        done = bodies + export_record(receipts.folder(), target)
    except OSError as error:
        raise unwritable(target, error) from error
    if options.json:
        write_json(
            {
                "folder": str(target.parent),
                "written": done.written,
                "same": done.same,
                "damaged": done.damaged,
            }
        )
        return 1 if done.damaged else 0
    said = _EXPORTED.format(folder=options.folder, written=f"{done.written:,}", same=f"{done.same:,}")
    lost = [_DAMAGED.format(checksum=checksum) for checksum in done.damaged]
    write(*(wrapped(line.text(options.language)) for line in (said, *lost)))
    return 1 if done.damaged else 0


def replay(options: argparse.Namespace) -> int:
    """Empty the public tables and project every entry again; with --check, only compare."""
    from hled.cli.database import open_database

    open_database()
    from hled.web.record.projection import differences
    from hled.web.record.projection import replay as project_again

    if options.check:
        tables = differences()
        said = _DIFFER.format(tables=", ".join(tables)) if tables else _ALIKE
        write(wrapped(said.text(options.language)))
        return 1 if tables else 0
    write(_REPLAYED.format(count=f"{project_again():,}").text(options.language))
    return 0


def redact(options: argparse.Namespace) -> int:
    """Delete salts and values of an object's fields, and append the entry that says so."""
    if bool(options.field) == options.all:
        raise UsageError(_WHICH)
    if not options.basis or not options.authority:
        raise UsageError(_ON_WHAT)
    from hled.cli.database import open_database

    open_database()
    from hled.record.redactions import AUTHORITY, BASIS
    from hled.web.record import actions, queries

    fields = options.field or ()
    seq = actions.redact(options.urn, fields, options.basis, options.authority)
    found = [item for item in queries.redactions(options.urn) if item.seq == seq]
    if options.json:
        write_json({"seq": seq, "object": options.urn, "erased": found})
        return 0
    said = _REDACTED.format(
        object=options.urn,
        fields=", ".join(item.field for item in found),
        basis=BASIS[found[0].basis],
        authority=AUTHORITY[found[0].authority],
        seq=f"{seq:,}",
    )
    write(*(wrapped(line.text(options.language)) for line in (said, _COPIES)))
    return 0


def _bodies() -> Iterator[str]:
    """Yield the checksum of each body that an entry of any log names, once."""
    from hled.record.objects import named_by
    from hled.web.record import queries

    seen: set[str] = set()
    for log in queries.logs():
        for entry in _entries(log.name, log.size):
            for checksum in named_by(entry):
                if checksum not in seen:
                    seen.add(checksum)
                    yield checksum


def _entries(log: str, end: int) -> Iterable[bytes]:
    from hled.web.record import queries

    size = 0
    while size < end and (rows := queries.rows_after(log, size, _CHUNK)):
        size += len(rows)
        yield from rows
