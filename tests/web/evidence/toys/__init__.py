"""Toy questions, one for each way in which a calculation can end. Registered in tests only."""

from hled.evidence import Choice, Limits, Parameter, ParameterKind, Question, register
from hled.language import Bilingual

PREPARE = "tests.web.evidence.toys:register_toys"
NUMBER = Bilingual(en="How many", es="Cuántos")
COLOUR = Bilingual(en="Colour", es="Color")
HELP = Bilingual(en="Any of them.", es="Cualquiera.")

_PARAMETERS = (
    Parameter(
        name="number",
        label=NUMBER,
        kind=ParameterKind.INTEGER,
        default="3",
        help=HELP,
        minimum=1,
        maximum=99,
        unit=Bilingual(en="trucks", es="camiones"),
    ),
    Parameter(
        name="colour",
        label=COLOUR,
        kind=ParameterKind.CHOICE,
        default="red",
        help=HELP,
        choices=(
            Choice("red", Bilingual(en="Red", es="Rojo")),
            Choice("green", Bilingual(en="Green", es="Verde")),
        ),
    ),
)


def toy(name: str, *, seconds: int = 60, memory_mb: int = 300) -> Question:
    return Question(
        id=f"toy.{name}",
        line=5,
        title=Bilingual(en=f"What does {name} say?", es=f"¿Qué dice {name}?"),
        description=Bilingual(en=f"A toy that is {name}.", es=f"Un juguete: {name}."),
        parameters=_PARAMETERS,
        needs=(),
        version="1",
        limits=Limits(seconds=seconds, memory_mb=memory_mb),
        ask=f"tests.web.evidence.toys.answering:{name}",
    )


TOYS = (
    toy("counting"),
    toy("slow", seconds=1),
    toy("greedy", memory_mb=100),
    toy("dying"),
    toy("mistaken"),
    toy("refusing"),
    toy("noted"),
    toy("stuck_once"),
)


def register_toys() -> None:
    for each in TOYS:
        register(each)
