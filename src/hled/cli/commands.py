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


class Verbs:
    """The words that may follow one word: the commands after `hled`, or the verbs of a noun."""

    def __init__(self, parser: argparse.ArgumentParser, metavar: str, language: Language) -> None:
        self.language = language
        self._asked = Parser(add_help=False)
        _ask_language(self._asked, language, argparse.SUPPRESS)
        self._all = parser.add_subparsers(metavar=metavar, required=True, parser_class=Parser)

    def add(self, name: str, summary: Bilingual, run: Run) -> "Command":
        """Declare a command and return it, to be given its arguments."""
        parser = self._parser(name, summary)
        parser.set_defaults(run=run)
        return Command(parser, self.language)

    def noun(self, name: str, summary: Bilingual) -> "Verbs":
        """Declare a noun and return it, to be given its verbs: `hled record verify`."""
        return Verbs(self._parser(name, summary), "VERB", self.language)

    def _parser(self, name: str, summary: Bilingual) -> argparse.ArgumentParser:
        text = summary.text(self.language)
        return self._all.add_parser(name, help=text, description=text, parents=[self._asked])


class Commands(Verbs):
    """The commands of the shell, declared by one module for each noun."""

    def __init__(self, about: Bilingual, language: Language) -> None:
        speak(language)
        self.parser = Parser(prog="hled", description=about.text(language))
        _ask_language(self.parser, language, language)
        super().__init__(self.parser, "COMMAND", language)


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

    def argument(self, name: str, help_: Bilingual) -> "Command":
        """Add an argument that must be given."""
        self._parser.add_argument(name, metavar=name.upper(), help=help_.text(self._language))
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

    def several(self, name: str, help_: Bilingual) -> "Command":
        """Add arguments of which there may be any number."""
        metavar = name.removesuffix("s").upper()
        self._parser.add_argument(name, metavar=metavar, nargs="*", help=help_.text(self._language))
        return self

    def values(self, name: str, help_: Bilingual, metavar: str) -> "Command":
        """Add an option that takes one value or several, as texts, absent by default."""
        self._parser.add_argument(name, nargs="+", metavar=metavar, help=help_.text(self._language))
        return self


def _ask_language(parser: argparse.ArgumentParser, language: Language, default: str) -> None:
    help_ = _LANGUAGE.text(language)
    parser.add_argument("--language", choices=LANGUAGES, default=default, help=help_)
