"""The refusals of the audit log."""

from hled.language import DialogueError


class BrokenChainError(DialogueError):
    """A row of the audit log was changed or removed, or the published head is not in it."""

    code = "audit.broken_chain"
