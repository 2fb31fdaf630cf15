"""The record in the shell: what holds is verified, what was changed is refused, in both languages."""

import functools
import http.server
import json
import shutil
import threading

import pytest
from django.db import connection

from hled.record.log_files import LogWriter
from hled.record.notes import Algorithm, SigningKey
from hled.record.policies import Log, Policy
from hled.web.record import queries
from hled.web.record.actions import Act, append
from tests.cli import published
from tests.conftest import without_triggers

MORE = (
    "INSERT INTO record_entry (seq, log_id, leaf_index, type, object_id, at, data, leaf_hash)"
    " SELECT seq + 9999, log_id, leaf_index + 9999, type, object_id, at, data, leaf_hash FROM record_entry"
    " WHERE seq = 7"
)
ACT = Act("test.made", "urn:hled:test:act", {"person": "no"})


def found(run, *arguments):
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


def test_a_node_whose_signer_never_ran_verifies(record):
    code, said = found(record, "verify")
    own = queries.own()
    assert (code, said["ok"], said["size"], said["problems"]) == (0, True, own.size, [])
    (log,) = said["logs"]
    assert (log["name"], log["origin"], log["state"]) == ("local", own.origin, "not signed yet")
    assert (log["size"], log["root"], log["on_record"]) == (own.size, own.root.hex(), 0)
    assert "nothing is signed yet" in record("verify")[1]


def test_a_published_node_verifies_rows_and_files(record, home):
    published.local(home)
    append([ACT])
    code, said = found(record, "verify")
    (log,) = said["logs"]
    assert (code, said["ok"], log["state"]) == (0, True, "local, not cosigned")
    assert (log["size"], log["on_record"]) == (queries.own().size, queries.own().size - 1)
    text = record("verify", "--language", "es")[1]
    assert "VERIFICADO" in text
    assert "local, sin firma conjunta" in text
    assert "Claves de demostración" in text


def test_who_cosigned_and_when_is_said(record, home):
    published.cosigned(home)
    said = found(record, "verify")[1]
    assert said["logs"][0]["state"] == "cosigned"
    assert said["logs"][0]["cosigned"]["mx"] == "2026-11-23T12:00:00Z"
    assert (
        "con firma conjunta de Estados Unidos, 2026-11-23T12:00:00Z"
        in record("verify", "--language", "es")[1]
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE record_entry SET data = replace(data, 'a', 'b') WHERE seq = 7",
        "DELETE FROM record_entry WHERE seq = (SELECT max(seq) FROM record_entry)",
        "DELETE FROM record_entry WHERE seq = 5",
        "UPDATE record_entry SET leaf_hash = substr(leaf_hash, 2) || 'a' WHERE seq = 7",
        MORE,
        "UPDATE record_log SET root = substr(root, 2) || 'a'",
    ],
)
def test_a_row_changed_by_hand_is_found(record, home, change):
    append([ACT])  # nothing refers to the last entry
    published.local(home)
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(change)
    code, said = found(record, "verify")
    assert (code, said["ok"]) == (1, False)
    assert said["logs"][0]["state"] == "refused"
    assert {problem["code"] for problem in said["problems"]} == {"record.damaged"}
    assert "NOT VERIFIED" in record("verify")[1]


def test_published_files_of_another_history_are_found(record, home):
    signer = published.local(home)
    shutil.rmtree(signer.folder / "tile")
    entries = queries.rows_after("local", 0, 10)
    signer.sign(LogWriter(signer.folder).extend(reversed(entries)))
    code, said = found(record, "verify")
    assert (code, [item["code"] for item in said["problems"]]) == (1, ["record.damaged"])
    assert "published files hold 10 entries" in said["problems"][0]["message"]["en"]


def test_a_copy_is_verified_as_tree_and_as_log(record, home, tmp_path):
    published.cosigned(home)
    assert record("export", tmp_path / "stick")[0] == 0
    size = queries.own().size
    for place in (tmp_path / "stick", tmp_path / "stick" / "record"):
        code, said = found(record, "verify", place)
        assert (code, said["size"], said["logs"][0]["on_record"]) == (0, size, size)
    log, policy = tmp_path / "stick" / "record" / "local", home / "record" / "policy"
    assert found(record, "verify", log, "--policy", policy)[1]["logs"][0]["state"] == "cosigned"
    assert "Compare it with one from somebody you trust" in record("verify", tmp_path / "stick")[1].replace(
        "\n", " "
    )
    assert "Compare it" not in record("verify", tmp_path / "stick", "--policy", policy)[1]


def test_a_copy_with_one_changed_byte_is_refused(record, home, tmp_path):
    published.local(home)
    record("export", tmp_path / "stick")
    file = tmp_path / "stick/record/local/tile/entries/000"
    data = bytearray(file.read_bytes())
    data[700] ^= 1
    file.write_bytes(data)
    code, said = found(record, "verify", tmp_path / "stick")
    assert (code, said["ok"], said["logs"][0]["state"]) == (1, False, "refused")
    assert said["problems"][0]["log"] == "local"
    assert set(said["problems"][0]["message"]) == {"en", "es"}


def test_a_stranger_s_policy_refuses_a_copy(record, home, tmp_path):
    published.local(home)
    other = SigningKey.generate("other.example/record/us", Algorithm.ED25519)
    (tmp_path / "trusted").write_text(Policy((Log(other.verifier),)).text)
    code, said = found(record, "verify", home / "record", "--policy", tmp_path / "trusted")
    assert (code, said["problems"][0]["code"]) == (1, "record.bad_signature")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("nowhere", {"en": "No record lies at", "es": "no hay ningún registro"}),
        ("log", {"en": "no policy at", "es": "No hay ninguna política"}),
    ],
)
def test_a_place_without_a_record_or_a_policy_is_said(record, home, tmp_path, place, words):
    (tmp_path / "nowhere").mkdir()
    shutil.copytree(published.local(home).folder, tmp_path / "log")
    for language, text in words.items():
        code, out, err = record("verify", tmp_path / place, "--language", language)
        assert (code, out) == (2, "")
        assert text in err


def test_the_policy_is_explained_in_the_asker_s_language(record, home, tmp_path):
    assert "no policy at" in record("policy")[2]
    published.cosigned(home)
    assert "cosigned by: United States and Mexico." in " ".join(record("policy")[1].split())
    assert "firma conjunta de: Estados Unidos y México." in record("policy", "--language", "es")[1].replace(
        "\n", " "
    )
    (tmp_path / "broken").write_text("log nothing\nquorum none\n")
    code, out, err = record("policy", "--check", tmp_path / "broken")
    assert (code, out) == (2, "")
    assert "Line 1 of the policy" in err


@pytest.fixture
def served(record, home, tmp_path):
    """The address of an export that some web server serves."""
    published.local(home)
    record("export", tmp_path / "site")
    files = functools.partial(QuietFiles, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """Plain files, without a line on standard error for each."""

    def log_message(self, *arguments):
        """Say nothing."""


def test_an_export_verifies_from_any_web_server(record, served, home):
    size, policy = queries.own().size, home / "record/policy"
    for place in (served, f"{served}/record", f"{served}/record/"):
        code, said = found(record, "verify", place, "--private")
        assert (code, said["size"], said["logs"][0]["name"]) == (0, size, "local")
    said = found(record, "verify", f"{served}/record/local", "--private", "--policy", policy)[1]
    assert (said["ok"], said["size"]) == (True, size)
    assert found(record, "audit", served, "--private")[1]["new"] == size
    assert found(record, "audit", home / "record")[1]["new"] == 0  # the same log, elsewhere


def test_an_address_of_this_machine_or_without_a_record_is_said(record, served):
    code, out, err = record("verify", served, "--language", "es")
    assert (code, out) == (2, "")
    assert "repita con --private" in err
    code, _, err = record("verify", f"{served}/record/local/tile", "--private")
    assert code == 2
    assert "No record lies at" in err
