"""Publishes the logs of a test's database as a node's processes do, with keys made for the test."""

from dataclasses import dataclass, field
from pathlib import Path

from hled.record.checkpoints import Checkpoint
from hled.record.log_files import LogWriter
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Group, Log, Policy, Witness
from hled.web.record import actions, queries

AT = 1_795_435_200  # 2026-11-23T12:00:00Z
SUFFIX = {Algorithm.COSIGNATURE_ED25519: "", Algorithm.COSIGNATURE_MLDSA44: "-pq"}


@dataclass
class Publisher:
    """Writes tiles, checkpoints and the policy below `home`/record; `cosigners` maps names to keys."""

    home: Path
    cosigners: dict[str, SigningKey] = field(default_factory=dict)
    keys: dict[str, SigningKey] = field(default_factory=dict)
    writers: dict[str, LogWriter] = field(default_factory=dict)

    @property
    def record(self) -> Path:
        return self.home / "record"

    def key(self, log: queries.Log) -> SigningKey:
        if log.name not in self.keys:
            self.keys[log.name] = SigningKey.generate(log.origin, Algorithm.ED25519)
        return self.keys[log.name]

    def policy(self) -> Policy:
        """Both governments' quick keys must cosign, where there are any."""
        logs = tuple(Log(self.key(log).verifier) for log in queries.logs())
        if not self.cosigners:
            return Policy(logs)
        witnesses = tuple(Witness(name, key.verifier) for name, key in self.cosigners.items())
        asked = tuple(name for name in self.cosigners if not name.endswith("-pq"))
        return Policy(logs, witnesses, (Group("governments", len(asked), asked),), "governments")

    def publish(self, *signing: str) -> None:
        """Sign every log; it is cosigned by those named, by all of them if nobody is."""
        policy = self.policy()
        self.record.mkdir(parents=True, exist_ok=True)
        (self.record / "policy").write_text(policy.text)
        for log in queries.logs():
            self._publish(log, policy, signing or tuple(self.cosigners))

    def _publish(self, log: queries.Log, policy: Policy, signing: tuple[str, ...]) -> None:
        folder = self.record / log.name
        folder.mkdir(exist_ok=True)
        writer = self.writers.setdefault(log.name, LogWriter(folder))
        frontier = writer.extend(queries.rows_after(log.name, writer.size, 10**6))
        text = Checkpoint(log.origin, frontier.size, frontier.root()).text
        note = Note(text, (self.key(log).sign(text),))
        note = note.with_signatures(self.cosigners[name].sign(text, AT) for name in signing)
        is_complete = policy.satisfied(policy.signed(note).cosigned)
        for name in ("checkpoint.pending", *(["checkpoint"] if is_complete else [])):
            (folder / f".new-{name}").write_bytes(note.encode())
            (folder / f".new-{name}").replace(folder / name)
        actions.put_checkpoint(log.name, note.encode(), complete=is_complete)


def governments(
    algorithms: tuple[Algorithm, ...] = (Algorithm.COSIGNATURE_ED25519,),
) -> dict[str, SigningKey]:
    """Keys of both governments, by the names that a policy gives them."""
    return {
        f"{party}{SUFFIX[kind]}": SigningKey.generate(f"{party}.example/cosigner{SUFFIX[kind]}", kind)
        for kind in algorithms
        for party in ("us", "mx")
    }
