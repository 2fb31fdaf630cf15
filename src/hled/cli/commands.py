"""How a command is declared: its name, what it does in both languages, and the function that runs it."""

import argparse
from collections.abc import Callable
from typing import Final, NoReturn

from hled.cli.spanish import speak
from hled.language import LANGUAGES, Bilingual, DialogueError, Language

Run = Callable[[argparse.Namespace], int]

_LANGUAGE: Final = Bilingual("language of the answer", "idioma de la respuesta")


class UsageError(DialogueError):
    """The command line cannot be understood."""

    code = "cli.usage"


class Parser(argparse.ArgumentParser):
    """A parser that raises what it cannot understand instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Raise.

        Raises:
            UsageError: always; argparse has put its message into the asker's language already.
        """
        raise UsageError(
            Bilingual(
                en=f"{self.prog}: {message}\nSee: {self.prog} --help",
                es=f"{self.prog}: {message}\nConsulte: {self.prog} --help",
            )
        )


class Commands:
    """The commands of the shell, declared by one module for each noun."""

    def __init__(self, about: Bilingual, language: Language) -> None:
        speak(language)
        self.language = language
        self.parser = Parser(prog="hled", description=about.text(language))
        self._asked = Parser(add_help=False)
        parsers: list[tuple[argparse.ArgumentParser, str]] = [
            (self.parser, language),
            (self._asked, argparse.SUPPRESS),
        ]
        for parser, default in parsers:
            parser.add_argument(
                "--language", choices=LANGUAGES, default=default, help=_LANGUAGE.text(language)
            )
        self._all = self.parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)

    def add(self, name: str, summary: Bilingual, run: Run) -> "Command":
        """Declare a command and return it, to be given its arguments."""
        text = summary.text(self.language)
        parser = self._all.add_parser(name, help=text, description=text, parents=[self._asked])
        parser.set_defaults(run=run)
        return Command(parser, self.language)


class Command:
    """One command, being declared."""

    def __init__(self, parser: argparse.ArgumentParser, language: Language) -> None:
        self._parser = parser
        self._language = language

    def value(self, name: str, help_: Bilingual, metavar: str | None = None) -> "Command":
        """Add an option with a value, as text, absent by default."""
        self._parser.add_argument(name, help=help_.text(self._language), metavar=metavar)
        return self

    def switch(self, name: str, help_: Bilingual) -> "Command":
        """Add an option without a value."""
        self._parser.add_argument(name, action="store_true", help=help_.text(self._language))
        return self

    def choice(self, name: str, help_: Bilingual, choices: tuple[str, ...]) -> "Command":
        """Add an option that takes one of `choices`; absent by default."""
        self._parser.add_argument(name, choices=choices, help=help_.text(self._language))
        return self

    def whole(self, name: str, help_: Bilingual, default: int) -> "Command":
        """Add an option that takes a whole number."""
        shown = f"{help_.text(self._language)} ({default})"
        self._parser.add_argument(name, type=int, default=default, help=shown, metavar="N")
        return self

    def argument(self, name: str, help_: Bilingual, choices: tuple[str, ...] | None = None) -> "Command":
        """Add an argument that must be given, one of `choices` where there are any."""
        metavar = None if choices else name.upper()
        self._parser.add_argument(name, metavar=metavar, choices=choices, help=help_.text(self._language))
        return self

    def optional(self, name: str, help_: Bilingual) -> "Command":
        """Add an argument that may be left out."""
        self._parser.add_argument(name, metavar=name.upper(), nargs="?", help=help_.text(self._language))
        return self

    def rest(self, name: str, help_: Bilingual) -> "Command":
        """Take everything that follows as it stands."""
        self._parser.add_argument(
            name, metavar="…", nargs=argparse.REMAINDER, help=help_.text(self._language)
        )
        return self
