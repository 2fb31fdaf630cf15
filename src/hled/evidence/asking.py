"""Asking a question: plan it (light, gives the run id), find the kept run, or calculate and keep it.

`plan` loads no engine, so the web process can tell a known run from work to be done; `ask` calculates and
belongs in the worker, the command or a library user's program. It serves the questions of every work-plan
line.
"""

import datetime as dt
import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from hled.evidence.answer import Answer, to_bytes
from hled.evidence.errors import CircularNeedsError
from hled.evidence.parameters import as_raw, parse
from hled.evidence.question import Parameters, Question
from hled.evidence.registry import question
from hled.evidence.run import Identity, Run, code_checksum
from hled.evidence.store import AnswerStore
from hled.tables import checksum, open_table

if TYPE_CHECKING:
    import ibis.expr.types


@dataclass(frozen=True, slots=True)
class Plan:
    """A question ready to be asked, with the identity of its run; `needed` plans the questions it needs."""

    question: Question
    identity: Identity
    needed: tuple["Plan", ...]

    @property
    def run_id(self) -> str:
        """The id that the run has or will have, 64 hex digits."""
        return self.identity.run_id

    @property
    def parameters(self) -> Parameters:
        """The parsed parameters."""
        return self.identity.parameters


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a calculation may use: the tables and the answers that its question declares in `needs`."""

    tables: frozenset[str]
    answers: Mapping[str, Answer] = field(hash=False)
    seed: int

    def table(self, table_id: str) -> "ibis.expr.types.Table":
        """Open a declared table.

        Raises:
            LookupError: the question does not declare it.
            TableError: it is missing, changed or of another shape.
        """
        if table_id not in self.tables:
            raise LookupError(f"{table_id} is not among the needs of this question")
        return open_table(table_id)

    def answer(self, question_id: str) -> Answer:
        """Return the answer of a declared question.

        Raises:
            LookupError: the question does not declare it.
        """
        return self.answers[question_id]


def plan(question_id: str, raw: Mapping[str, str]) -> Plan:
    """Read the parameters and return the plan with its run id; calculates nothing and loads no engine.

    Raises:
        UnknownQuestionError: this question, or one that it needs, is not registered.
        ParameterError: with every problem of the parameters.
        CircularNeedsError: questions need each other in a circle.
        TableError: a needed table is missing.
    """
    return _plan(question_id, raw, path=())


def ask(question_id: str, raw: Mapping[str, str], *, store: AnswerStore) -> tuple[Run, Answer]:
    """Return the run and the answer of a question: the kept one, else calculated now and kept.

    Raises:
        EvidenceError, TableError: see `plan`; also DamagedStoreError when the kept answer is damaged.
    """
    return fulfil(plan(question_id, raw), store)


def fulfil(planned: Plan, store: AnswerStore) -> tuple[Run, Answer]:
    """Return the run and the answer of a plan, as `ask` does."""
    kept = store.find(planned.run_id)
    if kept is not None:
        return kept, store.answer(kept)
    asked_at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    begun = time.perf_counter()
    answer = calculate(planned, lambda needed: fulfil(needed, store)[1])
    seconds = f"{time.perf_counter() - begun:.3f}"
    run = Run(
        identity=planned.identity,
        asked_at=asked_at,
        answer_checksum=store.keep_answer(to_bytes(answer)),
        seconds=seconds,
    )
    store.keep_run(run)
    return run, answer


def calculate(planned: Plan, resolve: Callable[[Plan], Answer]) -> Answer:
    """Calculate the answer of a plan now; `resolve` gives the answers of the questions that it needs."""
    module, _, name = planned.question.ask.partition(":")
    function = cast("Callable[[Parameters, Inputs], Answer]", getattr(importlib.import_module(module), name))
    inputs = Inputs(
        tables=frozenset(need for need in planned.question.needs if "." not in need),
        answers={needed.question.id: resolve(needed) for needed in planned.needed},
        seed=planned.question.seed,
    )
    return function(planned.parameters, inputs)


def _plan(question_id: str, raw: Mapping[str, str], path: tuple[str, ...]) -> Plan:
    if question_id in path:
        raise CircularNeedsError.of((*path, question_id))
    asked = question(question_id)
    parameters = parse(asked, raw)
    shared = as_raw(parameters)
    needed = tuple(
        _plan(need, _own(question(need), shared), (*path, question_id)) for need in asked.needs if "." in need
    )
    inputs = {need: checksum(need) for need in asked.needs if "." not in need}
    inputs |= {item.question.id: item.run_id for item in needed}
    identity = Identity(
        question=asked.id,
        version=asked.version,
        parameters=parameters,
        inputs=inputs,
        code=code_checksum(asked.package),
        seed=asked.seed,
    )
    return Plan(question=asked, identity=identity, needed=needed)


def _own(needed: Question, shared: Mapping[str, str]) -> dict[str, str]:
    names = {parameter.name for parameter in needed.parameters}
    return {name: value for name, value in shared.items() if name in names}
