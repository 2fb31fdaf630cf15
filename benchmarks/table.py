"""Print every claim: median, peer, ratio, goal, and whether the goal is met, all from the samples."""

import json
import statistics
import sys
from typing import Any

from results import RESULTS


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


def main() -> None:
    """Print the table as Markdown."""
    only = sys.argv[1:] or None
    results = [json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))]
    results.sort(key=lambda result: (result["area"], result["claim"]))
    print("| claim | ours (median) | peer (median) | ours / peer | goal | | measured |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for result in results:
        if only is None or result["claim"] in only:
            print("| " + " | ".join(row(result)) + " |")


if __name__ == "__main__":
    main()
