"""The charter: the work plan of 9 September 2021 as data, in our own words, in English and Spanish.

Two parties, the vision and its five goals, four pillars, their objectives and the fifteen lines. Nothing else
in the project defines their ids. It is the frame of every work-plan line.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from hled.language import Bilingual, PartialDate
from hled.workplan.types import Charter, Goal, Line, Objective, Party, PartyNames, Pillar

_FILE: Final = Path(__file__).with_name("data") / "charter.toml"


@cache
def charter() -> Charter:
    """Return the bundled charter; read once."""
    import tomllib  # only whoever reads the charter pays for the reader

    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Charter(
        title=_text(data, "title"),
        short=_text(data, "short"),
        vision=_text(data, "vision"),
        source_id=data["source_id"],
        adopted=PartialDate(data["adopted"]),
        parties=tuple(
            PartyNames(Party(item["id"]), _text(item, "name"), _text(item, "adjective"))
            for item in data["parties"]
        ),
        goals=tuple(Goal(item["id"], _text(item, "title"), item["direction"]) for item in data["goals"]),
        pillars=tuple(_pillar(item) for item in data["pillars"]),
        objectives=tuple(_objective(item) for item in data["objectives"]),
        lines=tuple(_line(item) for item in data["lines"]),
    )


def _pillar(item: dict[str, Any]) -> Pillar:
    return Pillar(
        item["id"], _text(item, "title"), _text(item, "aim"), is_section=item.get("is_section", False)
    )


def _objective(item: dict[str, Any]) -> Objective:
    since = PartialDate(item["since"]) if "since" in item else None
    return Objective(item["id"], item["pillar"], _text(item, "title"), since)


def _line(item: dict[str, Any]) -> Line:
    return Line(
        number=item["number"],
        pillar=item["pillar"],
        objective=item["objective"],
        title=_text(item, "title"),
        gap=_text(item, "gap") if "gap_en" in item else None,
        module=item["module"],
    )


def _text(item: dict[str, Any], key: str) -> Bilingual:
    return Bilingual(en=item[f"{key}_en"], es=item[f"{key}_es"])
