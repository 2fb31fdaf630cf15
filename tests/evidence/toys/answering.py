"""Calculations of the toy questions."""

from hled.evidence import (
    Answer,
    AnswerColumn,
    AnswerTable,
    CellType,
    Inputs,
    Parameters,
)
from hled.figures import LineChart, Series
from hled.language import Bilingual
from hled.tables import source

WORD = Bilingual(en="number", es="número")
calls: list[str] = []


def answer_of(value: int) -> Answer:
    column = AnswerColumn("value", WORD, CellType.INTEGER, WORD)
    chart = LineChart("chart", WORD, WORD, WORD, ("2024",), WORD, (Series("s", WORD, (str(value),)),))
    return Answer(
        finding=Bilingual(en=f"It is {value}.", es=f"Es {value}."),
        figures=(chart,),
        tables=(AnswerTable("t", WORD, (column,), ((str(value),),)),),
        method=WORD,
        sources=(source("bts-border-crossing-entry"),),
        caveats=(WORD,),
    )


def base(parameters: Parameters, inputs: Inputs) -> Answer:
    calls.append("base")
    return answer_of(int(parameters["number"]))


def double(parameters: Parameters, inputs: Inputs) -> Answer:
    calls.append("double")
    (cell,) = inputs.answer("toy.base").tables[0].rows[0]
    return answer_of(2 * int(str(cell)) + int(parameters["more"]))


def greedy(parameters: Parameters, inputs: Inputs) -> Answer:
    inputs.table("border_crossings")
    return answer_of(0)
