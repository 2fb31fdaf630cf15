"""Replaying a run: calculate it again and compare every byte, or list every difference.

Under the same code, inputs and locked libraries the bytes are equal; under newer code each difference is
named by its JSON path, with the text before and after. So a published number of any work-plan line can be
checked by whoever doubts it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from hled.evidence.answer import Answer, to_bytes
from hled.evidence.asking import Plan, calculate, plan
from hled.evidence.parameters import as_raw
from hled.evidence.run import Run
from hled.evidence.store import AnswerStore
from hled.record import canonical

_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two answers differ: JSON path, JSON text before and after (None = not there)."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """The result of a replay: `same` says whether all bytes are equal.

    `same_code` and `same_inputs` say whether the code of the question's package and the inputs are those of
    the run, which explains a difference.
    """

    run: Run
    same: bool
    same_code: bool
    same_inputs: bool
    differences: tuple[Difference, ...]


def replay(run_id: str, store: AnswerStore) -> Replay:
    """Calculate a kept run again, from its parameters, and compare; keeps nothing.

    Raises:
        UnknownRunError: the store keeps no such run.
        DamagedStoreError: the kept answer is missing or changed.
        UnknownQuestionError, ParameterError: newer code no longer has the question or these parameters.
        TableError: a needed table is missing, changed or of another shape.
    """
    run = store.run(run_id)
    before = store.answer_bytes(run.answer_checksum)
    planned = plan(run.question, as_raw(run.parameters))
    after = to_bytes(calculate(planned, lambda needed: _resolved(needed, store)))
    return Replay(
        run=run,
        same=before == after,
        same_code=planned.identity.code == run.identity.code,
        same_inputs=planned.identity.inputs == run.identity.inputs,
        differences=tuple(_differences(json.loads(before), json.loads(after), "$")),
    )


def _resolved(needed: Plan, store: AnswerStore) -> Answer:
    kept = store.find(needed.run_id)
    if kept is not None:
        return store.answer(kept)
    return calculate(needed, lambda deeper: _resolved(deeper, store))


def _differences(before: object, after: object, path: str) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from _differences(before.get(key, _ABSENT), after.get(key, _ABSENT), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list):
        pairs = zip_longest(before, after, fillvalue=_ABSENT)
        for place, (old, new) in enumerate(pairs):
            yield from _differences(old, new, f"{path}[{place}]")
    elif before != after:
        yield Difference(path=path, before=_shown(before), after=_shown(after))


def _shown(value: object) -> str | None:
    return None if value is _ABSENT else canonical(value).decode()
