"""The concordance table of the dialogue: the agencies of the public record and what else its texts name.

Both versions of a decision must name the same bodies, so the comparison of the two knows that HLED is DEAN
and that “the Foreign Secretary” speaks for the SRE. Serves every work-plan line.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from hled.language.names import Name, NameTable, names_of, shared_names
from hled.workplan import bundled_record
from hled.workplan.types import Agency

_FILE: Final = Path(__file__).with_name("data") / "names.toml"
_ACRONYM: Final = re.compile(r"[A-Z]{2,}\Z|[A-Z][a-z]+[A-Z]\w*\Z")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")


@cache
def dialogue_names() -> NameTable:
    """Return the table for texts of the dialogue: shared names, agencies of the record, people."""
    import tomllib  # only whoever compares texts pays for the reader

    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return shared_names().with_names(
        (*agency_names(bundled_record().agencies, data["agencies"]), *names_of(data))
    )


def agency_names(
    agencies: Iterable[Agency], more: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Name, ...]:
    """Return how texts name each agency: full names and acronyms state it, a short word only may mean it."""
    return tuple(_of(agency, (more or {}).get(agency.id, {})) for agency in agencies)


def _of(agency: Agency, more: Mapping[str, Any]) -> Name:
    stated: dict[str, list[str]] = {"en": list(more.get("en", ())), "es": list(more.get("es", ()))}
    implied: dict[str, list[str]] = {"en": list(more.get("may_en", ())), "es": list(more.get("may_es", ()))}
    for language in ("en", "es"):
        full, short = (_ASIDE.sub("", text.text(language)) for text in (agency.name, agency.short))
        stated[language].append(full)
        sure = _ACRONYM.match(short) or short.count(" ") > 1
        (stated if sure else implied)[language].append(short)
    return Name(
        agency.id, tuple(stated["en"]), tuple(stated["es"]), tuple(implied["en"]), tuple(implied["es"])
    )
