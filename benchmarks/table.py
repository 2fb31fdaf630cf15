"""Print every claim: median, peer, ratio, goal, and whether the goal is met, all from the samples."""

import json
import statistics
import sys
from typing import Any

from results import RESULTS

README = RESULTS.parent / "README.md"
BEGIN, END = "<!-- table: written by `make bench` -->", "<!-- /table -->"


def row(result: dict[str, Any]) -> tuple[str, ...]:
    """Return the cells of one claim."""
    ours = statistics.median(result["ours"])
    peer = statistics.median(result["peer"]) if result["peer"] else None
    ratio = ours / peer if peer else None
    goal = result["goal"]
    value = ratio if goal["kind"] == "ratio" else ours
    met = value is not None and (
        value >= goal["value"] if result["better"] == "higher" else value <= goal["value"]
    )
    sign = "≥" if result["better"] == "higher" else "≤"
    return (
        result["claim"],
        f"{ours:,.4g} {result['unit']}",
        f"{peer:,.4g} ({result['peer_name']})" if peer else "-",
        f"{ratio:.3g}" if ratio else "-",
        f"{sign} {goal['value']:,g}{' x peer' if goal['kind'] == 'ratio' else ''}",
        "met" if met else "NOT MET",
        result["date"],
    )


def lines(only: list[str]) -> list[str]:
    """Return the table as Markdown lines, every claim where `only` is empty."""
    results = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    results.sort(key=lambda result: (result["area"], result["claim"]))
    rows = [row(result) for result in results if not only or result["claim"] in only]
    head = ("claim", "ours (median)", "peer (median)", "ours / peer", "goal", "", "measured")
    return ["| " + " | ".join(cells) + " |" for cells in (head, ("---",) * len(head), *rows)]


def main() -> None:
    """Print the table, and write all of it into the README beside this script."""
    print("\n".join(lines(sys.argv[1:])))
    text = README.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(before + BEGIN + "\n" + "\n".join(lines([])) + "\n" + END + after)


if __name__ == "__main__":
    main()
