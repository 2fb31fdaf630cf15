"""Derive the bundled public record from the compiled file of facts and the supplements beside this script.

Run `python tools/derive_record.py INPUT`. The compiled file holds some texts in English only, spells agencies
freely and has no bodies, meetings or deliverables; the supplements add what is missing, in both languages.
The result is checked by the same loader that reads it later, and the statuses that INPUT states are compared
with ours before anything is written.
"""

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from hled.workplan.errors import RecordInvalid
from hled.workplan.reading import load_record
from hled.workplan.restated import complete
from hled.workplan.status import last_reported, recorded_status
from hled.workplan.types import PublicRecord
from hled.workplan.writing import dump_record

ROOT = Path(__file__).resolve().parent.parent
SUPPLEMENTS = Path(__file__).resolve().parent / "record_supplements"
OUTPUT = ROOT / "src/hled/workplan/data/public_record.json"

Node = dict[str, Any]


def main() -> int:
    """Write the bundled record, or say what is wrong and write nothing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=Path, help="the compiled file of facts")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    compiled = json.loads(arguments.input.read_bytes())
    try:
        record = load_record(json.dumps(derived(compiled), ensure_ascii=False))
    except RecordInvalid as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    differences = list(status_differences(compiled, record))
    if differences:
        print(*differences, sep="\n", file=sys.stderr)
        return 1
    text = dump_record(record)
    arguments.output.write_text(text, encoding="utf-8")
    counts = Counter(status for action in record.actions for status in [recorded_status(action.events).value])
    events = sum(len(action.events) for action in record.actions)
    size = len(text.encode())
    print(f"{len(record.actions)} actions, {events} events, {len(record.sources)} sources, {size:,} bytes")
    print(dict(counts))
    return 0


def derived(compiled: Node) -> Node:
    """Return the whole document in the shape of the bundled file."""
    texts = supplement("texts")
    agencies, promises = supplement("agencies"), supplement("promises")
    document = {
        "meta": {"compiled": compiled["meta"]["compiled"], **texts["meta"]},
        "sources": classified(sources(compiled)),
        "agencies": agencies["agencies"],
        "bodies": supplement("bodies")["bodies"],
        "actions": [bilingual_action(action, texts, agencies["aliases"]) for action in compiled["actions"]],
        "deliverables": promises["deliverables"],
        "figures": figures(compiled),
        "discrepancies": promises["discrepancies"],
        "meetings": meetings(),
        "work_plan_2021": [{**line, "gap_note": None} for line in compiled["work_plan_2021"]],
    }
    complete(document)  # event ids and lines, by the rule of the loader
    for event in (event for action in document["actions"] for event in action["events"]):
        event["source_id"] = event["source_id"] or texts["events"][event["id"]]
        event["summary_es"] = spelled_out(event["summary_es"])
    return document


def spelled_out(spanish: str) -> str:
    """Write out the press abbreviations for millions of dollars and pesos."""
    return re.sub(r"\bmdp\b", "millones de pesos", re.sub(r"\bmdd\b", "millones de dólares", spanish))


def supplement(name: str) -> Node:
    """Read one of the hand-written supplements."""
    return tomllib.loads((SUPPLEMENTS / f"{name}.toml").read_text(encoding="utf-8"))


def sources(compiled: Node) -> list[Node]:
    """Give publishers in both languages, mend addresses, add the sources that the compiled file lacks."""
    extra = supplement("sources")
    result = []
    for source in compiled["sources"]:
        publisher = source.pop("publisher")
        names = {"publisher_en": publisher, "publisher_es": extra["publishers"].get(publisher, publisher)}
        if publisher == "Secretaría de Economía":
            names["publisher_en"] = "Ministry of Economy of Mexico (Secretaría de Economía)"
        result.append({**source, **names, **extra["mended"].get(source["id"], {})})
    return [*result, *extra["added"]]


def classified(found: list[Node]) -> list[Node]:
    """Say of every source which government's own publication it is; each must be classified exactly once."""
    lists = supplement("official")
    listed = [(name, official) for official, names in lists.items() for name in names]
    if sorted(name for name, _ in listed) != sorted(source["id"] for source in found):
        given = Counter(name for name, _ in listed)
        given.subtract(source["id"] for source in found)
        raise SystemExit(f"official.toml: not once each: {sorted(name for name in given if given[name])}")
    value = {name: None if official == "none" else official for name, official in listed}
    return [{**source, "official": value[source["id"]]} for source in found]


def bilingual_action(action: Node, texts: Node, aliases: Node) -> Node:
    """Give the origin in both languages and name agencies by their ids."""
    origin_en, origin_es = texts["origins"][action["origin"]]
    result = {key: action[key] for key in ("pillar", "objective", "id", "title_en", "title_es")}
    result |= {key: action[key] for key in ("summary_en", "summary_es", "adjacent_track", "events")}
    result |= {
        "origin_en": origin_en,
        "origin_es": origin_es,
        "summary_es": spelled_out(action["summary_es"]),
    }
    for party in ("US", "MX"):
        key = f"lead_agencies_{party.lower()}"
        ids = [agency for name in action[key] or [] for agency in aliases[party][name]]
        result[key] = list(dict.fromkeys(ids))
    return {**result, **texts["actions"].get(action["id"], {})}


def figures(compiled: Node) -> list[Node]:
    """Give every published figure its own id and texts in both languages; the digits stay as published."""
    result = []
    for figure, extra in zip(compiled["figures"], supplement("figures")["figures"], strict=True):
        if figure["id"] != extra["quantity"]:
            raise SystemExit(f"figures.toml: expected {figure['id']}, found {extra['quantity']}")
        value = extra.get("value", [figure["value"], figure["value"]])
        if value[0] != figure["value"]:
            raise SystemExit(f"figures.toml: {extra['id']} changes the published value {figure['value']}")
        result.append(
            {
                "id": extra["id"],
                "quantity": extra["quantity"],
                **both("label", extra["label"]),
                "period": figure["period"],
                **both("value", value),
                **both("unit", extra["unit"]),
                "is_target": "(target)" in figure["unit"],
                "source_id": figure["source_id"],
            }
        )
    return result


def meetings() -> list[Node]:
    """Spell out places and chairs in both languages."""
    data = supplement("meetings")
    result = []
    for meeting in data["meetings"]:
        place = both("place", data["places"][meeting.pop("place")])
        chairs = [both(key, meeting.pop(key)) for key in ("chairs_us", "chairs_mx") if key in meeting]
        result.append({**meeting, **place, **{key: text for pair in chairs for key, text in pair.items()}})
    return sorted(result, key=lambda meeting: meeting["date"])


def both(key: str, texts: list[str]) -> Node:
    """Return the two flat keys of a text."""
    english, spanish = texts
    return {f"{key}_en": english, f"{key}_es": spanish}


def status_differences(compiled: Node, record: PublicRecord) -> list[str]:
    """Compare the statuses that the compiled file states with those that the rules give."""
    stated = {
        action["id"]: (action["record_status"], action["last_reported"]) for action in compiled["actions"]
    }
    result = []
    for action in record.actions:
        last = last_reported(action.events)
        ours = (recorded_status(action.events).value, last.iso if last else None)
        if ours != stated[action.id]:
            result.append(f"{action.id}: stated {stated[action.id]}, computed {ours}")
    return result


if __name__ == "__main__":
    sys.exit(main())
