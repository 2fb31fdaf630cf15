"""Every endpoint answers with the facts of the bundled record, in few database queries."""

import json

import pytest

from hled import evidence
from hled.record import canonical
from hled.record.formats.v1.entry import leaf_hash
from hled.web.api.description import operations
from hled.web.evidence import queries as runs
from hled.workplan import bundled_record, charter, entries

RECORD = bundled_record()
EXAMPLES = {operation["operationId"]: operation["x-example"] for _, operation in operations()}
BUSIEST = max(RECORD.actions, key=lambda action: len(action.events))
EVERYTHING = [
    *(example for name, example in EXAMPLES.items() if example and name != "answer"),
    f"/api/v1/actions/{BUSIEST.id}",
    "/api/v1/actions?pillar=I&silent-for=180&text=border&adjacent=false",
    "/api/v1/events?kind=meeting&since=2022&until=2023-02&line=5&action=x&source=y&adjacent=true",
    "/api/v1/search?q=frontera&language=es&kind=action&pillar=I&page=1",
    "/api/v1/openapi.json",
]


@pytest.mark.parametrize("address", EVERYTHING)
def test_it_answers_in_few_queries_and_says_when_nothing_changed(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        response = client.get(address)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(response.content)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "total"),
    [
        ("/actions", 73),
        ("/events", 202),
        ("/lines", 15),
        ("/pillars", len(charter().pillars)),
        ("/sources", len(RECORD.sources)),
        ("/agencies", len(RECORD.agencies)),
        ("/bodies", len(RECORD.bodies)),
        ("/meetings", len(RECORD.meetings)),
        ("/deliverables", len(RECORD.deliverables)),
        ("/figures", len(RECORD.claims)),
        ("/discrepancies", len(RECORD.discrepancies)),
        ("/evidence/questions", len(evidence.questions())),
    ],
)
def test_a_list_counts_everything_and_comes_in_parts(ask, path, total):
    whole = ask(f"{path}?limit=500")
    assert whole["total"] == len(whole["items"]) == total
    part = ask(f"{path}?limit=2&offset=1")
    assert (part["total"], part["limit"], part["offset"]) == (total, 2, 1)
    assert part["items"] == whole["items"][1:3]
    assert ask(f"{path}?offset=1000000")["items"] == []


def test_the_overview_agrees_with_the_record(ask):
    found = ask("/overview")
    assert found["totals"]["actions"] == 73
    assert found["totals"]["events"] == 202
    assert found["totals"]["entries"] == ask("/record/head")["size"]
    assert [pillar["id"] for pillar in found["pillars"]] == ["I", "II", "III", "IV"]
    assert found["compiled"] == RECORD.compiled.iso
    assert all(item["days_overdue"] > 0 and item["outcome"] is None for item in found["overdue"])


def test_the_charter_is_the_plan_in_both_languages(ask):
    found = ask("/charter")
    assert [goal["id"] for goal in found["goals"]] == [goal.id for goal in charter().goals]
    assert found["adopted"] == "2021-09-09"
    assert found["title"] == charter().title.as_dict()
    assert [line["number"] for line in found["lines"]] == list(range(1, 16))


def test_an_action_comes_with_everything_about_it(ask):
    found = ask(f"/actions/{BUSIEST.id}")
    assert found["title"] == BUSIEST.title.as_dict()
    assert {event["id"] for event in found["timeline"]} == {event.id for event in BUSIEST.events}
    assert all(event["source"]["publisher"]["es"] for event in found["timeline"])
    assert found["pillar"]["id"] == BUSIEST.pillar
    assert found["voices"]["assessed"] is None
    assert found["voices"]["rule"]["es"] != found["voices"]["rule"]["en"]
    assert {mark["object_id"] for mark in found["history"]} >= {f"urn:hled:action:{BUSIEST.id}"}


def test_a_voice_carries_the_report_and_the_publication_that_it_rests_on(ask):
    voices = ask("/actions/supply-chain-working-group")["voices"]
    assert voices["self_reported_mx"] is None
    report = voices["self_reported_us"]
    assert (report["date"], report["kind"], report["weight"]) == ("2022-09-12", "output", "result")
    assert report["summary"]["es"] != report["summary"]["en"]
    assert (report["source"]["id"], report["source"]["official"]) == ("wh-2022-09-12-fs", "US")
    assert ask("/sources/epa-soi")["official"] == "both"
    assert ask("/sources/jornada-2023-04-20")["official"] is None


def test_a_pillar_holds_its_lines_and_a_line_its_actions(ask):
    pillar = ask("/pillars/I")
    numbers = [line["number"] for part in pillar["objectives"] for line in part["lines"]]
    assert numbers == [line.number for line in charter().lines if line.pillar == "I"]
    line = ask("/lines/5")
    assert line["pillar"]["id"] == "I"
    assert {action["line"] for action in line["actions"]} == {5}


def test_filters_narrow_the_actions(ask):
    of_pillar = ask("/actions?pillar=I")
    assert {action["pillar"] for action in of_pillar["items"]} == {"I"}
    assert {action["status"] for action in ask("/actions?status=promised")["items"]} == {"promised"}
    agency = next(action.agencies_us[0] for action in RECORD.actions if action.agencies_us)
    named = ask(f"/actions?agency={agency}")["items"]
    assert named
    assert all(agency in {found["id"] for found in action["agencies_us"]} for action in named)
    silent = ask("/actions?silent-for=1000")["items"]
    assert all(action["silent_days"] is None or action["silent_days"] > 1000 for action in silent)
    found = ask("/actions?text=semiconductores")["total"]
    assert 0 < found < 73
    parts = [ask(f"/actions?adjacent={value}")["total"] for value in ("true", "false")]
    assert sum(parts) == 73


def test_filters_narrow_the_events(ask):
    found = ask("/events?since=2022&until=2022-09&kind=meeting")["items"]
    assert found
    assert all("2022" <= event["date"][:7] <= "2022-09" for event in found)
    assert {event["kind"] for event in found} == {"meeting"}
    one = ask(f"/events?action={BUSIEST.id}")
    assert one["total"] == len(BUSIEST.events)
    source = BUSIEST.events[0].source
    assert {event["source"]["id"] for event in ask(f"/events?source={source}")["items"]} == {source}


def test_what_disagrees_stands_side_by_side(ask):
    first = ask("/discrepancies")["items"][0]
    assert [source["id"] for source in first["sources"]] == [
        version["source"] for version in first["versions"]
    ]
    rivals = [figure for figure in ask("/figures")["items"] if figure["rivals"]]
    assert rivals
    assert all(figure["unit"]["en"] and figure["source"]["id"] for figure in rivals)


def test_silence_grows_shorter_with_more_days(ask):
    year, decade = ask("/silent?days=365"), ask("/silent?days=3650")
    assert len(year["actions"]) > len(decade["actions"])
    assert year["never"] == decade["never"]
    assert ask("/silent")["days"] == 365


def test_the_search_finds_in_the_language_asked_for(ask):
    found = ask("/search?q=frontera&language=es")
    assert found["total"] >= len(found["items"]) > 0
    assert found["items"][0]["page"].startswith("/es/")
    first = found["items"][0]
    assert any(piece["is_match"] for piece in first["marked_title"] + first["excerpt"])
    assert "".join(piece["text"] for piece in first["marked_title"]) == first["title"]
    assert ask("/search?q=frontera&language=en")["elsewhere"] == found["total"]


def test_anyone_can_check_the_hash_of_every_entry(ask):
    size = ask("/record/head")["size"]
    assert size == len(list(entries(RECORD))) + 1
    found = [
        leaf
        for first in range(0, size, 200)
        for leaf in ask(f"/record/entries?from={first}&limit=200")["items"]
    ]
    assert [leaf["seq"] for leaf in found] == list(range(size))
    assert all(leaf_hash(canonical(leaf["entry"])) == leaf["leaf_hash"] for leaf in found)
    assert found[-1]["leaf_hash"] == ask("/record/head")["last"]
    assert ask(f"/record/entries/{size - 1}") == found[-1]
    assert ask(f"/record/entries?from={size}") == {"size": size, "items": []}


def test_a_question_says_what_it_takes(ask):
    found = ask("/evidence/questions/border.flows")
    year = next(parameter for parameter in found["parameters"] if parameter["name"] == "first_year")
    assert (year["minimum"], year["maximum"]) == ("1996", "2025")
    assert year["unit"]["es"] == "año calendario"
    assert found["line"] == 5


def test_a_kept_answer_comes_at_once(ask, client):
    raw = {"port": "Laredo", "measure": "trucks"}
    kept, _ = evidence.ask("border.flows", raw, store=runs.store())
    found = ask("/evidence/questions/border.flows/answer?port=Laredo&measure=trucks")
    assert found["run"]["run_id"] == kept.run_id
    assert found["page"]["es"] == f"/es/evidence/runs/{kept.run_id}/"
    assert "answer.json" in found["files"]
    cells = {
        cell
        for table in found["answer"]["tables"]
        for row in table["rows"]
        for cell in row
        if cell == str(cell)
    }
    assert {"2364681", "2936130"} <= cells
    assert found["answer"]["sources"][0]["licence"]["en"]
    assert ask(f"/evidence/runs/{kept.run_id}") == found
    assert client.get(found["page"]["en"] + found["files"][0]).status_code == 200


def test_an_answer_that_takes_longer_is_promised(client):
    address = "/api/v1/evidence/questions/border.flows/answer?port=otay-mesa&measure=trains&first_year=2001"
    response = client.get(address)
    assert response.status_code == 202, response.content
    promised = json.loads(response.content)
    assert response["Location"] == promised["address"] == f"/api/v1/evidence/runs/{promised['run_id']}"
    assert promised["state"] == "waiting"
    assert response["Retry-After"] == "1"
    assert "ETag" not in response
    assert client.get(promised["address"]).status_code == 202
