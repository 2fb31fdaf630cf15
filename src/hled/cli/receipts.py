"""What checking a receipt finds, as a frozen result that prints in either language.

It serves the promise of transparency under every work-plan line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hled.cli.output import wrapped
from hled.language import Bilingual, DialogueError, Language
from hled.record import canonical
from hled.record.batches import read_extra, verify_personal
from hled.record.errors import ProofError
from hled.record.examining import Problem, State, is_demonstration, state_of, times
from hled.record.explained import named
from hled.record.formats.v1.entry import Entry, decode
from hled.record.policies import Policy
from hled.record.proofs import Receipt

_GENUINE: Final = Bilingual(
    "GENUINE: this is entry {index} of {origin}, unchanged; {state}.",
    "AUTÉNTICO: este es el asiento {index} de {origin}, sin cambios; {state}.",
)
_REFUSED: Final = Bilingual("REFUSED. {why}", "RECHAZADO. {why}")
_ABOUT: Final = Bilingual("{type}, about {id}, {at}", "{type}, sobre {id}, {at}")
_UNDER: Final = Bilingual(
    "Checkpoint of {size} entries, root {root}.", "Punto de control de {size} asientos, raíz {root}."
)
_SIGNED: Final = Bilingual("Cosigned by {who}, {at}.", "Con firma conjunta de {who}, {at}.")
_ALONE: Final = Bilingual(
    "Only the log's own key vouches for it.", "Solo responde por él la clave de la propia bitácora."
)
_DEMONSTRATION: Final = Bilingual(
    "These are demonstration keys: they prove nothing about either government.",
    "Son claves de demostración: no prueban nada sobre ninguno de los dos gobiernos.",
)
_ACT: Final = Bilingual("The act of this receipt: {act}", "El acto de este comprobante: {act}")
_OTHER: Final = Bilingual(
    "The act in this receipt stands in another entry than the one given. Check it against the entry of its "
    "batch.",
    "El acto de este comprobante consta en otro asiento que el indicado. Verifíquelo con el asiento de su "
    "lote.",
)
_NO_FORMAT: Final = Bilingual("no entry of format v1", "no es un asiento del formato v1")


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt as checked under a policy; where `ok` is false, `problems` say why and the rest is empty.

    `root` is in hex, `cosigned` tells when each cosigner of the policy signed (ISO 8601, UTC). `type`, `id`
    and `at` are those of the entry, empty where its bytes are no entry of a known format. `act` is the
    person's act in a receipt of a batch, None in any other.
    """

    ok: bool
    origin: str = ""
    index: int = 0
    size: int = 0
    root: str = ""
    state: State = State.REFUSED
    demonstration: bool = False
    cosigned: Mapping[str, str] = field(default_factory=dict, hash=False)
    type: str = ""
    id: str = ""
    at: str = ""
    act: object = None
    problems: tuple[Problem, ...] = ()

    def lines(self, language: Language) -> list[str]:
        """Return the result in words, the verdict first."""
        if not self.ok:
            return [wrapped(_REFUSED.format(why=item.message).text(language)) for item in self.problems]
        facts = [
            _GENUINE.format(index=f"{self.index:,}", origin=self.origin, state=self.state.said),
            _ABOUT.format(type=self.type, id=self.id, at=self.at) if self.type else _NO_FORMAT,
            _UNDER.format(size=f"{self.size:,}", root=self.root),
            *(_SIGNED.format(who=named(name), at=at) for name, at in self.cosigned.items()),
        ]
        if self.act is not None:
            facts.append(_ACT.format(act=canonical(self.act).decode()))
        facts += [] if self.cosigned else [_ALONE]
        facts += [_DEMONSTRATION] if self.demonstration else []
        return [wrapped(fact.text(language)) for fact in facts]


def checked(entry: bytes, receipt: bytes, policy: Policy) -> Checked:
    """Check a receipt of exactly these bytes; a refusal is a result."""
    try:
        found = Receipt.parse(receipt)
        accepted = found.verify(entry, policy)
        act = _act(found, entry, policy)
    except DialogueError as error:
        return Checked(ok=False, problems=(Problem.of("", error),))
    about = _read(entry)
    return Checked(
        ok=True,
        origin=accepted.checkpoint.origin,
        index=found.index,
        size=accepted.checkpoint.size,
        root=accepted.checkpoint.root.hex(),
        state=state_of(policy),
        demonstration=is_demonstration(accepted.checkpoint.origin),
        cosigned=times(accepted),
        type=about.type if about else "",
        id=about.id if about else "",
        at=about.at if about else "",
        act=act,
    )


def _act(receipt: Receipt, entry: bytes, policy: Policy) -> object:
    """Return the person's act in a receipt of a batch, once it is verified; None in any other receipt.

    Raises:
        ProofError: the act is not in the batch, or the batch is another entry.
    """
    if not receipt.extra.startswith(b"{"):
        return None
    _, proof = verify_personal(receipt, policy)
    if read_extra(receipt.extra)[1] != entry:
        raise ProofError(_OTHER)
    return proof.value


def _read(entry: bytes) -> Entry | None:
    try:
        return decode(entry)
    except DialogueError:  # the proof holds whatever the bytes say
        return None
