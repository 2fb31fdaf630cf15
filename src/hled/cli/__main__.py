"""The entry of the command line, and the one place where its errors become words for people."""

import io
import os
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType

from hled.cli.parser import parser
from hled.language import Bilingual, DialogueError, Language

USAGE = 2
STOPPED = 130
LISTED = 50

_ONE = Bilingual("1 problem; nothing was done:", "1 problema; no se hizo nada:")
_SEVERAL = Bilingual("{count} problems; nothing was done:", "{count} problemas; no se hizo nada:")
_MORE = Bilingual("  … and {count} more", "  … y {count} más")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong request, 130 stopped by Ctrl-C.

    A `DialogueError` is said in the asker's language, the first 50 of its problems on a line each.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    if argv is None:
        sys.excepthook = _failed
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal without accents is no failure
    language = asked_language(arguments, os.environ)
    try:
        options = parser(language).parse_args(arguments)
        options.language = language  # also where it stands among the parameters of a question
        code = options.run(options)
        sys.stdout.flush()
    except DialogueError as error:
        sys.stderr.write("\n".join(_lines(error, language)) + "\n")
        return USAGE
    except BrokenPipeError:  # `hled actions | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return STOPPED
    return int(code)


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language after the last `--language`, else the one of the locale, else English."""
    words = [word for argument in arguments for word in argument.split("=", 1)]
    for place in range(len(words) - 1, -1, -1):
        if words[place] == "--language":
            return "es" if words[place + 1 : place + 2] == ["es"] else "en"
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "es" if locale.lower().startswith("es") else "en"


def _lines(error: DialogueError, language: Language) -> list[str]:
    problems = getattr(error, "problems", ())
    if not isinstance(problems, tuple) or not problems:
        return [error.text(language)]
    count = (_ONE if len(problems) == 1 else _SEVERAL).format(count=f"{len(problems):,}")
    shown = problems[:LISTED]
    places = (getattr(problem, "path", "") or getattr(problem, "parameter", "") for problem in shown)
    listed = zip(places, shown, strict=True)
    lines = [count.text(language), *(f"  {place}: {item.message.text(language)}" for place, item in listed)]
    left = len(problems) - len(shown)
    return [*lines, _MORE.format(count=f"{left:,}").text(language)] if left else lines


def _failed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say that something failed, without a traceback unless the operator asks for details."""
    if os.environ.get("HLED_LOG_LEVEL", "").upper() == "DEBUG":
        sys.__excepthook__(kind, error, trace)
    sys.stderr.write(
        f"hled: {kind.__name__}. Something failed; set HLED_LOG_LEVEL=DEBUG for details. / "
        "Algo falló; use HLED_LOG_LEVEL=DEBUG para ver los detalles.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
