"""From longitude and latitude to the pixels of a base map, with one formula for the map and its points.

Maps of ports, projects and people (pillars I, II and IV) use an equal-area projection, so that no country is
drawn larger than it is. The tool that derives the base maps and the drawing of points share this module.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Albers:
    """The Albers equal-area conic projection on a sphere.

    Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, p. 98-101,
    equations 14-1 to 14-6.

    Attributes:
        parallels: the two standard parallels, degrees.
        origin: longitude and latitude of the origin, degrees.
        scale: px per radius of the sphere.
        shift: px added to x and y, so that the frame begins at 0, 0.
    """

    parallels: tuple[float, float]
    origin: tuple[float, float]
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Return px (x to the right, y down) of a place in degrees."""
        first, second = (math.radians(parallel) for parallel in self.parallels)
        cone = (math.sin(first) + math.sin(second)) / 2
        constant = math.cos(first) ** 2 + 2 * cone * math.sin(first)
        radius = math.sqrt(constant - 2 * cone * math.sin(math.radians(lat))) / cone
        middle = math.sqrt(constant - 2 * cone * math.sin(math.radians(self.origin[1]))) / cone
        turn = cone * math.radians(lon - self.origin[0])
        x, y = radius * math.sin(turn), middle - radius * math.cos(turn)
        return self.shift[0] + self.scale * x, self.shift[1] - self.scale * y

    def as_dict(self) -> dict[str, object]:
        """Return the parameters for the base map's file."""
        return {
            "name": "Albers equal-area conic, sphere (Snyder 1987)",
            "parallels": list(self.parallels),
            "origin": list(self.origin),
            "scale": self.scale,
            "shift": list(self.shift),
        }


def from_dict(value: Mapping[str, Sequence[float] | float | str]) -> Albers:
    """Read what `as_dict` wrote."""
    scale = value["scale"]
    if not isinstance(scale, int | float):
        raise TypeError("the scale of a projection is a number")
    return Albers(
        parallels=_pair(value["parallels"]),
        origin=_pair(value["origin"]),
        scale=float(scale),
        shift=_pair(value["shift"]),
    )


def _pair(value: Sequence[float] | float | str) -> tuple[float, float]:
    if isinstance(value, str | int | float):
        raise TypeError("a pair of numbers was expected")
    first, second = value
    return float(first), float(second)
