"""Derive the compact border tables that the platform ships from the published BTS crossing data.

Reads the Bureau of Transportation Statistics' Border Crossing/Entry Data for the 28 land ports with Mexico
(the file named in `hled.tables`, found through HLED_CASES) and writes every published row, duplicates and
errors included: `border_crossings.parquet` (port, measure, month, value) and `border_ports.csv` (the ports
as the source places them, with the Mexican community that each one faces). Nothing is repaired here; what is
wrong with the rows is said by the answers that use them. The same input gives the same bytes.

Usage: HLED_CASES=… python tools/derive_border.py [FOLDER]
"""

import csv
import gzip
import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from hled.tables import source

SOURCE_ID: Final = "bts-border-crossing-entry"
ORIGINAL: Final = Path("border/bts_us_mexico_1996_2025.csv.gz")
SHIPPED: Final = Path(__file__).parents[1] / "src/hled/tables/data"

# The Mexican community across from each port: public geography, stated here, not in the source.
FACING: Final = {
    "2301": "Matamoros, Tamaulipas",
    "2302": "Ciudad Acuña, Coahuila",
    "2303": "Piedras Negras, Coahuila",
    "2304": "Nuevo Laredo, Tamaulipas",
    "2305": "Reynosa, Tamaulipas",
    "2307": "Camargo, Tamaulipas",
    "2309": "Nuevo Progreso, Tamaulipas",
    "2310": "Ciudad Miguel Alemán, Tamaulipas",
    "2401": "Ciudad Juárez, Chihuahua",
    "2402": "Ciudad Juárez, Chihuahua",
    "2403": "Ojinaga, Chihuahua",
    "2404": "Guadalupe, Chihuahua",
    "2406": "Puerto Palomas, Chihuahua",
    "2408": "San Jerónimo, Chihuahua",
    "2410": "Boquillas del Carmen, Coahuila",
    "2502": "Los Algodones, Baja California",
    "2503": "Mexicali, Baja California",
    "2504": "Tijuana, Baja California",
    "2505": "Tecate, Baja California",
    "2506": "Tijuana, Baja California",
    "2507": "Mexicali, Baja California",
    "2582": "Tijuana, Baja California",
    "2601": "Agua Prieta, Sonora",
    "2602": "Sonoyta, Sonora",
    "2603": "Naco, Sonora",
    "2604": "Nogales, Sonora",
    "2606": "El Sásabe, Sonora",
    "2608": "San Luis Río Colorado, Sonora",
}


class Crossing(NamedTuple):
    """One published row, in the order in which the table is kept."""

    port_code: str
    measure: str
    month: str
    value: int


def slug(text: str) -> str:
    """Return the code of a measure or port: `Truck Containers Loaded` → `truck-containers-loaded`."""
    return "-".join(text.lower().split())


def published(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the original file.

    Raises:
        SystemExit: the file is missing, or is not the one whose checksum the source registry declares.
    """
    if not path.is_file():
        raise SystemExit(f"{ORIGINAL} was not found; HLED_CASES must name the folder that holds it")
    data = path.read_bytes()
    found, declared = hashlib.sha256(data).hexdigest(), source(SOURCE_ID).checksum
    if found != declared:
        raise SystemExit(f"{ORIGINAL} has SHA-256 {found}; the registry declares {declared}")
    yield from csv.DictReader(io.StringIO(gzip.decompress(data).decode("utf-8")))


def write_crossings(rows: Iterable[dict[str, str]], path: Path) -> None:
    """Write every row, sorted; byte-stream split suits counts, dictionaries suit the other columns."""
    kept = sorted(
        Crossing(row["Port Code"], slug(row["Measure"]), row["Date"], int(row["Value"])) for row in rows
    )
    names, columns = Crossing._fields, list(zip(*kept, strict=True))
    types = (pa.string(), pa.string(), pa.string(), pa.int64())
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], names)
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=list(names[:3]),
        column_encoding={"value": "BYTE_STREAM_SPLIT"},
        row_group_size=len(kept),
        write_statistics=False,
        store_schema=False,
    )


def write_ports(rows: Iterable[dict[str, str]], path: Path) -> None:
    """Write each port once: code, name, state, place, Mexican community, first and last month with a row."""
    ports: dict[str, dict[str, str]] = {}
    for row in rows:
        code, month = row["Port Code"], row["Date"]
        port = ports.setdefault(
            code,
            {
                "port_code": code,
                "name": row["Port Name"],
                "state": row["State"],
                "lon": row["Longitude"],
                "lat": row["Latitude"],
                "facing": FACING[code],
                "first": month,
                "last": month,
            },
        )
        port["first"], port["last"] = min(port["first"], month), max(port["last"], month)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(ports["2304"]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ports[code] for code in sorted(ports))


def derive(cases: Path, folder: Path) -> tuple[Path, Path]:
    """Write both tables into `folder` and return their paths."""
    rows = list(published(cases / ORIGINAL))
    folder.mkdir(parents=True, exist_ok=True)
    crossings, ports = folder / "border_crossings.parquet", folder / "border_ports.csv"
    write_crossings(rows, crossings)
    write_ports(rows, ports)
    return crossings, ports


def main() -> None:
    """Derive, and print size and checksum of each table for `sources.toml`."""
    cases = os.environ.get("HLED_CASES")
    if not cases:
        raise SystemExit(
            "HLED_CASES is not set: name the folder of the original data (docs/reference/data.md)"
        )
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    for path in derive(Path(cases), folder):
        data = path.read_bytes()
        print(f"{path.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
