"""The text that is decided: both versions, what it refers to and where it comes from, under one hash.

An approval binds to this hash, so to both languages at once, to the references, to the revision that the
text was made from and to the decision it belongs to; whatever is edited is another text, which nobody has
approved. Serves every work-plan line.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from hled.forum.errors import TextError, refused
from hled.language import Bilingual
from hled.language.concordance import Paragraph
from hled.record import CanonicalError, canonical

TYPE: Final = "hled.decision.text/v1"
MAX_PARAGRAPHS: Final = 1_000
DECISION: Final = re.compile(r"urn:hled:decision:[A-Za-z0-9][A-Za-z0-9._-]{0,119}\Z")
HASH: Final = re.compile(r"[0-9a-f]{64}\Z")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
HEADING: Final = "title"  # the title's id where both versions are compared
_KEYS: Final = {"type", "decision", "parent", "supersedes", "refs", "en", "es"}


@dataclass(frozen=True, slots=True)
class Successor:
    """One revision of a decision, named from another decision."""

    decision: str
    revision: str


@dataclass(frozen=True)
class Text:
    """A revision of a decision: title and paragraphs in both versions; `parent` is the hash it was made from.

    A paragraph may lack one version while the text is a draft; it cannot be approved so. `refs` are evidence
    runs, contributions, URNs and addresses that the text cites. `supersedes` names the decision that this
    one takes the place of.

    Raises:
        TextError: an id is malformed or stands twice, there is no paragraph, or too many.
    """

    decision: str
    title: Bilingual
    paragraphs: tuple[Paragraph, ...]
    refs: tuple[str, ...] = ()
    parent: str | None = None
    supersedes: Successor | None = None

    def __post_init__(self) -> None:
        ids = [paragraph.id for paragraph in self.paragraphs]
        hashes = [self.parent, self.supersedes.revision if self.supersedes else None]
        if not DECISION.match(self.decision) or not all(map(_ID.match, ids)):
            raise _bad("an id", "un identificador", self.decision)
        ids.append(HEADING)
        if not 2 <= len(ids) <= MAX_PARAGRAPHS + 1 or len(set(ids)) < len(ids):
            raise _bad("its list of paragraphs", "su lista de párrafos", self.decision)
        if not all(item is None or HASH.match(item) for item in hashes):
            raise _bad("a revision it names", "una revisión que nombra", self.decision)
        if len(set(self.refs)) < len(self.refs) or not all(map(str.strip, self.refs)):
            raise _bad("its references", "sus referencias", self.decision)

    @property
    def parts(self) -> tuple[Paragraph, ...]:
        """The title as a paragraph `title`, then the paragraphs: what is compared and redlined."""
        return (Paragraph(HEADING, self.title.en, self.title.es), *self.paragraphs)

    @cached_property
    def body(self) -> bytes:
        """Canonical JSON (RFC 8785): what is kept under its SHA-256 beside the record.

        Raises:
            TextError: a text has no canonical form (a lone surrogate).
        """
        versions = {
            language: {
                "title": self.title.text(language),
                "paragraphs": [
                    {"id": item.id, "text": item.en if language == "en" else item.es}
                    for item in self.paragraphs
                ],
            }
            for language in ("en", "es")
        }
        old = self.supersedes
        supersedes = None if old is None else {"decision": old.decision, "revision": old.revision}
        frame = {"type": TYPE, "decision": self.decision, "parent": self.parent, "supersedes": supersedes}
        try:
            return canonical({**frame, "refs": list(self.refs), **versions})
        except CanonicalError as error:
            raise TextError(error.message) from error

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the body in hex: the name of the revision, and what approvals bind to."""
        return hashlib.sha256(self.body).hexdigest()


def read_text(body: bytes) -> Text:
    """Read the body of a text and check that it is the one writing of it.

    Raises:
        TextError: it is malformed, or not canonical.
    """
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _bad("its JSON", "su JSON", "") from error
    if not isinstance(tree, dict) or set(tree) != _KEYS or tree["type"] != TYPE:
        raise _bad("its keys", "sus claves", "")
    try:
        text = _text(tree)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _bad("its form", "su forma", tree["decision"]) from error
    if text.body != body:
        raise _bad("its spelling", "su escritura", text.decision)
    return text


def _text(tree: dict[str, Any]) -> Text:
    en, es = tree["en"], tree["es"]
    pairs = zip(en["paragraphs"], es["paragraphs"], strict=True)
    old = tree["supersedes"]
    return Text(
        tree["decision"],
        Bilingual(en["title"], es["title"]),
        tuple(Paragraph(one["id"], one["text"], other["text"]) for one, other in pairs),
        tuple(tree["refs"]),
        tree["parent"],
        None if old is None else Successor(old["decision"], old["revision"]),
    )


def _bad(en: str, es: str, decision: object) -> TextError:
    return refused(
        TextError,
        "The text of the decision {decision} cannot be used because of {what}. Write it again.",
        "El texto de la decisión {decision} no puede usarse por {what}. Vuelva a escribirlo.",
        decision=decision or "?",
        what=Bilingual(en, es),
    )
