"""Verbs of the agenda: reporting an error for the officers to read, attaching a text to a source."""

import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from hled.language import Bilingual, Language
from hled.web.agenda import rows
from hled.web.agenda.errors import ReportError, ReportsFullError, not_on_record
from hled.web.agenda.models import AttachmentRow, ErrorReport, SourceRow
from hled.web.record.actions import Act, append
from hled.web.record.queries import objects
from hled.workplan.attachments import Attachment

ATTACHED: Final = "agenda.source.attached"
MAX_TEXT: Final = 5_000
MAX_SOURCE: Final = 1_000
MAX_REPORTS: Final = 10_000  # some 60 MB
_URN: Final = re.compile(r"urn:hled:[a-z_]+:[A-Za-z0-9._-]{1,120}\Z")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_MESSAGES: Final = {
    "about": Bilingual(
        "The address of what is wrong is not one of this register.",
        "La referencia de lo que está mal no pertenece a este registro.",
    ),
    "text": Bilingual(
        f"Say what is wrong, in 10 to {MAX_TEXT:,} characters.",
        f"Diga qué está mal, en 10 a {MAX_TEXT:,} caracteres.",
    ),
    "source": Bilingual(
        f"Name a source that shows it: an address or a title, in 5 to {MAX_SOURCE:,} characters.",
        f"Indique una fuente que lo demuestre: una dirección o un título, en 5 a {MAX_SOURCE:,} caracteres.",
    ),
    "email": Bilingual(
        "The e-mail address is not valid. It may also be left out.",
        "El correo electrónico no es válido. También puede omitirse.",
    ),
}


@dataclass(frozen=True, slots=True)
class ErrorFound:
    """What a person reports; an empty `about` (else a URN) means the register, `email` may be left out."""

    about: str
    text: str
    source: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """An attached text with its entry; `already` says that it was attached before."""

    attachment: Attachment
    seq: int
    already: bool


@transaction.atomic
def attach(wanted: Attachment, data: bytes) -> Attached:
    """Keep a copy of a source's official text and put it on record; the same copy again adds no entry.

    The bytes are kept first: an entry never names what is not there. Attaching a copy again mends one whose
    bytes were lost.

    Raises:
        NotOnRecordError: no source has this id.
    """
    source = SourceRow.objects.select_for_update().filter(id=wanted.source).first()  # one at a time
    if source is None:
        raise not_on_record(Bilingual("source", "fuente"), wanted.source)
    checksum = objects().keep(data)
    before = AttachmentRow.objects.filter(source=source, sha256=checksum).first()
    if before is not None:
        return Attached(rows.attachment(before), before.seq, already=True)
    (seq,) = append([Act(ATTACHED, wanted.urn, wanted.to_content())])
    return Attached(wanted, seq, already=False)


def report_error(found: ErrorFound, language: Language, request_id: str = "") -> int:
    """Keep an error report for the officers and return its number.

    Raises:
        ReportError: something is missing or malformed; `problems` maps each field to its message.
        ReportsFullError: `MAX_REPORTS` are kept already.
    """
    cleaned = ErrorFound(
        about=_clean(found.about),
        text=_clean(found.text),
        source=_clean(found.source),
        email=_clean(found.email),
    )
    problems = {name: _MESSAGES[name] for name in _wrong(cleaned)}
    if problems:
        raise ReportError(problems)
    if ErrorReport.objects.count() >= MAX_REPORTS:
        raise ReportsFullError.of(MAX_REPORTS)
    report = ErrorReport.objects.create(
        about=cleaned.about,
        text=cleaned.text,
        source=cleaned.source,
        email=cleaned.email,
        language=language,
        request_id=_clean(request_id)[:64],
        at=timezone.now(),
    )
    return report.pk


def _wrong(found: ErrorFound) -> tuple[str, ...]:
    checks = {
        "about": not found.about or _URN.match(found.about) is not None,
        "text": 10 <= len(found.text) <= MAX_TEXT,
        "source": 5 <= len(found.source) <= MAX_SOURCE,
        "email": not found.email or _is_email(found.email),
    }
    return tuple(name for name, passed in checks.items() if not passed)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _clean(text: str) -> str:
    """Drop what no reader needs: control characters, overrides of direction, lone surrogates."""
    return _CONTROL.sub("", text).strip()
