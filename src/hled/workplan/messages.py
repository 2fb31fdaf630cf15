"""What the loader says about each kind of bad input, in both languages; one code and one message per kind.

The codes are stable for programs; the words are for whoever compiled the file. Serves every work-plan line,
since everything shown under a line came through this door.
"""

from typing import Final

from hled.language import Bilingual

TYPE_NAMES: Final[dict[str, Bilingual]] = {
    "object": Bilingual("an object", "un objeto"),
    "list": Bilingual("a list", "una lista"),
    "text": Bilingual("a text", "un texto"),
    "integer": Bilingual("a whole number", "un número entero"),
    "flag": Bilingual("true or false", "true o false"),
}

MESSAGES: Final[dict[str, Bilingual]] = {
    "too_large": Bilingual(
        "The file holds {size:,} bytes; the limit is {limit:,}.",
        "El archivo tiene {size:,} bytes; el límite es {limit:,}.",
    ),
    "not_utf8": Bilingual(
        "The file is not UTF-8 text: byte {offset:,} cannot be read.",
        "El archivo no es texto UTF-8: no se puede leer el byte {offset:,}.",
    ),
    "not_json": Bilingual(
        "The file is not JSON: line {line}, column {column}.",
        "El archivo no es JSON: línea {line}, columna {column}.",
    ),
    "not_csv": Bilingual(
        "The file is not CSV: row {row} cannot be read.",
        "El archivo no es CSV: no se puede leer la fila {row}.",
    ),
    "unknown_column": Bilingual("The table has no column {key}.", "La tabla no tiene la columna {key}."),
    "missing_column": Bilingual("The column {key} is missing.", "Falta la columna {key}."),
    "repeated_column": Bilingual("The column {key} appears twice.", "La columna {key} aparece dos veces."),
    "wrong_width": Bilingual(
        "The row has {count} cells; the header has {expected}.",
        "La fila tiene {count} celdas; el encabezado tiene {expected}.",
    ),
    "row_differs": Bilingual(
        "{value} differs from {first} in an earlier row of the same id.",
        "{value} difiere de {first} en una fila anterior del mismo identificador.",
    ),
    "too_deep": Bilingual(
        "The nesting goes deeper than {limit} levels.", "Hay más de {limit} niveles de anidamiento."
    ),
    "duplicate_key": Bilingual(
        "The key {key} appears twice in the same object.",
        "La clave {key} aparece dos veces en el mismo objeto.",
    ),
    "not_a_number": Bilingual(
        "{value} is not a number that JSON allows.", "{value} no es un número que JSON permita."
    ),
    "unknown_key": Bilingual("The key {key} is not known here.", "La clave {key} no se conoce aquí."),
    "missing_key": Bilingual("The key {key} is missing.", "Falta la clave {key}."),
    "wrong_type": Bilingual("Expected {expected}, found {value}.", "Se esperaba {expected} y hay {value}."),
    "out_of_range": Bilingual(
        "{value} lies outside {low} to {high}.", "{value} está fuera del intervalo de {low} a {high}."
    ),
    "empty_text": Bilingual("The text is empty.", "El texto está vacío."),
    "too_long": Bilingual(
        "The text has {length:,} characters; the limit is {limit:,}.",
        "El texto tiene {length:,} caracteres; el límite es {limit:,}.",
    ),
    "bad_characters": Bilingual(
        "The text holds a character that cannot be shown: {character}.",
        "El texto contiene un carácter que no puede mostrarse: {character}.",
    ),
    "one_language": Bilingual(
        "The text {key} exists in one language only; it must exist in English and in Spanish.",
        "El texto {key} existe en un solo idioma; debe existir en inglés y en español.",
    ),
    "bad_id": Bilingual(
        "{value} is no id: use 1 to {limit} letters, digits, dots, hyphens or underscores.",
        "{value} no es un identificador: use de 1 a {limit} letras sin acento, dígitos, puntos o guiones.",
    ),
    "duplicate_id": Bilingual(
        "The id {value} is already used at {first}.", "El identificador {value} ya se usa en {first}."
    ),
    "repeated_value": Bilingual(
        "{value} appears twice in the list.", "{value} aparece dos veces en la lista."
    ),
    "bad_date": Bilingual(
        "{value} is no date: write YYYY, YYYY-MM or YYYY-MM-DD.",
        "{value} no es una fecha: escriba AAAA, AAAA-MM o AAAA-MM-DD.",
    ),
    "impossible_date": Bilingual(
        "{value} is a date that no calendar has.", "{value} es una fecha que no existe en el calendario."
    ),
    "future_date": Bilingual(
        "{value} lies after the day of compilation ({compiled}); only a scheduled event may.",
        "{value} es posterior al día de la compilación ({compiled}); solo un evento programado puede serlo.",
    ),
    "date_and_basis": Bilingual(
        "An event lacks a date exactly when its date_basis is unknown; here they are {date} and {basis}.",
        "Un evento carece de fecha si y solo si su date_basis es unknown; aquí son {date} y {basis}.",
    ),
    "bad_url": Bilingual(
        "{value} is no web address: it must begin with http:// or https:// and name a host.",
        "{value} no es una dirección web: debe comenzar con http:// o https:// y nombrar un servidor.",
    ),
    "unknown_value": Bilingual(
        "{value} is none of: {allowed}.", "{value} no es ninguno de estos valores: {allowed}."
    ),
    "no_source": Bilingual(
        "The event has no source; every event names the source that reports it.",
        "El evento no tiene fuente; todo evento nombra la fuente que lo reporta.",
    ),
    "unknown_pillar": Bilingual("There is no pillar {value}.", "No existe el pilar {value}."),
    "unknown_objective": Bilingual("There is no objective {value}.", "No existe el objetivo {value}."),
    "unknown_line": Bilingual(
        "The work plan has no line {value}; its lines are 1 to 15.",
        "El plan de trabajo no tiene la línea {value}; sus líneas van de la 1 a la 15.",
    ),
    "unknown_agency": Bilingual(
        "There is no agency {value} of {party} in agencies.",
        "No existe en agencies la dependencia {value} de {party}.",
    ),
    "unknown_action": Bilingual("There is no action {value}.", "No existe la acción {value}."),
    "unknown_event": Bilingual("There is no event {value}.", "No existe el evento {value}."),
    "unknown_source": Bilingual("There is no source {value}.", "No existe la fuente {value}."),
    "objective_elsewhere": Bilingual(
        "The objective {value} belongs to pillar {pillar}, not to {given}.",
        "El objetivo {value} pertenece al pilar {pillar}, no al {given}.",
    ),
    "line_elsewhere": Bilingual(
        "Line {value} belongs to pillar {pillar}, not to {given}.",
        "La línea {value} pertenece al pilar {pillar}, no al {given}.",
    ),
    "event_elsewhere": Bilingual(
        "The event {value} belongs to the action {action}, not to {given}.",
        "El evento {value} pertenece a la acción {action}, no a {given}.",
    ),
    "too_few": Bilingual(
        "At least {least} entries are needed; there are {count}.",
        "Se necesitan al menos {least} elementos; hay {count}.",
    ),
    "mismatch": Bilingual(
        "The file says {value}; what it holds gives {computed}.",
        "El archivo dice {value}; de su contenido resulta {computed}.",
    ),
}
