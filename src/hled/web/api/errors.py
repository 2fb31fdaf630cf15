"""What the API itself refuses: parameters that cannot be read, and every verb but reading.

Problems of the parameters come from pydantic in English only; here each gets its words in both languages.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from hled.evidence import Problem
from hled.language import Bilingual, DialogueError

_MISSING: Final = Bilingual("It is required.", "Es obligatorio.")
_WHOLE: Final = Bilingual("It must be a whole number.", "Debe ser un número entero.")
_MESSAGES: Final[Mapping[str, Bilingual]] = {
    "missing": _MISSING,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "greater_than_equal": Bilingual("It must be at least {ge}.", "Debe ser al menos {ge}."),
    "less_than_equal": Bilingual("It must be at most {le}.", "Debe ser a lo sumo {le}."),
    "string_too_short": Bilingual(
        "It needs at least {min_length} character(s).", "Necesita al menos {min_length} carácter(es)."
    ),
    "string_too_long": Bilingual(
        "It may have at most {max_length} characters.", "Puede tener a lo sumo {max_length} caracteres."
    ),
    "string_pattern_mismatch": Bilingual(
        "It does not have the form {pattern}.", "No tiene la forma {pattern}."
    ),
    "literal_error": Bilingual("Possible values: {choices}.", "Valores posibles: {choices}."),
    "enum": Bilingual("Possible values: {choices}.", "Valores posibles: {choices}."),
    "value_error": Bilingual("No such value is possible.", "Ese valor no es posible."),
    "unknown": Bilingual(
        "There is no such parameter; known: {known}.", "No existe ese parámetro; se conocen: {known}."
    ),
    "repeated": Bilingual("It is given more than once.", "Se indicó más de una vez."),
}
_OTHER: Final = Bilingual("It cannot be read.", "No se puede leer.")


class BadParametersError(DialogueError):
    """The parameters of a request cannot be read; `problems` lists all of them."""

    code = "api.bad_parameters"
    status: ClassVar[int] = 400

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        names = ", ".join(dict.fromkeys(problem.parameter for problem in problems))
        super().__init__(
            Bilingual(
                en="These parameters cannot be used: {names}.",
                es="Estos parámetros no pueden usarse: {names}.",
            ).format(names=names)
        )
        self.problems = problems


class MethodNotAllowedError(DialogueError):
    """The API is read-only."""

    code = "api.method_not_allowed"
    status: ClassVar[int] = 405

    @classmethod
    def of(cls, method: str) -> "MethodNotAllowedError":
        """Name the method and those allowed."""
        return cls(
            Bilingual(
                en="This address can only be read: GET, HEAD and OPTIONS, not {method}.",
                es="Esta dirección solo puede leerse: GET, HEAD y OPTIONS, no {method}.",
            ).format(method=method[:20])
        )


def problem_of(parameter: str, kind: str, **values: object) -> Problem:
    """Return one problem in both languages."""
    return Problem(parameter=parameter[:40], message=_MESSAGES.get(kind, _OTHER).format(**values))


def bad_parameters(errors: Iterable[Mapping[str, Any]]) -> BadParametersError:
    """Return the error for what pydantic found wrong."""
    return BadParametersError(tuple(_problem(error) for error in errors))


def _problem(error: Mapping[str, Any]) -> Problem:
    context = dict(error.get("ctx", {}))
    if "expected" in context:
        context["choices"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    name = str(error["loc"][-1])
    return problem_of(name, str(error["type"]), **context)
