"""Points land where they belong: the run-time projection and the derived outlines agree."""

import gzip
import hashlib
import math
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from hled.figures.base_map import base_map
from hled.figures.projection import Albers, from_dict

CITIES = [
    ("US-48", "San Antonio", -98.49, 29.42),
    ("US-48", "El Paso", -106.44, 31.85),
    ("US-48", "Laredo", -99.45, 27.56),
    ("US-06", "San Diego", -117.1, 32.8),
    ("US-04", "Tucson", -110.97, 32.22),
    ("US-35", "Las Cruces", -106.78, 32.32),
    ("MX-02", "Mexicali", -115.45, 32.55),
    ("MX-26", "Hermosillo", -110.96, 29.07),
    ("MX-08", "Chihuahua", -106.08, 28.63),
    ("MX-08", "Ciudad Juárez", -106.45, 31.6),
    ("MX-05", "Saltillo", -101.0, 25.42),
    ("MX-19", "Monterrey", -100.31, 25.67),
    ("MX-28", "Reynosa", -98.28, 25.95),
]
FAR_CITIES = [
    ("US-53", "Seattle", -122.0, 47.6),
    ("US-12", "Orlando", -81.38, 28.54),
    ("US-36", "Albany", -73.76, 42.65),
    ("MX-09", "Ciudad de México", -99.13, 19.4),
    ("MX-07", "Tuxtla Gutiérrez", -93.12, 16.75),
    ("MX-31", "Mérida", -89.62, 20.97),
    ("GT", "Ciudad de Guatemala", -90.51, 14.63),
    ("HN", "Tegucigalpa", -87.2, 14.08),
    ("SV", "San Salvador", -89.2, 13.75),
]


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Read a relative path of whole px back into rings."""
    made = []
    for part in re.findall(r"M(-?\d+) (-?\d+)l?([^Mz]*)", path):
        x, y = int(part[0]), int(part[1])
        ring = [(x, y)]
        steps = [int(step) for step in re.findall(r"-?\d+", part[2])]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        made.append(ring)
    return made


def inside(point: tuple[float, float], outline: list[list[tuple[int, int]]]) -> bool:
    x, y = point
    crossings = 0
    for ring in outline:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("area", "region", "name", "lon", "lat"),
    [("border", *city) for city in CITIES] + [("both_countries", *city) for city in CITIES + FAR_CITIES],
)
def test_a_city_lands_in_its_state_and_in_no_other(
    area: str, region: str, name: str, lon: float, lat: float
) -> None:
    base = base_map(area)
    point = base.projection.project(lon, lat)
    assert [made.key for made in base.regions if inside(point, rings(made.path))] == [region]


def test_the_border_runs_between_the_twin_cities() -> None:
    base = base_map("border")
    vertices = [vertex for ring in rings(base.boundary) for vertex in ring]
    for lon, lat in ((-117.03, 32.54), (-106.49, 31.75), (-99.51, 27.5), (-97.5, 25.88)):
        point = base.projection.project(lon, lat)
        assert min(math.dist(point, vertex) for vertex in vertices) < 12


def test_every_land_is_there() -> None:
    both = {region.key for region in base_map("both_countries").regions}
    assert len([key for key in both if key.startswith("US-")]) == 49  # 48 states and D.C.
    assert len([key for key in both if key.startswith("MX-")]) == 32
    assert both >= {"GT", "HN", "SV"}
    near = {region.key for region in base_map("border").regions}
    assert near >= {"US-06", "US-04", "US-35", "US-48", "MX-02", "MX-26", "MX-08", "MX-05", "MX-19", "MX-28"}


def test_the_projection_keeps_areas_equal() -> None:
    """Two cells of one degree of the same true area have the same area on the map."""
    albers = base_map("both_countries").projection

    def cell(lon: float, lat: float) -> float:
        corners = [(lon, lat), (lon + 0.1, lat), (lon + 0.1, lat + 0.1), (lon, lat + 0.1)]
        points = [albers.project(*corner) for corner in corners]
        pairs = zip(points, points[1:] + points[:1], strict=True)
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2

    def true(lat: float) -> float:
        return math.sin(math.radians(lat + 0.1)) - math.sin(math.radians(lat))

    ratios = [cell(lon, lat) / true(lat) for lon, lat in ((-120, 45), (-99, 19), (-75, 30), (-90, 14))]
    assert max(ratios) / min(ratios) == pytest.approx(1, abs=1e-4)


def test_the_published_example_of_the_projection() -> None:
    """Snyder 1987, p. 291: parallels 29.5 and 45.5, origin 23 N 96 W, point 35 N 75 W, unit sphere."""
    x, y = Albers((29.5, 45.5), (-96.0, 23.0)).project(-75.0, 35.0)
    assert x == pytest.approx(0.2952720, abs=1e-6)
    assert -y == pytest.approx(0.2416774, abs=1e-6)


def test_parameters_are_read_as_they_were_written() -> None:
    albers = Albers((27.0, 32.5), (-107.2, 29.5), 1234.5, (10.0, -20.0))
    assert from_dict(albers.as_dict()) == albers


@pytest.mark.parametrize("area", ["border", "both_countries"])
def test_a_base_map_is_small_and_names_its_sources(area: str) -> None:
    raw = (files("hled.figures") / "geometry" / f"{area}.json").read_bytes()
    assert len(gzip.compress(raw)) < 25_000
    base = base_map(area)
    publishers = " ".join(source.publisher for source in base.sources)
    assert "INEGI" in publishers
    assert "Census" in publishers
    assert all(source.licence and source.edition for source in base.sources)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", base.derived)


def test_the_checksums_are_those_of_the_source_files() -> None:
    folder = os.environ.get("HLED_CASES")
    if not folder or not (Path(folder) / "geo").is_dir():
        pytest.skip("HLED_CASES does not name the folder with the boundary files")
    for source in base_map("border").sources:
        content = (Path(folder) / "geo" / source.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == source.checksum
