"""Copies of official texts that an operator attaches to a source: what may be one, and what is said of it.

The charter and the record are written in the project's own words; who reads them may want the official text
beside them. A copy is never interpreted: its kind follows from its name and first bytes, and it is only
kept and given out. Serves every work-plan line.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from hled.language import LANGUAGES, Bilingual, DialogueError, Language

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_NAME: Final = 150
MAX_NOTE: Final = 1_000

PDF: Final = "application/pdf"
HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"
PLAIN: Final = "text/plain"
KINDS: Final = {
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": PLAIN,
}
_PDF_MARK: Final = b"%PDF-"
_NO_TEXT: Final = frozenset(range(0x20)) - frozenset(b"\t\n\f\r")  # control bytes that no text holds


class EmptyTextError(DialogueError):
    """The file holds nothing."""

    code = "workplan.attachment_empty"


class TextTooLargeError(DialogueError):
    """The file is larger than 20 MB."""

    code = "workplan.attachment_too_large"


class TextTypeError(DialogueError):
    """The file is none of PDF, HTML, Markdown and plain text, or is not what its name says."""

    code = "workplan.attachment_type"


class TextEncodingError(DialogueError):
    """The file is said to be text and is not UTF-8."""

    code = "workplan.attachment_encoding"


class NoteError(DialogueError):
    """The note about an attached text is in one language only, too long, or cannot be shown."""

    code = "workplan.attachment_note"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A copy of the text of `source`; `size` is in bytes, `language` None where nobody said it."""

    source: str
    language: Language | None
    media_type: str
    sha256: str
    size: int
    name: str
    note: Bilingual | None

    @property
    def key(self) -> str:
        """The id of this copy at this source, which begins with its checksum."""
        return f"{self.sha256[:32]}-{self.source}"

    @property
    def urn(self) -> str:
        """The URN of this copy: not that of the source, which later records may still correct."""
        return f"urn:hled:attachment:{self.key}"

    def to_content(self) -> dict[str, object]:
        """Return the content of an entry `agenda.source.attached`."""
        return {
            "source": self.source,
            "language": self.language,
            "media_type": self.media_type,
            "sha256": self.sha256,
            "bytes": self.size,
            "name": self.name,
            "note_en": self.note.en if self.note else None,
            "note_es": self.note.es if self.note else None,
        }


def from_content(content: Mapping[str, object]) -> Attachment:
    """Read the content of an entry `agenda.source.attached` back."""
    note_en, note_es = content["note_en"], content["note_es"]
    return Attachment(
        source=str(content["source"]),
        language=next((language for language in LANGUAGES if language == content["language"]), None),
        media_type=str(content["media_type"]),
        sha256=str(content["sha256"]),
        size=int(str(content["bytes"])),
        name=str(content["name"]),
        note=Bilingual(str(note_en), str(note_es)) if note_en is not None else None,
    )


def described(
    source: str, name: str, data: bytes, *, language: Language | None, note: Bilingual | None = None
) -> Attachment:
    """Return what is to be said of a file that is attached to `source`.

    Raises:
        EmptyTextError, TextTooLargeError, TextTypeError, TextEncodingError, NoteError: it is not taken.
    """
    shown = _shown(PurePath(name).name)
    _refuse_size(shown, data)
    _refuse_note(note)
    return Attachment(
        source=source,
        language=language,
        media_type=_media_type(shown, data),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        name=shown,
        note=note,
    )


def note_of(en: str | None, es: str | None) -> Bilingual | None:
    """Return a note of its two versions, None where neither is given.

    Raises:
        NoteError: it is there in one language only.
    """
    versions = [(text or "").strip() for text in (en, es)]
    if not any(versions):
        return None
    if not all(versions):
        raise NoteError(
            Bilingual(
                en="The note is in one language only. Give it in both, or leave it out.",
                es="La nota está en un solo idioma. Escríbala en ambos, u omítala.",
            )
        )
    return Bilingual(*versions)


def _media_type(name: str, data: bytes) -> str:
    found = KINDS.get(PurePath(name).suffix.lower())
    if found is None or (found == PDF) != data.startswith(_PDF_MARK):
        raise _no_kind(name)
    if found != PDF:
        _refuse_encoding(name, data)
    return found


def _refuse_size(name: str, data: bytes) -> None:
    if not data.strip():
        raise EmptyTextError(
            Bilingual(en="{name} is empty.", es="El archivo {name} está vacío.").format(name=name)
        )
    if len(data) > MAX_BYTES:
        raise TextTooLargeError(
            Bilingual(
                en="{name} is larger than {limit} bytes.", es="El archivo {name} excede {limit} bytes."
            ).format(name=name, limit=f"{MAX_BYTES:,}")
        )


def _refuse_encoding(name: str, data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise TextEncodingError(
            Bilingual(
                en="{name} is not UTF-8 text: byte {place} does not fit. Save it as UTF-8 and attach it "
                "again.",
                es="{name} no es texto UTF-8: el byte {place} no corresponde. Guárdelo como UTF-8 y "
                "adjúntelo de nuevo.",
            ).format(name=name, place=f"{error.start:,}")
        ) from error
    if any(sign in data for sign in _NO_TEXT):
        raise _no_kind(name)


def _refuse_note(note: Bilingual | None) -> None:
    versions = (note.en, note.es) if note else ()
    if any(len(text) > MAX_NOTE or not text.isprintable() for text in versions):
        raise NoteError(
            Bilingual(
                en=f"The note has at most {MAX_NOTE:,} characters, on one line, without control characters.",
                es=f"La nota tiene a lo sumo {MAX_NOTE:,} caracteres, en una línea y sin signos de control.",
            )
        )


def _shown(name: str) -> str:
    """Drop what cannot be shown; a long name keeps its end, which says its kind."""
    clean = "".join(sign for sign in unicodedata.normalize("NFC", name) if sign.isprintable()).strip()
    return clean if len(clean) <= MAX_NAME else f"{clean[: MAX_NAME - 20]}…{clean[-19:]}"


def _no_kind(name: str) -> TextTypeError:
    kinds = ", ".join(KINDS)
    return TextTypeError(
        Bilingual(
            en="{name} is none of the kinds that can be attached ({kinds}), or its content is not what its "
            "name says.",
            es="{name} no es de los tipos que pueden adjuntarse ({kinds}), o su contenido no es lo que su "
            "nombre indica.",
        ).format(name=name or "-", kinds=kinds)
    )
