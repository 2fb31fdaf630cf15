"""A home whose record was signed and published by hand: log, policy and files as a signer leaves them."""

from dataclasses import dataclass
from pathlib import Path

from hled.record.checkpoints import Checkpoint
from hled.record.log_files import LogWriter
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Group, Log, Policy, Witness
from hled.web.record import queries

AT = 1_795_435_200  # 2026-11-23T12:00:00Z


@dataclass(frozen=True)
class Signer:
    """Whoever holds the keys of a log: its own, and those of both cosigners."""

    folder: Path
    log: SigningKey
    cosigners: tuple[SigningKey, ...]
    policy: Policy

    def sign(self, frontier, *, name="checkpoint", cosigned=True, at=AT):
        """Sign the tree with this right edge and write the checkpoint."""
        text = Checkpoint(self.log.name, frontier.size, frontier.root()).text
        signatures = [self.log.sign(text)]
        signatures += [key.sign(text, at) for key in self.cosigners if cosigned]
        (self.folder / name).write_bytes(Note(text, tuple(signatures)).encode())


def local(home):
    """Publish the own log of the database as a local node does: no cosigner, the policy asks for none."""
    own = queries.own()
    key = SigningKey.generate(own.origin, Algorithm.ED25519)
    return _published(home, Signer(home / "record" / own.name, key, (), Policy((Log(key.verifier),))))


def cosigned(home):
    """Publish the own log with the cosignatures of both governments, of both kinds."""
    own = queries.own()
    key = SigningKey.generate(own.origin, Algorithm.ED25519)
    names = (("us", Algorithm.COSIGNATURE_ED25519), ("mx", Algorithm.COSIGNATURE_ED25519),
             ("us-pq", Algorithm.COSIGNATURE_MLDSA44), ("mx-pq", Algorithm.COSIGNATURE_MLDSA44))  # fmt: skip
    cosigners = tuple(SigningKey.generate(f"{name}.example/cosigner", kind) for name, kind in names)
    witnesses = tuple(
        Witness(name, found.verifier) for (name, _), found in zip(names, cosigners, strict=True)
    )
    group = Group("governments", 2, ("us", "mx"))
    policy = Policy((Log(key.verifier),), witnesses, (group,), "governments")
    return _published(home, Signer(home / "record" / own.name, key, cosigners, policy))


def publish(signer):
    """Write and sign the own log as the database holds it now."""
    own = queries.own()
    signer.sign(LogWriter(signer.folder).extend(queries.rows_after(own.name, 0, own.size)))


def _published(home, signer):
    (home / "record").mkdir(exist_ok=True)
    (home / "record" / "policy").write_text(signer.policy.text)
    publish(signer)
    return signer
