"""The grammar of the command line: every command of every noun, in the asker's language."""

import argparse
from typing import Final

from hled.cli import agenda, evidence, node, record, serve, sources, sync, witness
from hled.cli.commands import Commands
from hled.language import Bilingual, Language

_ABOUT: Final = Bilingual(
    "The working platform of the U.S.–Mexico High-Level Economic Dialogue (HLED).",
    "La plataforma de trabajo del Diálogo Económico de Alto Nivel México–Estados Unidos (DEAN).",
)


def parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, speaking `language`."""
    commands = Commands(_ABOUT, language)
    for noun in (agenda, sources, record, evidence, node, sync, witness, serve):
        noun.declare(commands)
    return commands.parser
