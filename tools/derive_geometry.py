"""Derive the base maps of `hled.figures` from official boundaries: project, simplify, clip, round to px.

Usage: HLED_CASES=folder python tools/derive_geometry.py [--date YYYY-MM-DD]

Reads `geo/us-atlas_states-10m.json` (U.S. Census Bureau through us-atlas),
`geo/mx_estados_simplificado.geojson` (INEGI) and `geo/world-atlas_countries-50m.json.gz`
(Natural Earth through world-atlas); writes
`src/hled/figures/geometry/{border,both_countries}.json` with the sources and their checksums inside.
"""

import argparse
import datetime as dt
import gzip
import hashlib
import json
import math
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hled.figures.projection import Albers

Point = tuple[float, float]
Ring = list[Point]
Shapes = dict[str, list[Ring]]

OUT = Path(__file__).resolve().parents[1] / "src" / "hled" / "figures" / "geometry"
WIDTH = 1200.0  # px of a base map
MARGIN = 8.0  # px beyond the frame, so that cut edges are not seen
TOLERANCE = 0.7  # px, Douglas-Peucker
SMALLEST = 3.0  # px², islands below it are left out
NEAR = 4.0  # px between the two sources' version of the boundary

US_FILE = "us-atlas_states-10m.json"
MX_FILE = "mx_estados_simplificado.geojson"
WORLD_FILE = "world-atlas_countries-50m.json.gz"
SOURCES = (
    (US_FILE, "U.S. Census Bureau, cartographic boundary files 1:10,000,000", "us-atlas 3.0.1",
     "public domain; us-atlas: ISC"),
    (MX_FILE, "INEGI, Marco Geoestadístico (simplificado)", "datos_facil_acceso, commit 5f7295a",
     "libre uso, citar INEGI / free use, cite INEGI"),
    (WORLD_FILE, "Natural Earth, countries 1:50,000,000", "world-atlas 2.0.2",
     "public domain; world-atlas: ISC"),
)  # fmt: skip
US_OUTSIDE = {"02", "15", "60", "66", "69", "72", "78"}  # Alaska, Hawaii, territories
BORDER_US = ("US-48", "US-35", "US-04", "US-06")
CENTRAL_AMERICA = {"320": "GT", "340": "HN", "222": "SV"}  # pillar II: Guatemala, Honduras, El Salvador


@dataclass(frozen=True)
class Area:
    """A base map to make: projection before scaling, frame in degrees, names at places."""

    parallels: Point
    origin: Point
    west_east: Point
    south_north: Point
    names: tuple[tuple[int, float, float, str, str], ...]


AREAS = {
    "border": Area(
        (27.0, 32.5), (-107.2, 29.5), (-118.3, -96.0), (25.2, 34.5),
        (
            (2, -116.4, 33.6, "California", "California"), (2, -111.9, 33.4, "Arizona", "Arizona"),
            (2, -106.2, 33.4, "New Mexico", "Nuevo México"), (2, -99.6, 31.4, "Texas", "Texas"),
            (2, -115.2, 30.9, "Baja California", "Baja California"), (2, -110.4, 29.6, "Sonora", "Sonora"),
            (2, -106.4, 28.6, "Chihuahua", "Chihuahua"), (2, -102.3, 27.7, "Coahuila", "Coahuila"),
            (2, -100.4, 25.55, "Nuevo León", "Nuevo León"), (2, -98.7, 24.85, "Tamaulipas", "Tamaulipas"),
        ),
    ),
    "both_countries": Area(
        (19.0, 42.0), (-96.0, 32.0), (-122.5, -70.5), (13.0, 52.0),
        (
            (1, -98.5, 39.6, "United States", "Estados Unidos"), (1, -103.2, 24.0, "Mexico", "México"),
            (2, -90.3, 16.7, "Guatemala", "Guatemala"), (2, -86.4, 14.85, "Honduras", "Honduras"),
            (2, -90.6, 13.05, "El Salvador", "El Salvador"),
        ),
    ),
}  # fmt: skip


def main() -> int:
    """Derive both base maps and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--date", default=dt.datetime.now(tz=dt.UTC).date().isoformat())
    date = parser.parse_args().date
    if "HLED_CASES" not in os.environ:
        print("HLED_CASES does not name the folder with the boundary files", file=sys.stderr)
        return 1
    folder = Path(os.environ["HLED_CASES"]) / "geo"
    groups = [_united_states(folder), _mexico(folder), _countries(folder)]
    OUT.mkdir(exist_ok=True)
    for name, area in AREAS.items():
        made = {**_derive(area, groups), "sources": _sources(folder), "derived": date}
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
        (OUT / f"{name}.json").write_text(text, encoding="utf-8")
        print(f"{name}: {len(text):,} bytes, {len(gzip.compress(text.encode())):,} compressed")
    return 0


def _sources(folder: Path) -> list[dict[str, str]]:
    return [
        {
            "file": file,
            "publisher": publisher,
            "edition": edition,
            "licence": licence,
            "checksum": hashlib.sha256((folder / file).read_bytes()).hexdigest(),
        }
        for file, publisher, edition, licence in SOURCES
    ]


# Reading ------------------------------------------------------------------------------------------------


def _united_states(folder: Path) -> Shapes:
    topology = json.loads((folder / US_FILE).read_text(encoding="utf-8"))
    states = _topojson(topology, "states")
    return {f"US-{key}": rings for key, rings in states.items() if key not in US_OUTSIDE}


def _countries(folder: Path) -> Shapes:
    topology = json.loads(gzip.decompress((folder / WORLD_FILE).read_bytes()))
    countries = _topojson(topology, "countries")
    own = {"840", "484"}
    return {CENTRAL_AMERICA.get(key, f"x{key}"): rings for key, rings in countries.items() if key not in own}


def _mexico(folder: Path) -> Shapes:
    collection = json.loads((folder / MX_FILE).read_text(encoding="utf-8"))
    shapes = {}
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = [[(lon, lat) for lon, lat, *_ in ring[:-1]] for polygon in polygons for ring in polygon]
        shapes[f"MX-{feature['properties']['cve_geo']}"] = rings
    return shapes


def _topojson(topology: dict[str, Any], name: str) -> Shapes:
    """Decode one object of a TopoJSON topology (delta-coded, quantised arcs) into rings by feature id."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes: Shapes = defaultdict(list)
    for geometry in topology["objects"][name]["geometries"]:
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(
            geometry["type"]
        )
        for ring in (ring for polygon in polygons or [] for ring in polygon):
            shapes[geometry.get("id", geometry["properties"]["name"])].append(_joined(arcs, ring))
    return shapes


def _arc(deltas: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        points.append((x * kx + tx, y * ky + ty))
    return points


def _joined(arcs: list[Ring], indices: list[int]) -> Ring:
    ring: Ring = []
    for index in indices:
        ring += (arcs[index] if index >= 0 else arcs[~index][::-1])[:-1]
    return ring


# Deriving -----------------------------------------------------------------------------------------------


def _derive(area: Area, groups: list[Shapes]) -> dict[str, Any]:
    projection, height = _fitted(area)
    projected = [_projected(group, projection, height) for group in groups]
    thin = [_simplified(group) for group in projected]
    frame = (-MARGIN, -MARGIN, WIDTH + MARGIN, height + MARGIN)
    paths: dict[str, str] = {}
    for key, rings in sorted((key, rings) for group in thin for key, rings in group.items()):
        path = "".join(_path(_clipped(ring, frame)) for ring in rings)
        if path:
            paths[key] = path
    names = []
    for rank, lon, lat, en, es in area.names:
        x, y = projection.project(lon, lat)
        names.append({"rank": rank, "x": round(x), "y": round(y), "en": en, "es": es})
    return {
        "size": [round(WIDTH), round(height)],
        "projection": projection.as_dict(),
        "regions": {key: path for key, path in paths.items() if not key.startswith("x")},
        "context": "".join(path for key, path in paths.items() if key.startswith("x")),
        "boundary": _boundary(projected[0], projected[1]),
        "names": names,
    }


def _fitted(area: Area) -> tuple[Albers, float]:
    """Scale and shift the projection so that the middle lines of the frame fill the width and the height."""
    plain = Albers(area.parallels, area.origin)
    (west, east), (south, north) = area.west_east, area.south_north
    middle = (south + north) / 2
    left, right = plain.project(west, middle)[0], plain.project(east, middle)[0]
    scale = WIDTH / (right - left)
    top, bottom = plain.project(area.origin[0], north)[1], plain.project(area.origin[0], south)[1]
    shift = (round(-left * scale, 3), round(-top * scale, 3))
    return Albers(area.parallels, area.origin, round(scale, 3), shift), round((bottom - top) * scale)


def _projected(shapes: Shapes, projection: Albers, height: float) -> Shapes:
    """Project rings and keep those whose box meets the frame."""
    made: Shapes = {}
    for key, rings in shapes.items():
        kept = [ring for ring in ([projection.project(*point) for point in ring] for ring in rings)
                if _meets(ring, height)]  # fmt: skip
        if kept:
            made[key] = kept
    return made


def _meets(ring: Ring, height: float) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    sane = max(xs) - min(xs) < 6 * WIDTH  # far side of the globe
    return sane and max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < height


def _simplified(shapes: Shapes) -> Shapes:
    """Simplify each arc between junctions once, so that neighbours keep one common line."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for rings in shapes.values() for ring in rings):
        for before, after in zip(ring, ring[1:] + ring[:1], strict=True):
            neighbours[before].add(after)
            neighbours[after].add(before)
    return {
        key: [[p for arc in _arcs(ring, neighbours) for p in _thinned(arc)[:-1]] for ring in rings]
        for key, rings in shapes.items()
    }


def _arcs(ring: Ring, neighbours: dict[Point, set[Point]]) -> Iterator[Ring]:
    """Cut a ring at its junctions, or at two far points where it has none."""
    cuts = [place for place, point in enumerate(ring) if len(neighbours[point]) != 2]
    if len(cuts) < 2:
        first = cuts[0] if cuts else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda place: math.dist(ring[place], ring[first]))
        cuts = sorted((first, far))
    for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ring)], strict=True):
        yield [ring[place % len(ring)] for place in range(start, end + 1)]


def _thinned(arc: Ring) -> Ring:
    """Simplify by Douglas and Peucker (1973), in one direction only so that both neighbours agree."""
    turned = arc[-1] < arc[0]
    line = arc[::-1] if turned else arc
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda place: _off(line[place], line[first], line[last]))
        if _off(line[far], line[first], line[last]) > TOLERANCE:
            keep.add(far)
            spans += [(first, far), (far, last)]
    thin = [line[place] for place in sorted(keep)]
    return thin[::-1] if turned else thin


def _off(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a segment."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _clipped(ring: Ring, frame: tuple[float, float, float, float]) -> Ring:
    """Clip a ring to a rectangle (Sutherland and Hodgman 1974)."""
    left, top, right, bottom = frame
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        made: Ring = []
        for before, after in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside, was_inside = (sign * (p[axis] - bound) >= 0 for p in (after, before))
            if inside != was_inside:
                share = (bound - before[axis]) / (after[axis] - before[axis])
                made.append(
                    (before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1]))
                )
            if inside:
                made.append(after)
        ring = made
    return ring


def _path(ring: Ring) -> str:
    """Write a closed ring in whole px, relative; nothing for one too small to see."""
    if len(ring) < 3 or abs(_surface(ring)) < SMALLEST:
        return ""
    return _steps(ring) + "z"


def _surface(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _steps(line: Ring) -> str:
    points = [(round(x), round(y)) for x, y in line]
    points = [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]
    x, y = points[0]
    written = f"M{x} {y}l" if len(points) > 1 else f"M{x} {y}"
    for place, (nx, ny) in enumerate(points[1:]):
        dx, dy = nx - x, ny - y
        written += f"{' ' if place and dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"
        x, y = nx, ny
    return written


def _boundary(north: Shapes, south: Shapes) -> str:
    """Write the line between the countries: where the Census outline runs along INEGI's."""
    segments = [
        (a, b)
        for rings in south.values()
        for ring in rings
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    written = ""
    for key in BORDER_US:
        for ring in north.get(key, []):
            close = [any(_off(p, a, b) < NEAR for a, b in segments if abs(a[0] - p[0]) < 60) for p in ring]
            written += "".join(_steps(_thinned(run)) for run in _runs(ring, close) if len(run) > 1)
    return written


def _runs(ring: Ring, close: list[bool]) -> Iterator[Ring]:
    """Yield the stretches of a ring whose points are close, beginning after one that is not."""
    start = close.index(False) if False in close else 0
    run: Ring = []
    for step in range(1, len(ring) + 1):
        place = (start + step) % len(ring)
        if close[place]:
            run.append(ring[place])
        elif run:
            yield run
            run = []


if __name__ == "__main__":
    sys.exit(main())
