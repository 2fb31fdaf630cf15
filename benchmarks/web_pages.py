"""Public pages under load: rate, latency, unchanged pages, beside a bare Django page of the same run."""

import urllib.request

from results import Goal, Result
from server import bare_page, has_wrk, load, site

ROUNDS = 3


def main() -> None:
    """Measure in turns, so that drift of the machine hits both sides."""
    if not has_wrk():
        return
    rates, unchanged, latency, bare, bare_latency = [], [], [], [], []
    with site() as ours, bare_page() as peer:
        action = ours + "/en/actions/supply-chain-working-group/"
        with urllib.request.urlopen(action) as answer:
            etag = answer.headers["ETag"]
        for _ in range(ROUNDS):
            rates.append(load(action, headers=("Accept-Encoding: gzip",))[0])
            bare.append(load(peer)[0])
            unchanged.append(load(action, headers=(f"If-None-Match: {etag}",))[0])
            latency.append(load(action, connections=1, seconds=2, headers=("Accept-Encoding: gzip",))[1])
            bare_latency.append(load(peer, connections=1, seconds=2)[1])
    name = "bare Django page, 25 rows"
    for claim, unit, values, goal, better, other in (
        ("public_page_rate", "requests/s", rates, 400, "higher", bare),
        ("unchanged_page_rate", "requests/s", unchanged, 1500, "higher", bare),
        ("public_page_latency", "ms (p50)", latency, 10, "lower", bare_latency),
    ):
        Result(claim, "web", unit, better, values, Goal("absolute", goal), other, name).write()


if __name__ == "__main__":
    main()
