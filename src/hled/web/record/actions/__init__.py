"""The verbs of the record: appending, loading, receiving from another node, naming logs, erasing."""

from hled.web.record.actions.append import Act, append
from hled.web.record.actions.batch import Batched, Items, batch
from hled.web.record.actions.disclose import disclose
from hled.web.record.actions.load import LOADED, Loaded, Origin, bring_in, load
from hled.web.record.actions.logs import adopt, own_log, put_checkpoint
from hled.web.record.actions.receive import PartOf, Received, receive, restore
from hled.web.record.actions.redact import redact

__all__ = [
    "LOADED",
    "Act",
    "Batched",
    "Items",
    "Loaded",
    "Origin",
    "PartOf",
    "Received",
    "adopt",
    "append",
    "batch",
    "bring_in",
    "disclose",
    "load",
    "own_log",
    "put_checkpoint",
    "receive",
    "redact",
    "restore",
]
