"""The record by the API: logs, checkpoints with their cosignatures, and how far an entry is confirmed."""

import json

import pytest

from hled.record.notes import parse_note
from hled.web.record import queries
from hled.web.record.actions import Act, append
from tests.web.record.publishing import Publisher, governments


@pytest.fixture
def publisher(loaded, settings, tmp_path):
    settings.HOME = tmp_path
    found = Publisher(tmp_path, governments())
    found.publish()
    return found


def get(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, path
    return json.loads(response.content)


def test_logs_say_how_far_they_are_confirmed(client, publisher):
    (log,) = get(client, "record/logs")["items"]
    size = queries.head().size
    assert (log["name"], log["own"], log["size"], log["on_record"]) == ("local", True, size, size)
    append([Act("test.made", "urn:hled:test:x", {"n": 1})])
    (log,) = get(client, "record/logs")["items"]
    assert (log["size"], log["on_record"]) == (size + 1, size)


def test_an_entry_leads_to_its_receipt_and_says_its_state(client, publisher):
    entry = get(client, "record/logs/local/entries/3")
    assert (entry["state"], entry["since"]) == ("cosigned", "2026-11-23T12:00:00Z")
    assert client.get(entry["receipt_at"]).status_code == 200
    assert json.loads(client.get(entry["bytes_at"]).content) == entry["entry"]
    assert client.get(entry["pages"]["es"]).status_code == 200
    append([Act("test.made", "urn:hled:test:x", {"n": 1})])
    last = queries.head().size - 1
    assert get(client, f"record/logs/local/entries/{last}")["state"] == "written"
    publisher.publish("us")
    entry = get(client, f"record/logs/local/entries/{last}")
    assert (entry["state"], entry["since"]) == ("pending", None)
    assert client.get(entry["receipt_at"]).status_code == 404


def test_checkpoints_name_who_cosigned_when(client, publisher):
    append([Act("test.made", "urn:hled:test:x", {"n": 1})])
    publisher.publish("mx")
    newer, older = get(client, "record/logs/local/checkpoints")["items"]
    assert (newer["complete"], older["complete"]) == (False, True)
    assert [item["name"] for item in newer["cosigned"]] == ["mx"]
    assert {item["at"] for item in older["cosigned"]} == {"2026-11-23T12:00:00Z"}
    assert parse_note(older["note"].encode()).text.splitlines()[1] == str(older["size"])
    (only,) = get(client, f"record/logs/local/checkpoints?before={newer['size']}&limit=5")["items"]
    assert only == older


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("record/logs/nobody/checkpoints", 404),
        ("record/logs/nobody/entries/0", 404),
        ("record/logs/local/entries/999999", 404),
        ("record/logs/local/entries/٣", 404),
        ("record/logs/local/checkpoints?before=0", 400),
        ("record/logs/local/checkpoints?limit=1000", 400),
    ],
)
def test_what_is_not_there_is_a_problem(client, publisher, path, status):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code in {status, 422 if status == 400 else status}
    assert response["Content-Type"] == "application/problem+json"
