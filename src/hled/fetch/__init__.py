"""The only package that opens an outgoing connection: to the other government's node, a witness or a log.

Nothing here runs by itself. An operator's command (`hled node follow`, `hled sync`, an audit of an address)
asks for it, with bounded sizes and times, and by default no private address is reached. It serves the
promise of transparency under every work-plan line: each side reads the other's record by itself.
"""

from hled.fetch.addresses import Address, Reach
from hled.fetch.errors import (
    AddressError,
    AnswerError,
    AnswerTooLargeError,
    FetchError,
    NotThereError,
    UnreachableError,
)
from hled.fetch.logs import Files, log_reader
from hled.fetch.source import Limits, Reply, Source

__all__ = [
    "Address",
    "AddressError",
    "AnswerError",
    "AnswerTooLargeError",
    "FetchError",
    "Files",
    "Limits",
    "NotThereError",
    "Reach",
    "Reply",
    "Source",
    "UnreachableError",
    "log_reader",
]
