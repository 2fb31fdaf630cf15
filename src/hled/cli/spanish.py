"""The words of `argparse` in Spanish; English is what it speaks by itself."""

import argparse
from typing import Final

from hled.language import Language

WORDS: Final = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "show this help message and exit": "muestra esta ayuda y termina",
    "the following arguments are required: %s": "faltan estos argumentos: %s",
    "unrecognized arguments: %s": "argumentos desconocidos: %s",
    "argument %(argument_name)s: %(message)s": "argumento %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r no vale (elija entre %(choices)s)",
    "invalid %(type)s value: %(value)r": "%(value)r no es un valor válido",
    "expected one argument": "se esperaba un valor",
    "expected at least one argument": "se esperaba al menos un valor",
    "expected at most one argument": "se esperaba a lo sumo un valor",
    "not allowed with argument %s": "no puede usarse junto con %s",
    "one of the arguments %s is required": "se requiere uno de los argumentos %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s es ambigua: puede ser %(matches)s",
    "ignored explicit argument %r": "%r sobra: la opción no lleva valor",
}


def speak(language: Language) -> None:
    """Have `argparse` speak `language` from now on.

    It takes its words from the module-wide name `_` and offers no other way than compiled message files.
    """
    words = WORDS if language == "es" else {}
    vars(argparse)["_"] = lambda text: words.get(text, text)
