"""Signed notes (C2SP signed-note): a text, an empty line, and lines of signatures by named keys.

Checkpoints of the record travel as signed notes. The keys here sign with Ed25519 (type 0x01), or cosign
with Ed25519 (0x04) and ML-DSA-44 (0x06) as C2SP tlog-cosignature says. It serves the promise of
transparency: two governments and any witness put their names under the same short text.
"""

import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from hled.record.checkpoints import Checkpoint
from hled.record.errors import NoteError, SignatureError, refusal
from hled.record.text import from_base64, to_base64

MAX_NOTE: Final = 1_000_000
MAX_SIGNATURES: Final = 64
MAX_TIME: Final = 253_402_300_799  # the last second of the year 9999
_NAME: Final = re.compile(r"[^\s+\x00-\x20\x7f\ud800-\udfff]{1,255}\Z")
_MARK: Final = "— "
_PRIVATE: Final = "PRIVATE+KEY+"


class Algorithm(IntEnum):
    """Signature types of C2SP signed-note that the record uses."""

    ED25519 = 0x01
    COSIGNATURE_ED25519 = 0x04
    COSIGNATURE_MLDSA44 = 0x06


_PUBLIC_SIZE: Final = {
    Algorithm.ED25519: 32,
    Algorithm.COSIGNATURE_ED25519: 32,
    Algorithm.COSIGNATURE_MLDSA44: 1312,
}
COSIGNATURES: Final = frozenset({Algorithm.COSIGNATURE_ED25519, Algorithm.COSIGNATURE_MLDSA44})


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: key name, key id (4 bytes) and what the key's type puts after it."""

    name: str
    key_id: bytes
    body: bytes

    @property
    def line(self) -> str:
        """The line without its newline."""
        return f"{_MARK}{self.name} {to_base64(self.key_id + self.body)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (ending in a newline) and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Return the note as bytes."""
        return (self.text + "\n" + "".join(f"{item.line}\n" for item in self.signatures)).encode()

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """Return the note with further signatures; one of a key that signed already takes its place."""
        lines = {(item.name, item.key_id): item for item in (*self.signatures, *more)}
        return Note(self.text, tuple(lines.values()))


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by its name: what a vkey says."""

    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || type || public key), first 4 bytes."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes((self.algorithm,)) + self.public).digest()[:4]

    def __str__(self) -> str:
        """Return the vkey."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes((self.algorithm,)) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a vkey: `name+key id in hex+base64(type || public key)`.

        Raises:
            NoteError: the text is none, the type is unknown, or the key id is not that of the key.
        """
        name, algorithm, public = _key_parts(text)
        key = cls(name, algorithm, public)
        if len(public) != _PUBLIC_SIZE[algorithm] or str(key) != text:
            _bad_key(text)
        return key

    def signed(self, signature: Signature) -> bool:
        """Say whether a signature line claims to be by this key."""
        return signature.name == self.name and signature.key_id == self.key_id

    def verify(self, text: str, signature: Signature) -> int | None:
        """Check a signature line over `text`; return the time of a cosignature (POSIX seconds), else None.

        Raises:
            SignatureError: it does not verify.
            CheckpointError: an ML-DSA-44 cosignature stands under a text that is no checkpoint.
        """
        if self.algorithm is Algorithm.ED25519:
            self.check_bytes(signature.body, text.encode())
            return None
        if len(signature.body) <= 8:
            self.refuse()
        (at,) = struct.unpack(">Q", signature.body[:8])
        if at > MAX_TIME:
            self.refuse()
        self.check_bytes(signature.body[8:], _cosigned(self.algorithm, self.name, text, at))
        return int(at)

    def check_bytes(self, signature: bytes, message: bytes) -> None:
        """Check a bare signature over `message`, as changes of keys carry them.

        Raises:
            SignatureError: it does not verify.
        """
        try:
            if self.algorithm is Algorithm.COSIGNATURE_MLDSA44:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            self.refuse()

    def refuse(self) -> NoReturn:
        """Raise the error of a signature by this key that does not hold."""
        raise refusal(
            SignatureError,
            "The signature of {name} does not match: the checkpoint was changed, or another key signed.",
            "La firma de {name} no coincide: el punto de control fue alterado, o firmó otra clave.",
            name=self.name,
        )


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key by its name; `seed` is its 32 secret bytes."""

    name: str
    algorithm: Algorithm
    seed: bytes

    def __repr__(self) -> str:
        """Show the name, never the secret."""
        return f"SigningKey({self.name!r}, {self.algorithm!r})"

    @classmethod
    def generate(cls, name: str, algorithm: Algorithm) -> "SigningKey":
        """Make a new key.

        Raises:
            NoteError: the name is empty or holds a space, a plus or a control character.
        """
        if not _is_name(name):
            _bad_key(name)
        return cls(name, algorithm, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read `PRIVATE+KEY+name+key id+base64(type || seed)`, the form in which keys are kept.

        Raises:
            NoteError: the text is none.
        """
        name, algorithm, seed = _key_parts(text.removeprefix(_PRIVATE))
        if len(seed) != 32 or not text.startswith(_PRIVATE):
            _bad_key(name)
        key = cls(name, algorithm, seed)
        if key.secret != text:
            _bad_key(name)
        return key

    @property
    def secret(self) -> str:
        """The text in which the key is kept; never shown, never logged."""
        key_id = self.verifier.key_id.hex()
        return f"{_PRIVATE}{self.name}+{key_id}+{to_base64(bytes((self.algorithm,)) + self.seed)}"

    @property
    def verifier(self) -> VerifierKey:
        """The public key."""
        if self.algorithm is Algorithm.COSIGNATURE_MLDSA44:
            public = MLDSA44PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw()
        else:
            public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.algorithm, public)

    def sign(self, text: str, at: int = 0) -> Signature:
        """Sign the text of a note; cosigners say when (`at`, POSIX seconds), log keys do not.

        Raises:
            CheckpointError: an ML-DSA-44 key is asked to cosign what is no checkpoint.
        """
        key_id = self.verifier.key_id
        if self.algorithm is Algorithm.ED25519:
            return Signature(self.name, key_id, self.sign_bytes(text.encode()))
        signature = self.sign_bytes(_cosigned(self.algorithm, self.name, text, at))
        return Signature(self.name, key_id, struct.pack(">Q", at) + signature)

    def sign_bytes(self, message: bytes) -> bytes:
        """Return a bare signature; the caller makes sure that `message` can be no note and no cosignature."""
        if self.algorithm is Algorithm.COSIGNATURE_MLDSA44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message)
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def parse_note(data: bytes) -> Note:
    """Read a signed note, strictly: what is read encodes to the same bytes.

    Raises:
        NoteError: not UTF-8, a control character, no empty line before the signatures, no signature, too
            many of them, or a malformed one.
    """
    if len(data) > MAX_NOTE:
        _bad_note()
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        _bad_note()
    if any(ord(sign) < 0x20 and sign != "\n" for sign in whole):
        _bad_note()
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        _bad_note()
    signatures = tuple(parse_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MAX_SIGNATURES:
        _bad_note()
    return Note(text + "\n", signatures)


def parse_signature(line: str) -> Signature:
    """Read one signature line, without its newline.

    Raises:
        NoteError: it is malformed.
    """
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK) or not _is_name(name):
        _bad_note()
    data = from_base64(encoded, NoteError)
    if len(data) < 5:
        _bad_note()
    return Signature(name, data[:4], data[4:])


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int | None]:
    """Check every signature by a known key and return who signed, with the time of each cosignature.

    Signatures by unknown keys are ignored.

    Raises:
        SignatureError: a known key's signature does not verify, or no known key signed, or one signed twice.
    """
    known = tuple(keys)
    signed: dict[VerifierKey, int | None] = {}
    for signature in note.signatures:
        for key in known:
            if key.signed(signature):
                if key in signed:
                    key.refuse()
                signed[key] = key.verify(note.text, signature)
    if not signed:
        raise refusal(
            SignatureError,
            "No key that you trust signed this. Check that the policy file is the one of this record.",
            "Ninguna clave en la que usted confía firmó esto. Revise que el archivo de política sea "
            "el de este registro.",
        )
    return signed


def _cosigned(algorithm: Algorithm, name: str, text: str, at: int) -> bytes:
    """Return the message of a cosignature (C2SP tlog-cosignature)."""
    if algorithm is Algorithm.COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {at}\n{text}".encode()
    checkpoint = Checkpoint.parse(text)
    cosigner, origin = name.encode(), checkpoint.origin.encode()
    return b"".join(
        (
            b"subtree/v1\n\x00",
            bytes((len(cosigner),)),
            cosigner,
            struct.pack(">Q", at),
            bytes((len(origin),)),
            origin,
            struct.pack(">QQ", 0, checkpoint.size),
            checkpoint.root,
        )
    )


def _is_name(text: str) -> bool:
    """Say whether a key can bear this name; a cosignature has one byte for its length in UTF-8."""
    return bool(_NAME.match(text)) and len(text.encode()) <= 255


def _key_parts(text: str) -> tuple[str, Algorithm, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not _is_name(parts[0]):
        _bad_key(parts[0])
    material = from_base64(parts[2], NoteError)
    if material[0] not in set(Algorithm):
        _bad_key(parts[0])
    return parts[0], Algorithm(material[0]), material[1:]


def _bad_key(name: str) -> NoReturn:
    raise refusal(
        NoteError,
        "“{name}” is no key as the record writes them (name+key id+key). Copy the whole line again.",
        "«{name}» no es una clave como las escribe el registro (nombre+identificador+clave). Copie "
        "de nuevo la línea completa.",
        name=name,
    )


def _bad_note() -> NoReturn:
    raise refusal(
        NoteError,
        "This is no signed note: a text, an empty line and signature lines are expected. Download it again.",
        "Esto no es una nota firmada: se espera un texto, una línea vacía y líneas de firma. "
        "Descárguela de nuevo.",
    )
