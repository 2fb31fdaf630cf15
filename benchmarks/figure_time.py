"""How long drawing a figure takes."""

import time

from results import Goal, Result

from hled.figures import LineChart, Series, render
from hled.language import Bilingual


def main() -> None:
    """Draw a line chart of 240 months, as the reference measurements of other libraries did."""
    both = Bilingual("Trucks", "Camiones")
    months = tuple(f"{2000 + month // 12}-{month % 12 + 1:02}" for month in range(240))
    values = tuple(str(100_000 + 37 * month) for month in range(240))
    chart = LineChart("bench", both, both, both, months, both, (Series("trucks", both, values),))
    render(chart, "en")
    samples = []
    for _ in range(21):
        started = time.perf_counter()
        render(chart, "es")
        samples.append(round((time.perf_counter() - started) * 1000, 3))
    data = {"kind": "synthetic", "checksum": None}
    Result("figure_time", "web", "ms", "lower", samples, Goal("absolute", 2), data=data).write()


if __name__ == "__main__":
    main()
