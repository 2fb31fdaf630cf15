"""What makes an answer citable: questions, answers, runs, the registry, the store and replay.

Evidence informs the agenda, so every number under the fifteen work-plan lines must lead back to its question,
parameters, sources and code. Importing this package loads no NumPy, DuckDB, pandas or Arrow: declarations are
light, calculations load when somebody asks.
"""

from hled.evidence.answer import (
    NUMBERS,
    Answer,
    AnswerColumn,
    AnswerTable,
    Cell,
    CellType,
    as_dict,
    from_bytes,
    to_bytes,
)
from hled.evidence.asking import Inputs, Plan, ask, fulfil, plan
from hled.evidence.errors import (
    CircularNeedsError,
    DamagedStoreError,
    EvidenceError,
    NotAnAnswerError,
    ParameterError,
    Problem,
    UnknownQuestionError,
    UnknownRunError,
)
from hled.evidence.exports import to_csv, to_json, to_parquet
from hled.evidence.parameters import as_raw, parse
from hled.evidence.question import (
    Choice,
    Limits,
    Parameter,
    ParameterKind,
    Parameters,
    Question,
    Value,
)
from hled.evidence.registry import question, questions, register
from hled.evidence.replaying import Difference, Replay, replay
from hled.evidence.run import Identity, Run
from hled.evidence.store import AnswerStore

__all__ = [
    "NUMBERS",
    "Answer",
    "AnswerColumn",
    "AnswerStore",
    "AnswerTable",
    "Cell",
    "CellType",
    "Choice",
    "CircularNeedsError",
    "DamagedStoreError",
    "Difference",
    "EvidenceError",
    "Identity",
    "Inputs",
    "Limits",
    "NotAnAnswerError",
    "Parameter",
    "ParameterError",
    "ParameterKind",
    "Parameters",
    "Plan",
    "Problem",
    "Question",
    "Replay",
    "Run",
    "UnknownQuestionError",
    "UnknownRunError",
    "Value",
    "as_dict",
    "as_raw",
    "ask",
    "from_bytes",
    "fulfil",
    "parse",
    "plan",
    "question",
    "questions",
    "register",
    "replay",
    "to_bytes",
    "to_csv",
    "to_json",
    "to_parquet",
]
