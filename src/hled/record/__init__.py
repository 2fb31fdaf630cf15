"""The record: canonical entries of every public act. Pure; the web only stores what this package forms.

Serves the forum's promise of transparency in decision-making, under every work-plan line.
"""

from hled.record.canonical import CanonicalError, canonical
from hled.record.formats.v1.entry import Entry, EntryError, decode, encode

__all__ = ["CanonicalError", "Entry", "EntryError", "canonical", "decode", "encode"]
