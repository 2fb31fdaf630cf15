"""The base maps: outlines that `tools/derive_geometry.py` derived from official boundaries, read once.

They are ready SVG paths in whole px, so a page with a map costs no geometry. They serve the border question
and the maps of pillars II and IV.
"""

import json
from dataclasses import dataclass
from functools import cache

from hled.figures.projection import Albers, from_dict
from hled.language import Bilingual


@dataclass(frozen=True, slots=True)
class Region:
    """A state or country: its outline as an SVG path in base px."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name written on the map, centred at base px; `rank` 1 is a country, 2 a state."""

    text: Bilingual
    x: float
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where an outline comes from; `checksum` is the SHA-256 of the file that was read."""

    file: str
    publisher: str
    edition: str
    licence: str
    checksum: str


@dataclass(frozen=True, slots=True)
class BaseMap:
    """A base map of `width` by `height` px; `context` are lands of neither party, `boundary` the border."""

    width: float
    height: float
    projection: Albers
    regions: tuple[Region, ...]
    context: str
    boundary: str
    names: tuple[Name, ...]
    sources: tuple[Source, ...]
    derived: str

    @property
    def lands(self) -> dict[str, str]:
        """One path a country; separate, because two sources' outlines overlap a little at the border."""
        made: dict[str, str] = {}
        for region in self.regions:
            made[region.key[:2]] = made.get(region.key[:2], "") + region.path
        return made


@cache
def base_map(area: str) -> BaseMap:
    """Read the base map `border` or `both_countries` from the package; kept after the first call."""
    from importlib.resources import files  # here, because pages and commands without a map need none of it

    raw = json.loads((files("hled.figures") / "geometry" / f"{area}.json").read_text(encoding="utf-8"))
    return BaseMap(
        width=raw["size"][0],
        height=raw["size"][1],
        projection=from_dict(raw["projection"]),
        regions=tuple(Region(key, path) for key, path in raw["regions"].items()),
        context=raw["context"],
        boundary=raw["boundary"],
        names=tuple(Name(Bilingual(n["en"], n["es"]), n["x"], n["y"], n["rank"]) for n in raw["names"]),
        sources=tuple(Source(**source) for source in raw["sources"]),
        derived=raw["derived"],
    )
