"""Sources in the shell: an operator attaches a copy of an official text to one."""

import argparse
from typing import Final

from hled.cli.commands import Commands
from hled.cli.output import write, write_json
from hled.language import LANGUAGES, Bilingual

_ATTACHED: Final = Bilingual(
    "Attached to {source}: {name} ({size} bytes), entry {seq} of the record.\nSHA-256 {sha256}",
    "Se adjuntó a {source}: {name} ({size} bytes), asiento {seq} del registro.\nSHA-256 {sha256}",
)
_ALREADY: Final = Bilingual(
    "This file is attached to {source} already, as {name} (entry {seq}): nothing was added.\n"
    "SHA-256 {sha256}",
    "Este archivo ya está adjunto a {source}, como {name} (asiento {seq}): no se agregó nada.\n"
    "SHA-256 {sha256}",
)


def declare(commands: Commands) -> None:
    """Declare the commands of the sources."""
    command = commands.add(
        "attach",
        Bilingual(
            "attach a copy of an official text to a source",
            "adjunta a una fuente la copia de un texto oficial",
        ),
        attach,
    )
    command.argument("source", Bilingual("id of the source", "clave de la fuente"))
    command.argument(
        "file",
        Bilingual(
            "PDF, HTML, Markdown or plain text (UTF-8), at most 20 MB",
            "PDF, HTML, Markdown o texto simple (UTF-8), de 20 MB a lo sumo",
        ),
    )
    command.choice("--written-in", Bilingual("language of the text", "idioma en que está escrito"), LANGUAGES)
    command.value(
        "--note-en",
        Bilingual("note in English, with --note-es", "nota en inglés, junto con --note-es"),
        "TEXT",
    )
    command.value(
        "--note-es",
        Bilingual("note in Spanish, with --note-en", "nota en español, junto con --note-en"),
        "TEXT",
    )
    command.switch("--json", Bilingual("write JSON", "escribe JSON"))


def attach(options: argparse.Namespace) -> int:
    """Attach a file to a source; it is kept as it is, and the record says what is kept."""
    from hled.cli import files
    from hled.cli.database import open_database
    from hled.workplan import attachments

    data = files.content_of(options.file, attachments.MAX_BYTES)
    note = attachments.note_of(options.note_en, options.note_es)
    wanted = attachments.described(options.source, options.file, data, language=options.written_in, note=note)
    open_database()
    from hled.web.agenda import actions

    done = actions.attach(wanted, data)
    if options.json:
        write_json(done)
        return 0
    kept = done.attachment
    text = (_ALREADY if done.already else _ATTACHED).format(
        source=kept.source, name=kept.name, size=f"{kept.size:,}", seq=f"{done.seq:,}", sha256=kept.sha256
    )
    write(text.text(options.language))
    return 0
