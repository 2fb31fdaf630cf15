"""Checks across the file: ids are unique, every reference resolves, dates are possible, pillars agree.

Each rule works on the rows that could be read and notes what it finds at the place where a person must mend
it. Serves every work-plan line.
"""

from collections.abc import Iterable

from hled.workplan.charter import charter
from hled.workplan.errors import Findings, child, shown
from hled.workplan.rows import Row, Rows
from hled.workplan.types import DateBasis, Party


def check(rows: Rows, findings: Findings) -> None:
    """Run every rule."""
    for section in rows.sections:
        _unique(rows[section], findings)
    _plan(rows, findings)
    _agencies(rows, findings)
    _sources(rows, findings)
    _actions(rows, findings)
    _events(rows, findings)
    _dates(rows, findings)


def _unique(rows: Iterable[Row], findings: Findings) -> None:
    first: dict[str, str] = {}
    for row in rows:
        name = row.text("id")
        if name is None:
            continue
        if name in first:
            findings.add(child(row.path, "id"), "duplicate_id", value=shown(name), first=first[name])
        else:
            first[name] = child(row.path, "id")


def _plan(rows: Rows, findings: Findings) -> None:
    """Every action stands under a pillar, objective and line of the charter, and the three agree."""
    plan = charter()
    pillars = {pillar.id for pillar in plan.pillars}
    homes = {
        "objective": {objective.id: objective.pillar for objective in plan.objectives},
        "line": {str(line.number): line.pillar for line in plan.lines},
    }
    for row in rows["actions"]:
        pillar = row.text("pillar")
        if pillar is not None and pillar not in pillars:
            findings.add(child(row.path, "pillar"), "unknown_pillar", value=shown(pillar))
        for key, home in homes.items():
            value = row.values.get(key)
            path = child(row.path, key)
            if value is None:
                continue
            if str(value) not in home:
                findings.add(path, f"unknown_{key}", value=shown(value))
            elif pillar in pillars and home[str(value)] != pillar:
                right = home[str(value)]
                findings.add(path, f"{key}_elsewhere", value=shown(value), pillar=right, given=pillar)


def _agencies(rows: Rows, findings: Findings) -> None:
    known = {(row.text("id"), row.values.get("party")) for row in rows["agencies"]}
    for row in rows["actions"]:
        for party in Party:
            key = f"lead_agencies_{party.lower()}"
            for place, name in enumerate(row.texts(f"agencies_{party.lower()}")):
                if (name, party) not in known:
                    path = child(child(row.path, key), place)
                    findings.add(path, "unknown_agency", value=shown(name), party=party)


def _sources(rows: Rows, findings: Findings) -> None:
    """Every event, figure, meeting, body and version of a discrepancy names a source that is there."""
    known = rows.by_id("sources")
    for section in ("events", "figures", "meetings"):
        for row in rows[section]:
            _known(row.text("source"), known, child(row.path, "source_id"), "unknown_source", findings)
    for row in rows["bodies"]:
        _all_known(row, "sources", known, "unknown_source", findings)
    for row in rows["discrepancies"]:
        versions = row.values.get("versions")
        for place, version in enumerate(versions if isinstance(versions, tuple) else ()):
            path = child(child(child(row.path, "versions"), place), "source_id")
            _known(version.source, known, path, "unknown_source", findings)


def _actions(rows: Rows, findings: Findings) -> None:
    known = rows.by_id("actions")
    for row in rows["bodies"]:
        _all_known(row, "actions", known, "unknown_action", findings)
    for row in rows["deliverables"]:
        _known(row.text("action"), known, child(row.path, "action"), "unknown_action", findings)


def _events(rows: Rows, findings: Findings) -> None:
    """A deliverable is promised by an event of its own action; outcomes and meetings name known events."""
    known = rows.by_id("events")
    for row in rows["deliverables"]:
        _known(row.text("outcome"), known, child(row.path, "outcome"), "unknown_event", findings)
        name, path = row.text("promised_by"), child(row.path, "promised_by")
        _known(name, known, path, "unknown_event", findings)
        action = known[name].text("action") if name in known else None
        given = row.text("action")
        if action and given and action != given:
            findings.add(path, "event_elsewhere", value=shown(name), action=action, given=given)
    for row in rows["meetings"]:
        _known(row.text("event"), known, child(row.path, "event_id"), "unknown_event", findings)


def _dates(rows: Rows, findings: Findings) -> None:
    """Only a scheduled event may lie after the day of compilation, and only an unknown one has no date."""
    compiled = rows.meta.date("compiled")
    for row in rows["events"]:
        date, basis = row.date("date"), row.text("basis")
        if basis and "date" in row.values and (date is None) != (basis == DateBasis.UNKNOWN):
            path = child(row.path, "date_basis")
            findings.add(path, "date_and_basis", date=shown(date and date.iso), basis=shown(basis))
        for key in ("date", "reported"):
            day = row.date(key)
            scheduled = key == "date" and basis == DateBasis.SCHEDULED
            if compiled and day and day.earliest > compiled.latest and not scheduled:
                findings.add(child(row.path, key), "future_date", value=shown(day.iso), compiled=compiled)


def _all_known(row: Row, key: str, known: dict[str, Row], code: str, findings: Findings) -> None:
    for place, name in enumerate(row.texts(key)):
        _known(name, known, child(child(row.path, key), place), code, findings)


def _known(name: str | None, known: dict[str, Row], path: str, code: str, findings: Findings) -> None:
    if name is not None and name not in known:
        findings.add(path, code, value=shown(name))
