"""Bilingual text: English and Spanish, both equally authentic.

Everything the dialogue says exists in both languages or not at all. This package holds the one type for
such text, dates at the precision their source gives, number formats, and the root of all error messages.
It serves every work-plan line.
"""

from hled.language.bilingual import LANGUAGES, Bilingual, Language
from hled.language.dates import PartialDate
from hled.language.errors import DialogueError

__all__ = ["LANGUAGES", "Bilingual", "DialogueError", "Language", "PartialDate"]
