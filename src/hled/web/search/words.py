"""Words as the index knows them: without case and accents, and a query as a list of word beginnings.

The same folding serves both databases, both languages, what is stored and what is asked, so that a search
finds the same things everywhere. It serves every work-plan line.
"""

import re
import unicodedata
from typing import Final

from hled.language import Bilingual, DialogueError

MAX_CHARACTERS: Final = 200
MAX_TERMS: Final = 12
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_STEM: Final = 4


class SearchRefusedError(DialogueError):
    """A search text that cannot be answered: no words in it, too long, or too many words."""

    code = "search.refused"


def fold(text: str) -> str:
    """Return `text` in lower case without accents; `ñ` becomes `n`, ligatures become letters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def folded(text: str) -> str:
    """Return the folded words of `text`, separated by single spaces: what the index stores."""
    return " ".join(_WORD.findall(fold(text)))


def terms(query: str) -> tuple[str, ...]:
    """Return the distinct word beginnings that a document must hold to answer `query`.

    Raises:
        SearchRefusedError: more than 200 characters or 12 words, or no word at all.
    """
    if len(query) > MAX_CHARACTERS:
        raise SearchRefusedError(
            Bilingual(
                en=f"The search text is too long: {len(query):,} characters, at most {MAX_CHARACTERS}.",
                es=f"El texto de búsqueda es demasiado largo: {len(query):,} caracteres, "
                f"cuando el máximo es {MAX_CHARACTERS}.",
            )
        )
    found = tuple(dict.fromkeys(beginning(word) for word in _WORD.findall(fold(query))))
    if not found:
        raise SearchRefusedError(
            Bilingual(
                en="The search text holds no word. Write at least one word or number.",
                es="El texto de búsqueda no contiene ninguna palabra. Escriba al menos una palabra o cifra.",
            )
        )
    if len(found) > MAX_TERMS:
        raise SearchRefusedError(
            Bilingual(
                en=f"The search text has {len(found)} words, at most {MAX_TERMS}.",
                es=f"El texto de búsqueda tiene {len(found)} palabras, cuando el máximo es {MAX_TERMS}.",
            )
        )
    return found


def beginning(word: str) -> str:
    """Return a folded word without its ending of number or gender: `fronteriza` finds `fronterizo`."""
    for ending in ("es", "as", "os", "s", "a", "o"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def marked(text: str, wanted: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Cut `text` into pieces `(piece, is_match)`: words that begin with a wanted term, and the rest."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in _WORD.finditer(text):
        if not fold(word.group()).startswith(wanted):
            continue
        if word.start() > end:
            pieces.append((text[end : word.start()], False))
        pieces.append((word.group(), True))
        end = word.end()
    if end < len(text):
        pieces.append((text[end:], False))
    return tuple(pieces)


def excerpt(text: str, wanted: tuple[str, ...], width: int = 220) -> tuple[tuple[str, bool], ...]:
    """Return about `width` characters of `text` around its first match, cut as `marked` does."""
    first = next((m.start() for m in _WORD.finditer(text) if fold(m.group()).startswith(wanted)), 0)
    start = 0 if first < width // 2 else text.find(" ", first - width // 3) + 1
    end = len(text) if len(text) - start <= width else text.rfind(" ", start, start + width)
    if end <= start:
        end = start + width
    passage = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return marked(passage, wanted)
