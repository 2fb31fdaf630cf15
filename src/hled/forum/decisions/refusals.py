"""Why an act does not count: typed, in both languages, with what to do next.

An act on the record is never taken away. One that may not count is listed with the state of its decision and
changes nothing in it. Serves every work-plan line.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hled.forum.decisions.statements import Verb
from hled.language import Bilingual
from hled.workplan.types import Party
from hled.workplan.words import PARTY


class Reason(StrEnum):
    """The kinds of refusal."""

    OTHER_DECISION = "other_decision"
    FOREIGN_LOG = "foreign_log"
    UNKNOWN_KEY = "unknown_key"
    FOREIGN_KEY = "foreign_key"
    WRONG_OFFICE = "wrong_office"
    KEY_NOT_ACTIVE = "key_not_active"
    CLOCK = "clock"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_REVISION = "unknown_revision"
    STALE_REVISION = "stale_revision"
    NOT_CLEARED = "not_cleared"
    ONE_LANGUAGE = "one_language"
    MISMATCH = "mismatch"
    UNKNOWN_RULES = "unknown_rules"
    ALREADY_AGREED = "already_agreed"
    WITHDRAWN = "withdrawn"
    OUT_OF_TURN = "out_of_turn"
    NOT_THE_PROPOSER = "not_the_proposer"
    OUT_OF_DATE = "out_of_date"


_TEXTS: Final[dict[Reason, Bilingual]] = {
    Reason.OTHER_DECISION: Bilingual(
        "The act was signed for another decision and is worth nothing here. Sign one for this decision.",
        "El acto se firmó para otra decisión y aquí no vale. Firme uno para esta decisión.",
    ),
    Reason.FOREIGN_LOG: Bilingual(
        "The act of {party} stands in a log that is not its own. It counts once {party} enters it itself.",
        "El acto de {party} está en una bitácora que no es la suya. Contará cuando {party} lo asiente.",
    ),
    Reason.UNKNOWN_KEY: Bilingual(
        "Nobody named this key for an office of {party}. Sign with a key of the register.",
        "Nadie designó esta clave para una oficina de {party}. Firme con una clave del registro de claves.",
    ),
    Reason.FOREIGN_KEY: Bilingual(
        "The key belongs to the other government. Only keys of {party} speak for {party}.",
        "La clave es del otro gobierno. Solo las claves de {party} hablan por {party}.",
    ),
    Reason.WRONG_OFFICE: Bilingual(
        "This key's office may not do this: ministries clear, the government approves and withdraws.",
        "La oficina de esta clave no puede hacer esto: las dependencias dan su visto bueno; el "
        "gobierno aprueba y retira.",
    ),
    Reason.KEY_NOT_ACTIVE: Bilingual(
        "The key's term had not begun or was over. Sign with the office's present key.",
        "El periodo de la clave no había comenzado o ya había terminado. Firme con la clave vigente "
        "de la oficina.",
    ),
    Reason.CLOCK: Bilingual(
        "The signer's clock ran ahead of the record's. Set the clock and sign again.",
        "El reloj de quien firma va adelantado al del registro. Ajuste el reloj y firme de nuevo.",
    ),
    Reason.BAD_SIGNATURE: Bilingual(
        "The signature does not belong to these words: they were changed, or it was taken from "
        "another act. Sign again.",
        "La firma no corresponde a estas palabras: fueron alteradas, o se tomó de otro acto. Firme de nuevo.",
    ),
    Reason.UNKNOWN_REVISION: Bilingual(
        "The act speaks of a revision that its signer had not seen on the record. Open the decision "
        "and sign again.",
        "El acto habla de una revisión que quien firmó no había visto en el registro. Abra la "
        "decisión y firme de nuevo.",
    ),
    Reason.STALE_REVISION: Bilingual(
        "The text was revised since: an approval of the older text no longer counts. Read the latest "
        "revision.",
        "El texto se revisó después: la aprobación del texto anterior ya no cuenta. Lea la revisión "
        "más reciente.",
    ),
    Reason.NOT_CLEARED: Bilingual(
        "Too few ministries of {party} cleared exactly this text before its national key approved. "
        "Have it cleared, then approve again.",
        "Muy pocas dependencias de {party} dieron su visto bueno a este mismo texto antes de aprobarlo "
        "con la clave nacional. Obtenga los vistos buenos y apruebe de nuevo.",
    ),
    Reason.ONE_LANGUAGE: Bilingual(
        "A paragraph lacks one of its two versions. Write it, then approve the new revision.",
        "A un párrafo le falta una de sus dos versiones. Escríbala y apruebe la nueva revisión.",
    ),
    Reason.MISMATCH: Bilingual(
        "The two versions differ and the difference is not explained by both governments. Correct the "
        "text, or let both record why.",
        "Las dos versiones difieren y ambos gobiernos no han explicado la diferencia. Corrija el "
        "texto, o que ambos dejen constancia del motivo.",
    ),
    Reason.UNKNOWN_RULES: Bilingual(
        "The act names rules of concordance that this version of the platform does not know. Update, "
        "or approve again.",
        "El acto nombra reglas de concordancia que esta versión de la plataforma no conoce. "
        "Actualice, o apruebe de nuevo.",
    ),
    Reason.ALREADY_AGREED: Bilingual(
        "Both governments had agreed already. What is agreed changes only by a new decision that "
        "supersedes it.",
        "Ambos gobiernos ya habían acordado. Lo acordado solo cambia por una nueva decisión que lo "
        "sustituya.",
    ),
    Reason.WITHDRAWN: Bilingual(
        "The proposal had been withdrawn. Propose a new decision.",
        "La propuesta se había retirado. Proponga una nueva decisión.",
    ),
    Reason.OUT_OF_TURN: Bilingual(
        "The national key of {party} had signed another act before that this one does not know of. "
        "Prepare it anew and sign again.",
        "La clave nacional de {party} había firmado antes otro acto que este desconoce. Prepárelo y "
        "fírmelo de nuevo.",
    ),
    Reason.NOT_THE_PROPOSER: Bilingual(
        "Only who proposed can withdraw the proposal. To refuse it, object with a reason.",
        "Solo quien propuso puede retirar la propuesta. Para rechazarla, objete con un motivo.",
    ),
    Reason.OUT_OF_DATE: Bilingual(
        "Other acts were entered since this one was prepared. Look at them, then prepare and sign it again.",
        "Después de preparar este acto se asentaron otros. Revíselos; luego prepárelo y fírmelo de nuevo.",
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that does not count, and why."""

    act: str
    party: Party
    verb: Verb
    reason: Reason

    @property
    def message(self) -> Bilingual:
        """The reason for people, with what to do next."""
        return _TEXTS[self.reason].format(party=PARTY[self.party])
