"""Running the platform: prepare everything, serve the site, work in the background."""

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from hled.cli.commands import Commands, UsageError
from hled.cli.output import write
from hled.cli.turns import end_with
from hled.language import Bilingual, DialogueError, Language

_PREPARED: Final = Bilingual(
    "Database: {database}. Migrations applied: {migrations}; entries appended: {appended}.",
    "Base de datos: {database}. Migraciones aplicadas: {migrations}; asientos agregados: {appended}.",
)
_HOLDS: Final = Bilingual(
    "Public record: {actions} actions, {events} events, {sources} sources, {entries} entries; "
    "reference tables: {tables}.",
    "Registro público: {actions} acciones, {events} eventos, {sources} fuentes, {entries} asientos; "
    "tablas de referencia: {tables}.",
)
_ADDRESS: Final = Bilingual(
    "Serving http://{host}:{port}/ (Ctrl-C stops)", "En servicio en http://{host}:{port}/ (Ctrl-C detiene)"
)
_NO_ASSETS: Final = Bilingual(
    "The design system's files are not in {home}. `make assets` brings them, and `make run` does everything.",
    "Faltan los archivos del sistema de diseño en {home}. `make assets` los trae, y `make run` hace todo.",
)

_POLICY_OF_WHAT: Final = Bilingual(
    "--policy says by which policy a copy is checked: give the copy with --mirror.",
    "--policy indica con qué política se comprueba una copia: indique la copia con --mirror.",
)


class ServeError(DialogueError):
    """The site cannot be served."""

    code = "cli.serve"


def declare(commands: Commands) -> None:
    """Declare the commands that run the platform."""
    commands.add(
        "prepare",
        Bilingual("prepare the database with the bundled record", "prepara la base de datos con el registro"),
        prepare,
    )
    command = commands.add(
        "serve", Bilingual("serve the site and work in the background", "pone el sitio en servicio"), serve
    )
    command.whole("--port", Bilingual("port to listen on", "puerto en que escucha"), 8000)
    command.value("--host", Bilingual("address to listen on (127.0.0.1)", "dirección (127.0.0.1)"), "HOST")
    command.whole("--workers", Bilingual("web processes", "procesos web"), 2)
    command.value(
        "--mirror",
        Bilingual(
            "serve a copy of the record, read-only, from this folder",
            "pone en servicio, en solo lectura, la copia del registro de esta carpeta",
        ),
        "DIR",
    )
    command.value(
        "--policy",
        Bilingual(
            "with --mirror: policy file that you trust", "con --mirror: archivo de política de su confianza"
        ),
        "FILE",
    )
    command = commands.add(
        "work", Bilingual("answer the questions that wait", "responde las preguntas en espera"), work
    )
    command.whole(
        "--follow", Bilingual("stop when this process ends", "termina cuando este proceso termina"), 0
    )


def prepare(options: argparse.Namespace) -> int:
    """Prepare the database and say what it holds; may be repeated."""
    _prepare(options.language)
    return 0


def serve(options: argparse.Namespace) -> int:
    """Prepare, then serve until stopped, with a worker and the log's signer beside the web processes."""
    host = options.host or "127.0.0.1"
    if options.policy and not options.mirror:
        raise UsageError(_POLICY_OF_WHAT)
    _refuse_numbers(options.port, options.workers)
    refuse_address(host, options.port)
    from hled.cli.mirror import mirrored

    copy = (
        mirrored(Path(options.mirror), options.language, options.policy) if options.mirror else nullcontext()
    )
    with copy:
        return _serve(options, host)


def _serve(options: argparse.Namespace, host: str) -> int:
    _prepare(options.language)
    _refuse_unsafe()
    _collect()
    from hled.cli.server import Server

    address = _ADDRESS.format(host=host, port=options.port).text(options.language)
    Server(host=host, port=options.port, workers=options.workers, on_ready=lambda: write(address)).serve()
    return 0


def work(options: argparse.Namespace) -> int:
    """Answer the questions that wait, until stopped."""
    from hled.cli.database import open_database

    if options.follow:
        end_with(options.follow)
    open_database()
    from hled.web.evidence import worker

    worker.work()
    return 0


def _prepare(language: Language) -> None:
    from hled.cli.database import open_database

    done = open_database()
    from django.db import connection

    from hled import tables
    from hled.web.agenda import queries
    from hled.web.nodes import actions
    from hled.web.nodes.home import home

    actions.begin_local(home())

    for table in tables.tables():
        tables.checksum(table.id)  # refuses a table that is missing
    name = connection.settings_dict["NAME"]
    prepared = _PREPARED.format(database=name, migrations=done.migrations, appended=f"{done.appended:,}")
    totals = queries.totals()
    holds = _HOLDS.format(
        actions=f"{totals.actions:,}",
        events=f"{totals.events:,}",
        sources=f"{totals.sources:,}",
        entries=f"{totals.entries:,}",
        tables=f"{len(tables.tables()):,}",
    )
    write(prepared.text(language), holds.text(language))


def _refuse_numbers(port: int, workers: int) -> None:
    if not 1 <= port <= 65_535 or not 1 <= workers <= 64:
        raise ServeError(
            Bilingual(
                "A port is 1 to 65535, and the workers are 1 to 64.",
                "El puerto va de 1 a 65535, y los procesos, de 1 a 64.",
            )
        )


def refuse_address(host: str, port: int) -> None:
    """Say now, in the asker's language, what the server would say later in its own.

    Raises:
        ServeError: nothing can listen there.
    """
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        raise ServeError(
            Bilingual(
                en="Cannot listen on {host}:{port}: {why}. Choose another with --port.",
                es="No se puede escuchar en {host}:{port}: {why}. Elija otro con --port.",
            ).format(host=host, port=port, why=error.strerror)
        ) from error


def _refuse_unsafe() -> None:
    """Refuse to serve where a check of the project, its database or the record in it fails."""
    from django.core.checks import run_checks

    serious = [found for found in run_checks(databases=["default"]) if found.is_serious()]
    if serious:
        said = " ".join(f"{found.id}: {found.msg} {found.hint or ''}" for found in serious)
        raise ServeError(
            Bilingual(en="Refused to start. {said}", es="No se puede iniciar. {said}").format(said=said)
        )
    from hled.web.audit import queries as audit
    from hled.web.record import erasing, wholeness

    wholeness.refuse_damaged()
    audit.verify()
    erasing.erase_again()


def _collect() -> None:
    """Collect the static files where this was not done yet; no page can be shown without them."""
    from django.conf import settings
    from django.core.management import call_command

    if (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return
    if not (settings.HOME / "assets").is_dir():
        raise ServeError(_NO_ASSETS.format(home=settings.HOME))
    call_command("collectstatic", interactive=False, verbosity=0)
