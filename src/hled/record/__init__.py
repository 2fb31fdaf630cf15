"""The record: every public act as a canonical entry of a log that anyone can verify, and nobody can rewrite.

Pure: bytes and files, no network, no database; the web only stores what this package forms. Its modules, from
the bottom up:

- `canonical`, `formats.v1` (what an entry is), `objects` (what entries name by its SHA-256);
- `merkle`, `tiles`, `tiling`, `log_files` (the tree, and a log as static files);
- `checkpoints`, `notes`, `policies`, `proofs` (who signed what, whom to believe, and receipts);
- `verify`, `other_files` (a whole log, and its past);
- `witness`, `witness_messages`, `witness_wsgi` (who cosigns, and how);
- `rotations`, `key_history` (keys change, old receipts stay valid).

The package itself exports only what every writer of entries needs, so that nobody loads cryptography who
signs and verifies nothing; the rest is imported from its module. `verify_record.py` is a verifier in one file
that uses none of this. Serves the promise of transparency in decision-making, under every work-plan line.
"""

from hled.record.canonical import CanonicalError, canonical
from hled.record.formats.v1.entry import Entry, EntryError, decode, encode

__all__ = ["CanonicalError", "Entry", "EntryError", "canonical", "decode", "encode"]
