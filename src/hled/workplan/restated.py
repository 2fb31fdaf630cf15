"""Keys that restate what a record file already holds: filled in where absent, checked where present.

The compiled file carries counts, computed statuses, copies of addresses and the plan's own lists; none of
them is kept, all of them must agree with what this package computes. Event ids and report dates follow one
rule here, so that a file without them loads to the same record. Serves every work-plan line.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from hled.language import PartialDate
from hled.workplan.charter import charter
from hled.workplan.errors import Findings, child, shown
from hled.workplan.rows import Rows
from hled.workplan.shapes import EVENT
from hled.workplan.status import last_reported, recorded_status
from hled.workplan.types import DateBasis, Event

_TARGET: Final = "(target)"
_ENGLISH_ONLY: Final = ("what_it_is", "provenance_fields", "computed_fields")

Node = dict[str, Any]


def complete(tree: Node) -> None:
    """Fill in, in place, what other keys of the same file determine; leave the rest to the readers."""
    meta = tree.get("meta")
    if isinstance(meta, dict) and isinstance(meta.get("notes"), list):
        meta["notes"] = [{"text": note} if isinstance(note, str) else note for note in meta["notes"]]
    published = {str(source.get("id")): source.get("published") for _, source in _objects(tree, "sources")}
    lines = _lines(tree)
    for _, action in _objects(tree, "actions"):
        if "work_plan_2021" in tree and "line" not in action:
            action["line"] = lines.get(str(action.get("id")))
        ids: Counter[str] = Counter()
        for _, event in _objects(action, "events"):
            event.setdefault("id", event_id(action, event, ids))
            event.setdefault("reported", reported(event, published))
    for _, figure in _objects(tree, "figures"):
        _complete_figure(figure)


def event_id(action: Node, event: Node, used: Counter[str]) -> str:
    """Return `<action>.<date or undated>.<kind>`, with `.2`, `.3` … where one action repeats it."""
    base = f"{action.get('id')}.{event.get('date') or 'undated'}.{event.get('kind')}"
    used[base] += 1
    return base if used[base] == 1 else f"{base}.{used[base]}"


def reported(event: Node, published: dict[str, Any]) -> object:
    """Return the day of the report: the event's date where only the report is dated, else the source's."""
    if event.get("date_basis") == DateBasis.REPORT:
        return event.get("date")
    return published.get(str(event.get("source_id")))


def _complete_figure(figure: Node) -> None:
    figure.setdefault("quantity", figure.get("id"))
    figure.setdefault("is_target", _TARGET in str(figure.get("unit", figure.get("unit_en"))))
    value = figure.get("value")
    if isinstance(value, str) and not any(character.isalpha() for character in value):
        figure.update(value_en=value, value_es=value)
        del figure["value"]


def compare(tree: Node, rows: Rows, findings: Findings) -> None:
    """Note every restated value that differs from what the file holds or from the charter."""
    _compare_meta(tree, findings)
    _compare_copies(tree, findings)
    _compare_status(tree, rows, findings)
    _compare_plan(tree, findings)


def _compare_meta(tree: Node, findings: Findings) -> None:
    meta = tree.get("meta")
    if not isinstance(meta, dict):
        return
    for key in _ENGLISH_ONLY:
        if key in meta:
            findings.add(child("$.meta", key), "one_language", key=key)
    if "language_of_summaries" in meta:
        _same("$.meta.language_of_summaries", meta["language_of_summaries"], ["en", "es"], findings)
    computed = {
        "events": sum(1 for _, action in _objects(tree, "actions") for _ in _objects(action, "events")),
        "work_plan_lines": len(charter().lines),
        "objectives": len(charter().objectives),
    }
    counts = meta.get("counts")
    for key, value in counts.items() if isinstance(counts, dict) else ():
        count = computed[key] if key in computed else sum(1 for _ in _objects(tree, key))
        _same(child("$.meta.counts", key), value, count, findings)


def _compare_copies(tree: Node, findings: Findings) -> None:
    """Addresses and publishers that events and figures copy from their source."""
    sources = {str(source.get("id")): source for _, source in _objects(tree, "sources")}
    holders = [
        item for action in _objects(tree, "actions") for item in _objects(action[1], "events", action[0])
    ]
    for path, item in [*holders, *_objects(tree, "figures")]:
        source = sources.get(str(item.get("source_id")), {})
        if "source_url" in item:
            _same(child(path, "source_url"), item["source_url"], source.get("url"), findings)
        if "source_publisher" in item:
            names = [source.get(key) for key in ("publisher", "publisher_en", "publisher_es")]
            if item["source_publisher"] not in names:
                name = next((name for name in names if name), None)
                _same(child(path, "source_publisher"), item["source_publisher"], name, findings)


def _compare_status(tree: Node, rows: Rows, findings: Findings) -> None:
    events: dict[str, list[Event]] = {}
    for row in rows["events"]:
        if EVENT.is_whole(row.values):
            events.setdefault(row.text("action") or "", []).append(EVENT.make(row.values))
    for path, action in _objects(tree, "actions"):
        own = events.get(str(action.get("id")), [])
        if len(own) < sum(1 for _ in _objects(action, "events")):
            continue  # an event that cannot be read is a problem of its own
        if "record_status" in action:
            _same(child(path, "record_status"), action["record_status"], recorded_status(own).value, findings)
        if "last_reported" in action:
            _same(child(path, "last_reported"), action["last_reported"], _iso(last_reported(own)), findings)


def _compare_plan(tree: Node, findings: Findings) -> None:
    plan = charter()
    pillars = {pillar.id: {"id": pillar.id} for pillar in plan.pillars}
    objectives = {o.id: {"pillar": o.pillar, "since": _iso(o.since)} for o in plan.objectives}
    lines = {line.number: {"pillar": line.pillar, "objective": line.objective} for line in plan.lines}
    parts: tuple[tuple[str, str, str, dict[Any, Node]], ...] = (
        ("pillars", "id", "unknown_pillar", pillars),
        ("objectives", "id", "unknown_objective", objectives),
        ("work_plan_2021", "line", "unknown_line", lines),
    )
    for section, key, code, known in parts:
        for path, item in _objects(tree, section):
            name = item.get(key)
            if not isinstance(name, str | int) or name not in known:
                findings.add(child(path, key), code, value=shown(name))
                continue
            for other, value in known[name].items():
                _same(child(path, other), item.get(other), value, findings)
    _compare_lines(tree, findings)


def _compare_lines(tree: Node, findings: Findings) -> None:
    """Actions listed under a line exist and say so themselves; a gap note exists in both languages."""
    lines = {str(action.get("id")): action.get("line") for _, action in _objects(tree, "actions")}
    for path, item in _objects(tree, "work_plan_2021"):
        if item.get("gap_note") is not None:
            findings.add(child(path, "gap_note"), "one_language", key="gap_note")
        names = item.get("actions")
        for place, name in enumerate(names if isinstance(names, list) else ()):
            here = child(child(path, "actions"), place)
            if str(name) not in lines:
                findings.add(here, "unknown_action", value=shown(name))
            else:
                _same(here, item.get("line"), lines[str(name)], findings)


def _lines(tree: Node) -> dict[str, object]:
    return {
        str(name): item.get("line")
        for _, item in _objects(tree, "work_plan_2021")
        if isinstance(item.get("actions"), list)
        for name in item["actions"]
    }


def _same(path: str, value: object, computed: object, findings: Findings) -> None:
    if value != computed:
        findings.add(path, "mismatch", value=shown(value), computed=shown(computed))


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


def _objects(holder: Node, key: str, path: str = "$") -> Iterator[tuple[str, Node]]:
    """Yield the path and value of each member of a list that is an object."""
    members = holder.get(key)
    for place, item in enumerate(members if isinstance(members, list) else ()):
        if isinstance(item, dict):
            yield child(child(path, key), place), item
