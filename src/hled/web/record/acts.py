"""What an entry did, and what it is about, in words: the one place where types and URNs become language.

Entry types and URNs are for programs and never change; people read these words. It serves the promise of
transparency under every work-plan line.
"""

from typing import Final

from hled.language import Bilingual

_ENTRY: Final = Bilingual("Entry of the record", "Asiento del registro")
_SAID: Final = {
    "agenda.record.loaded": Bilingual(
        "A file of the public record was loaded", "Se cargó un archivo del registro público"
    ),
    "agenda.source.attached": Bilingual(
        "A copy of an official text was attached", "Se adjuntó una copia de un texto oficial"
    ),
    "agenda.source.compiled": Bilingual("Source added or changed", "Fuente agregada o modificada"),
    "agenda.action.compiled": Bilingual("Action added or changed", "Acción agregada o modificada"),
    "agenda.event.compiled": Bilingual("Event added or changed", "Evento agregado o modificado"),
    "agenda.deliverable.compiled": Bilingual(
        "Deliverable added or changed", "Entregable agregado o modificado"
    ),
    "agenda.claim.compiled": Bilingual(
        "Published figure added or changed", "Cifra publicada agregada o modificada"
    ),
    "agenda.discrepancy.compiled": Bilingual(
        "Discrepancy added or changed", "Discrepancia agregada o modificada"
    ),
    "directory.agency.compiled": Bilingual("Agency added or changed", "Dependencia agregada o modificada"),
    "directory.body.compiled": Bilingual("Body added or changed", "Órgano agregado o modificado"),
    "meetings.meeting.compiled": Bilingual("Meeting added or changed", "Reunión agregada o modificada"),
    "record.object.redacted": Bilingual("Personal data were erased", "Se suprimieron datos personales"),
    "audit.head.published": Bilingual(
        "The audit log's head of the day was put on record",
        "Se asentó la cabeza del día de la bitácora de auditoría",
    ),
    "key.rotate": Bilingual("A key was replaced by a new one", "Una clave fue sustituida por otra"),
}
_NOUNS: Final = {
    "action": Bilingual("Action", "Acción"),
    "agency": Bilingual("Agency", "Dependencia"),
    "attachment": Bilingual("Attached text", "Texto adjunto"),
    "audit": Bilingual("Audit log", "Bitácora de auditoría"),
    "body": Bilingual("Body", "Órgano"),
    "claim": Bilingual("Published figure", "Cifra publicada"),
    "deliverable": Bilingual("Deliverable", "Entregable"),
    "discrepancy": Bilingual("Discrepancy", "Discrepancia"),
    "event": Bilingual("Event", "Evento"),
    "key": Bilingual("Keys", "Claves"),
    "meeting": Bilingual("Meeting", "Reunión"),
    "record": Bilingual("Loaded file", "Archivo cargado"),
    "source": Bilingual("Source", "Fuente"),
}
_PLURALS: Final = {
    "action": Bilingual("Actions", "Acciones"),
    "agency": Bilingual("Agencies", "Dependencias"),
    "attachment": Bilingual("Attached texts", "Textos adjuntos"),
    "audit": Bilingual("Audit logs", "Bitácoras de auditoría"),
    "body": Bilingual("Bodies", "Órganos"),
    "claim": Bilingual("Published figures", "Cifras publicadas"),
    "deliverable": Bilingual("Deliverables", "Entregables"),
    "discrepancy": Bilingual("Discrepancies", "Discrepancias"),
    "event": Bilingual("Events", "Eventos"),
    "key": Bilingual("Keys", "Claves"),
    "meeting": Bilingual("Meetings", "Reuniones"),
    "record": Bilingual("Loaded files", "Archivos cargados"),
    "redaction": Bilingual("Erasures of personal data", "Supresiones de datos personales"),
    "source": Bilingual("Sources", "Fuentes"),
}
_KINDS: Final = {"audit.head.published": "audit", "record.object.redacted": "redaction"}
_LOGS: Final = {
    "local": Bilingual("Local log", "Bitácora local"),
    "us": Bilingual("Log of the United States", "Bitácora de Estados Unidos"),
    "mx": Bilingual("Log of Mexico", "Bitácora de México"),
}


def said(entry_type: str) -> Bilingual:
    """Return what an entry of this type did."""
    return _SAID.get(entry_type, _ENTRY)


def kind_of(urn: str) -> str:
    """`urn:hled:action:some-id` is about an `action`."""
    return urn.split(":", 3)[2]


def key_of(urn: str) -> str:
    """`urn:hled:action:some-id` is about the one called `some-id`."""
    return urn.split(":", 3)[3]


def kind_done(entry_type: str) -> str:
    """`agenda.action.compiled` is about an `action`."""
    return _KINDS.get(entry_type, entry_type.split(".")[-2])


def noun(kind: str) -> Bilingual:
    """Return what one thing of a kind is called."""
    return _NOUNS.get(kind, Bilingual(kind, kind))


def plural(kind: str) -> Bilingual:
    """Return what many things of a kind are called."""
    return _PLURALS.get(kind, Bilingual(kind, kind))


def log_name(log: str) -> Bilingual:
    """Return what a log is called."""
    return _LOGS.get(log, Bilingual("Log “{log}”", "Bitácora «{log}»").format(log=log))
