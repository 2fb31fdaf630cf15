"""Raw text becomes canonical parameters, or every problem is said at once in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.evidence import (
    Choice,
    Limits,
    Parameter,
    ParameterError,
    ParameterKind,
    Question,
    as_raw,
    parse,
)
from hled.language import Bilingual

TONNES = Bilingual(en="tonnes", es="toneladas")


def label(en: str, es: str) -> Bilingual:
    return Bilingual(en=en, es=es)


PORT = Parameter(
    "port",
    label("Port", "Puerto"),
    ParameterKind.CHOICE,
    "all",
    label("A port.", "Un puerto."),
    choices=(
        Choice("all", label("All ports", "Todos los puertos")),
        Choice("el-paso", label("El Paso", "El Paso"), ("2402", "Ciudad Juárez")),
    ),
)
FIRST = Parameter("first", label("First", "Primero"), ParameterKind.INTEGER, "1996", label("y", "a"),
                  minimum=1996, maximum=2025)  # fmt: skip
LAST = Parameter("last", label("Last", "Último"), ParameterKind.INTEGER, "2025", label("y", "a"),
                 minimum=1996, maximum=2025, at_least="first")  # fmt: skip
LOAD = Parameter("load", label("Load", "Carga"), ParameterKind.DECIMAL, "1.50", label("t", "t"),
                 minimum=Decimal("0.5"), unit=TONNES)  # fmt: skip
NOTE = Parameter("note", label("Note", "Nota"), ParameterKind.TEXT, "", label("n", "n"), maximum=5)
FAST = Parameter("fast", label("Fast", "Rápido"), ParameterKind.FLAG, "no", label("f", "f"))

QUESTION = Question(
    id="toy.parameters",
    line=5,
    title=label("q", "q"),
    description=label("q", "q"),
    parameters=(PORT, FIRST, LAST, LOAD, NOTE, FAST),
    needs=(),
    version="1",
    limits=Limits(1, 1),
    ask="toys.answering:nothing",
)


def test_absent_and_empty_parameters_take_their_defaults() -> None:
    expected = {"port": "all", "first": 1996, "last": 2025, "load": "1.5", "note": "", "fast": False}
    assert parse(QUESTION, {}) == expected
    assert parse(QUESTION, {"port": "  ", "load": ""}) == expected


@pytest.mark.parametrize("text", ["el-paso", "EL PASO", "El  Paso", "2402", "ciudad juarez", "Ciudad Juárez"])
def test_a_choice_is_found_without_case_accents_or_code(text: str) -> None:
    assert parse(QUESTION, {"port": text})["port"] == "el-paso"


def test_a_choice_is_found_by_its_spanish_label() -> None:
    assert parse(QUESTION, {"port": "todos los puertos"})["port"] == "all"


def test_decimals_become_canonical_text() -> None:
    assert [parse(QUESTION, {"load": text})["load"] for text in ("2.50", "2.5", "02.500", "20")] == [
        "2.5", "2.5", "2.5", "20",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [("Sí", True), ("on", True), ("1", True), ("FALSE", False)])
def test_flags_are_read_in_both_languages(text: str, value: bool) -> None:
    assert parse(QUESTION, {"fast": text})["fast"] is value


def test_every_problem_is_listed_at_once_in_both_languages() -> None:
    wrong = {
        "port": "El Pasoo",
        "first": "19x6",
        "last": "2026",
        "load": "0.49",
        "note": "too long",
        "fast": "perhaps",
        "colour": "red",
    }
    with pytest.raises(ParameterError) as caught:
        parse(QUESTION, wrong)
    assert {problem.parameter for problem in caught.value.problems} == set(wrong)
    english, spanish = caught.value.text("en"), caught.value.text("es")
    for text in ("el-paso", "not a whole number", "1996 to 2025", "0.5 to ∞ tonnes", "5 printable", "colour"):
        assert text in english
    for text in ("no es un número entero", "de 1996 a 2025", "toneladas", "imprimibles", "ni sí ni no"):
        assert text in spanish


def test_the_order_of_two_parameters_is_checked() -> None:
    with pytest.raises(ParameterError) as caught:
        parse(QUESTION, {"first": "2020", "last": "2019"})
    (problem,) = caught.value.problems
    assert problem.parameter == "last"
    assert problem.message.es == "Último: 2019 es menor que «Primero» (2020)."


@pytest.mark.parametrize("text", ["٢٠٢٠", "2020\n2021", "1e3", "+2000", "9" * 400, "\x00", "２０２０"])
def test_odd_numbers_are_refused_not_raised(text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse(QUESTION, {"first": text})
    assert len(caught.value.text("en")) < 300


@given(st.dictionaries(st.sampled_from(["port", "first", "last", "load", "note", "fast"]), st.text()))
def test_any_text_is_parsed_or_refused_and_what_is_parsed_parses_to_itself(raw: dict[str, str]) -> None:
    try:
        values = parse(QUESTION, raw)
    except ParameterError:
        return
    assert parse(QUESTION, as_raw(values)) == values


def test_choices_belong_to_choices() -> None:
    with pytest.raises(ValueError, match="choices"):
        Parameter("x", TONNES, ParameterKind.CHOICE, "a", TONNES)
    with pytest.raises(ValueError, match="choices"):
        Parameter("x", TONNES, ParameterKind.TEXT, "a", TONNES, choices=(Choice("a", TONNES),))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "nodot"),
        ("line", 16),
        ("ask", "toys:run"),
        ("ask", "toys.answering"),
        ("parameters", (FIRST, FIRST)),
    ],
)
def test_a_question_checks_itself(name: str, value: object) -> None:
    plain = {field: getattr(QUESTION, field) for field in QUESTION.__slots__}
    with pytest.raises(ValueError, match=r".+"):
        Question(**{**plain, name: value})
