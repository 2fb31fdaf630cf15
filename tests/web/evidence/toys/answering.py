"""The calculations of the toys."""

import os
import time
from pathlib import Path

from hled.evidence import Answer, AnswerColumn, AnswerTable, CellType, Inputs, Parameters
from hled.figures import LineChart, Series
from hled.language import Bilingual, DialogueError, PartialDate
from hled.tables import DataSource

FORMULA = '=HYPERLINK("http://example.org";"x")'
SOURCE = DataSource(
    id="toys",
    title=Bilingual(en="Toy counts", es="Conteo de juguetes"),
    publisher=Bilingual(en="Office of Toys", es="Oficina de Juguetes"),
    url="https://example.org/toys",
    licence=Bilingual(en="Public domain", es="Dominio público"),
    licence_url=None,
    edition=Bilingual(en="First edition", es="Primera edición"),
    retrieved=PartialDate("2025-03-01"),
    checksum="ab" * 32,
    derived_by="tools/derive_toys.py",
    defects=(Bilingual(en="One toy is missing.", es="Falta un juguete."),),
)


class Refused(DialogueError):
    code = "toy.refused"


def counting(parameters: Parameters, inputs: Inputs) -> Answer:
    number = int(parameters["number"])
    unit = Bilingual(en="trucks", es="camiones")
    rows = (
        ("2023-01", FORMULA, str(number * 1000), Bilingual(en="as counted", es="según conteo")),
        ("2023-02", "plain", None, None),
    )
    return Answer(
        finding=Bilingual(en=f"There are {number} <trucks>.", es=f"Hay {number} <camiones>."),
        figures=(
            LineChart(
                id="months",
                title=Bilingual(en="Trucks by month", es="Camiones por mes"),
                finding=Bilingual(en="They grow.", es="Aumentan."),
                x_label=Bilingual(en="month", es="mes"),
                x=("2023-01", "2023-02"),
                unit=unit,
                series=(Series("trucks", unit, (str(number), None)),),
            ),
        ),
        tables=(
            AnswerTable(
                id="counts",
                title=Bilingual(en="Counts", es="Conteos"),
                columns=(
                    AnswerColumn("month", Bilingual(en="Month", es="Mes"), CellType.MONTH),
                    AnswerColumn("label", Bilingual(en="Label", es="Etiqueta"), CellType.TEXT),
                    AnswerColumn("trucks", Bilingual(en="Trucks", es="Camiones"), CellType.INTEGER, unit),
                    AnswerColumn("note", Bilingual(en="Note", es="Nota"), CellType.NOTE),
                ),
                rows=rows,
            ),
        ),
        method=Bilingual(en="Counting by hand.", es="Conteo a mano."),
        sources=(SOURCE,),
        caveats=(Bilingual(en="Only toys.", es="Solo juguetes."),),
    )


def slow(parameters: Parameters, inputs: Inputs) -> Answer:
    time.sleep(60)
    return counting(parameters, inputs)


def greedy(parameters: Parameters, inputs: Inputs) -> Answer:
    """Take memory bit by bit with number 1, else all at once."""
    held = [bytearray(1 << 34)] if int(parameters["number"]) > 1 else []
    while len(held) < 2000:
        held.append(bytearray(os.urandom(1 << 20)))
        time.sleep(0.001)
    return counting(parameters, inputs)


def dying(parameters: Parameters, inputs: Inputs) -> Answer:
    os._exit(7)


def mistaken(parameters: Parameters, inputs: Inputs) -> Answer:
    raise ZeroDivisionError("a mistake in a question")


def refusing(parameters: Parameters, inputs: Inputs) -> Answer:
    raise Refused(Bilingual(en="Toys are closed.", es="Los juguetes están cerrados."))


def noted(parameters: Parameters, inputs: Inputs) -> Answer:
    """Write a line about this calculation, so that a second one would be seen."""
    with Path(os.environ["TOY_LOG"]).open("a") as log:
        log.write(f"{parameters['number']}\n")
    time.sleep(0.02)
    return counting(parameters, inputs)


def stuck_once(parameters: Parameters, inputs: Inputs) -> Answer:
    """Hang the first time, answer the second time."""
    marker = Path(os.environ["TOY_LOG"])
    if not marker.exists():
        marker.write_text("begun\n")
        time.sleep(60)
    return counting(parameters, inputs)
