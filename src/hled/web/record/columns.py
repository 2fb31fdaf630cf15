"""How typed values of the work plan lie in columns: a text in two languages as two, a date as ISO text.

Projections write with these functions and queries read with them, so that every app stores alike.
"""

from django.db import models

from hled.language import Bilingual, PartialDate


def both(**texts: Bilingual | None) -> dict[str, str]:
    """Return `{name_en: …, name_es: …}` for each text; None becomes two empty texts."""
    columns: dict[str, str] = {}
    for name, text in texts.items():
        columns[f"{name}_en"] = text.en if text else ""
        columns[f"{name}_es"] = text.es if text else ""
    return columns


def iso(date: PartialDate | None) -> str:
    """Return the ISO text of a date, empty for none."""
    return date.iso if date else ""


def date(text: str) -> PartialDate | None:
    """Read a date column."""
    return PartialDate(text) if text else None


def bilingual(row: models.Model, name: str) -> Bilingual:
    """Read the two columns of a text that must be there."""
    return Bilingual(getattr(row, f"{name}_en"), getattr(row, f"{name}_es"))


def optional(row: models.Model, name: str) -> Bilingual | None:
    """Read the two columns of a text that may be absent."""
    return bilingual(row, name) if getattr(row, f"{name}_en") else None
