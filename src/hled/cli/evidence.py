"""The evidence in the shell: which questions there are, asking one, and replaying a run."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli import answers
from hled.cli.commands import Commands, UsageError
from hled.cli.output import aligned, write, write_json
from hled.language import Bilingual, Language

if TYPE_CHECKING:
    from hled.evidence import Answer, AnswerStore, Question
    from hled.evidence.question import Parameter

FOLDER: Final = "evidence"  # where the web keeps its answers too, under HLED_HOME

_JSON: Final = Bilingual("write JSON, in both languages", "escribe JSON, en ambos idiomas")
_SAME: Final = Bilingual(
    "Same bytes: the answer is the kept one.", "Bytes idénticos: la respuesta es la conservada."
)
_DIFFERS: Final = Bilingual(
    "{count} differences. Same code: {code}; same inputs: {inputs}.",
    "{count} diferencias. Mismo código: {code}; mismos insumos: {inputs}.",
)
_YES_NO: Final = {True: Bilingual("yes", "sí"), False: Bilingual("no", "no")}


def declare(commands: Commands) -> None:
    """Declare the commands of the evidence."""
    command = commands.add(
        "questions",
        Bilingual("the questions that can be asked", "las preguntas que pueden hacerse"),
        questions,
    )
    command.switch("--json", _JSON)
    command = commands.add(
        "ask",
        Bilingual(
            "ask a question; --help after it lists its parameters", "hace una pregunta; --help tras ella"
        ),
        ask,
    )
    command.argument("question", Bilingual("id of the question", "clave de la pregunta"))
    command.rest(
        "parameters",
        Bilingual("--name value …, --json, --csv, --table ID", "--nombre valor …, --json, --csv, --table ID"),
    )
    noun = commands.noun("evidence", Bilingual("what was answered", "lo que se respondió"))
    command = noun.add(
        "replay",
        Bilingual("calculate a run again and compare", "calcula de nuevo una ejecución y compara"),
        replay,
    )
    command.argument("run_id", Bilingual("id of the run", "clave de la ejecución"))
    command.switch("--json", _JSON)


def questions(options: argparse.Namespace) -> int:
    """List the questions."""
    found = _registered()
    if options.json:
        write_json([_described(question) for question in found])
        return 0
    rows = [(item.id, str(item.line), item.title.text(options.language)) for item in found]
    write(*aligned(rows, frozenset({1})))
    return 0


def ask(options: argparse.Namespace) -> int:
    """Ask a question and write its answer."""
    asked, raw = _split(options.parameters)
    _registered()
    from hled.evidence import ask as ask_question
    from hled.evidence import question

    if asked.keys() & {"help", "h"}:
        write(*answers.described(question(options.question), options.language))
        return 0
    run, answer = ask_question(options.question, raw, store=_store())
    if "json" in asked:
        from hled.evidence import as_dict

        write_json({"run_id": run.run_id, "run": run.as_dict(), "answer": as_dict(answer)})
    elif "csv" in asked:
        _write_csv(answer, asked.get("table"), options.language)
    else:
        write(*answers.lines(run, answer, asked.get("table"), options.language))
    return 0


def replay(options: argparse.Namespace) -> int:
    """Calculate a kept run again: 0 where every byte is the same, 1 where it differs."""
    _registered()
    from hled.evidence import replay as replay_run

    found = replay_run(options.run_id, _store())
    language = options.language
    if options.json:
        write_json(
            {
                "run_id": found.run.run_id,
                "same": found.same,
                "same_code": found.same_code,
                "same_inputs": found.same_inputs,
                "differences": found.differences,
            }
        )
    elif found.same:
        write(_SAME.text(language))
    else:
        said = _DIFFERS.format(
            count=f"{len(found.differences):,}",
            code=_YES_NO[found.same_code],
            inputs=_YES_NO[found.same_inputs],
        )
        write(said.text(language), *(f"  {d.path}: {d.before} → {d.after}" for d in found.differences))
    return 0 if found.same else 1


def _registered() -> "tuple[Question, ...]":
    from hled.evidence import questions as all_questions
    from hled.pillars import register_all

    register_all()
    return tuple(all_questions())


def _store() -> "AnswerStore":
    from hled.evidence import AnswerStore
    from hled.web.settings import environment

    return AnswerStore(Path(environment.home()) / FOLDER)


def _split(words: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is for the command (json, csv, table, help, language) and the question's raw parameters.

    Raises:
        UsageError: a word that is no option, an option without its value, or one given twice.
    """
    own: dict[str, str] = {}
    raw: dict[str, str] = {}
    pending = list(words)
    while pending:
        word = pending.pop(0)
        name, equals, value = word.lstrip("-").partition("=")
        if not word.startswith("-") or not name:
            raise _misplaced(word)
        if name in {"json", "csv", "help", "h"}:
            own[name] = ""
            continue
        if not equals:
            if not pending:
                raise _valueless(word)
            value = pending.pop(0)
        into = own if name in {"table", "language"} else raw
        key = name.replace("-", "_")
        if key in into:
            raise _misplaced(word)
        into[key] = value
    return own, raw


def _misplaced(word: str) -> UsageError:
    return UsageError(
        Bilingual(
            en="“{word}” is out of place: write --name value, each name once.",
            es="«{word}» está fuera de lugar: escriba --nombre valor, cada nombre una vez.",
        ).format(word=word)
    )


def _valueless(word: str) -> UsageError:
    return UsageError(Bilingual(en="{word} needs a value.", es="{word} requiere un valor.").format(word=word))


def _described(question: "Question") -> dict[str, object]:
    return {
        "id": question.id,
        "line": question.line,
        "title": question.title,
        "description": question.description,
        "version": question.version,
        "parameters": [_parameter(item) for item in question.parameters],
    }


def _parameter(item: "Parameter") -> dict[str, object]:
    return {
        "name": item.name,
        "label": item.label,
        "kind": item.kind,
        "default": item.default,
        "help": item.help,
        "unit": item.unit,
        "minimum": None if item.minimum is None else str(item.minimum),
        "maximum": None if item.maximum is None else str(item.maximum),
        "choices": [{"value": choice.value, "label": choice.label} for choice in item.choices],
    }


def _write_csv(answer: "Answer", wanted: str | None, language: Language) -> None:
    from hled.evidence import to_csv

    sys.stdout.write(to_csv(answers.table(answer, wanted), language).decode())
