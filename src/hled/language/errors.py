"""The root of every error that the dialogue shows to people: a bilingual message and a stable code."""

from typing import ClassVar

from hled.language.bilingual import Bilingual, Language


class DialogueError(Exception):
    """An error with a message for people in both languages and a code for programs.

    Each package derives its own small tree. Only the edges (`web/middleware.py`, `cli/__main__.py`) catch it.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message

    def text(self, language: Language) -> str:
        """Return the message in the asker's language."""
        return self.message.text(language)
