"""The agenda in the shell: the answers of the pages, files that load back, broken files refused whole."""

import csv
import io
import json

import pytest

from hled.cli.__main__ import main
from hled.web.agenda import queries
from hled.web.agenda.actions import ErrorFound, report_error
from hled.web.record import actions as record_actions
from hled.web.record import queries as record
from hled.workplan import bundled_record, dump_record, from_csv, load_record
from hled.workplan.types import Action

RECORD = bundled_record()


@pytest.fixture
def hled(loaded, capsys):
    """Run a command and return its exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--language", "en", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_status_counts_the_register(hled):
    code, out, _ = hled("status", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["pillars"], found["lines"], found["actions"], found["events"]) == (4, 15, 73, 202)
    assert found["entries"] == record.head().size
    assert [part["id"] for part in found["by_pillar"]] == ["I", "II", "III", "IV"]
    assert sum(sum(part["status"].values()) + part["adjacent"] for part in found["by_pillar"]) == 65


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["73 actions", "not a statement", "Past its date"]),
        ("es", ["73 acciones", "DEAN", "Vencido sin"]),
    ],
)
def test_status_reads_in_a_terminal(hled, language, words):
    code, out, _ = hled("status", "--language", language)
    assert code == 0
    assert all(word in out for word in words)
    assert max(map(len, out.splitlines())) <= 100


def test_actions_are_filtered_as_on_the_web(hled):
    _, out, _ = hled("actions", "--pillar", "I", "--silent-for", "180d", "--json")
    found = json.loads(out)
    assert found
    assert all(item["pillar"] == "I" and (item["silent_days"] or 999) > 180 for item in found)
    _, out, _ = hled("actions", "--line", "5")
    assert "actions." in out
    _, out, _ = hled("actions", "--pillar", "I", "--line", "9")
    assert "No action passes" in out


def test_actions_as_csv_load_back(hled):
    _, out, _ = hled("actions", "--pillar", "II", "--csv")
    assert {action.id for action in from_csv(Action, out)} == {
        a.id for a in RECORD.actions if a.pillar == "II"
    }
    assert next(csv.reader(io.StringIO(out)))[0] == "pillar"


@pytest.mark.parametrize(
    "option", [("--pillar", "V"), ("--line", "99"), ("--silent-for", "long"), ("--agency", "x")]
)
def test_wrong_filters_are_said(hled, option):
    code, out, err = hled("actions", *option)
    assert code == 2
    assert option[1] in err
    assert out == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_show_finds_everything_by_its_id(hled, language):
    action, source = RECORD.actions[0], RECORD.sources[0]
    wanted = {
        action.id: action.title,
        "5": None,
        "II": None,
        "gov": None,
        source.id: source.publisher,
        RECORD.bodies[0].id: RECORD.bodies[0].name,
        RECORD.agencies[0].id: RECORD.agencies[0].name,
        RECORD.meetings[0].id: RECORD.meetings[0].title,
    }
    for key, text in wanted.items():
        code, out, _ = hled("show", key, "--language", language)
        assert code == 0
        assert (text.text(language) if text else key.upper()) in out
        assert hled("show", key, "--json")[1].startswith("{")


def test_show_says_what_no_voice_has_published(hled):
    quiet = next(action for action in RECORD.actions if not action.agencies_us)
    _, out, _ = hled("show", quiet.id)
    assert "United States: none named in the sources" in out
    assert "Assessed: not built yet" in out
    code, _, err = hled("show", "no-such-thing")
    assert code == 2
    assert "no-such-thing" in err


@pytest.mark.parametrize(
    ("language", "us", "mx"),
    [
        (
            "en",
            "Self-reported, United States: 2022-09-12  Output",
            "Self-reported, Mexico: no report by this government was found",
        ),
        (
            "es",
            "Autorreportado, Estados Unidos: 2022-09-12  Producto",
            "Autorreportado, México: no se encontró ningún informe de este gobierno",
        ),
    ],
)
def test_show_says_what_each_government_reported(hled, language, us, mx):
    _, out, _ = hled("show", "supply-chain-working-group", "--language", language)
    assert us in out
    assert mx in out
    code, source, _ = hled("show", "wh-2022-09-12-fs", "--language", language)
    assert code == 0
    assert {"en": "the government of the United States", "es": "el gobierno de Estados Unidos"}[
        language
    ] in source


def test_export_is_the_record_that_was_loaded(hled):
    code, out, _ = hled("export")
    assert code == 0
    assert out == dump_record(RECORD)
    assert load_record(out) == RECORD


def test_export_of_one_kind_and_of_every_kind(hled, tmp_path):
    assert len(json.loads(hled("export", "--kind", "sources")[1])) == len(RECORD.sources)
    hled("export", "--format", "csv", "--kind", "actions", "--output", str(tmp_path / "a.csv"))
    plain = tuple(action.id for action in RECORD.actions)
    assert tuple(item.id for item in from_csv(Action, (tmp_path / "a.csv").read_bytes())) == plain
    assert hled("export", "--format", "csv", "--output", str(tmp_path / "all"))[0] == 0
    assert len(list((tmp_path / "all").glob("*.csv"))) == 9
    code, _, err = hled("export", "--output", str(tmp_path / "no" / "such" / "file"))
    assert code == 2
    assert "cannot be written" in err


def test_loading_what_was_exported_changes_nothing(hled, tmp_path):
    size = record.head().size
    hled("export", "--output", str(tmp_path / "record.json"))
    code, out, _ = hled("load", str(tmp_path / "record.json"))
    assert (code, record.head().size) == (0, size)
    assert "nothing to do" in out
    assert json.loads(hled("load", "--json")[1])["already"] is True


@pytest.mark.parametrize("section", ["actions", "events", "sources", "figures", "discrepancies", "meetings"])
def test_a_table_that_was_exported_loads_back(hled, tmp_path, section):
    path = tmp_path / f"{section}.csv"
    hled("export", "--format", "csv", "--kind", section, "--output", str(path))
    code, out, _ = hled("load", str(path), "--json")
    assert code == 0
    assert json.loads(out)["appended"] == 0


def test_a_changed_cell_is_one_entry(hled, tmp_path):
    path = tmp_path / "table.csv"
    hled("export", "--format", "csv", "--kind", "actions", "--output", str(path))
    title = RECORD.actions[0].title.en
    path.write_text(path.read_bytes().decode().replace(title, "A corrected title", 1), newline="")
    code, out, _ = hled("load", str(path), "--kind", "actions", "--json")
    assert (code, json.loads(out)["appended"]) == (0, 1)
    view = queries.action(RECORD.actions[0].id, dt_today())
    assert view.action.title.en == "A corrected title"
    assert len(view.timeline) == len(RECORD.actions[0].events)


def dt_today():
    import datetime as dt

    return dt.datetime.now(dt.UTC).date()


def test_a_file_loaded_before_counts_again(hled, tmp_path):
    hled("export", "--output", str(tmp_path / "first.json"))
    ours = altered(lambda document: document["actions"][0].update(title_en="A title of ours"))
    (tmp_path / "second.json").write_text(ours)
    for name, shown in (("second", "A title of ours"), ("first", RECORD.actions[0].title.en)):
        assert json.loads(hled("load", str(tmp_path / f"{name}.json"), "--json")[1])["appended"] == 1
        assert queries.action(RECORD.actions[0].id, dt_today()).action.title.en == shown
    hled("load", str(tmp_path / "second.json"))
    assert hled("status")[0] == 0  # every command brings the bundled record in; ours stays
    assert queries.action(RECORD.actions[0].id, dt_today()).action.title.en == "A title of ours"
    assert "Entries appended: 1;" in hled("load")[1]
    assert queries.action(RECORD.actions[0].id, dt_today()).action.title.en == RECORD.actions[0].title.en


@pytest.mark.parametrize(("language", "words"), [("en", "name the file too"), ("es", "indique también")])
def test_a_kind_without_a_file_is_refused(hled, language, words):
    before = record.head()
    code, out, err = hled("load", "--kind", "actions", "--language", language)
    assert (code, out) == (2, "")
    assert words in err
    assert record.head() == before


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("en", "1 problem; ", "… and {n} more"), ("es", "1 problema; ", "… y {n} más")],
)
def test_problems_are_counted_and_the_first_fifty_are_listed(hled, tmp_path, language, one, many):
    path = tmp_path / "broken.json"
    path.write_text(altered(lambda document: document["actions"][2].update(pillar="V")))
    assert one in hled("load", str(path), "--language", language)[2]
    table = tmp_path / "events.csv"
    hled("export", "--format", "csv", "--kind", "events", "--output", str(table))
    lines = hled("load", str(table), "--kind", "sources", "--language", language)[2].splitlines()
    assert len(lines) <= 52
    path.write_text(altered(lambda document: [item.update(read="x") for item in document["sources"]]))
    lines = hled("load", str(path), "--language", language)[2].splitlines()
    assert len(lines) == 52
    assert lines[-1].strip() == many.format(n=len(RECORD.sources) - 50)


def altered(change) -> str:
    document = json.loads(dump_record(RECORD))
    change(document)
    return json.dumps(document)


def everything(document) -> None:
    actions = document["actions"]
    actions[1]["id"] = actions[0]["id"]
    actions[2]["pillar"] = "V"
    actions[3]["title_es"] = ""
    actions[0]["events"][0]["source_id"] = None
    actions[4]["events"][0]["date"] = "2022-02-30"


def test_a_broken_file_lists_every_problem_and_changes_nothing(hled, tmp_path):
    before = record.head()
    path = tmp_path / "broken.json"
    path.write_text(altered(everything))
    code, out, err = hled("load", str(path))
    assert code == 2
    assert out == ""
    for place in ("$.actions[1].id", "$.actions[2].pillar", "$.actions[3].title_es",
                  "$.actions[0].events[0].source_id", "$.actions[4].events[0].date"):  # fmt: skip
        assert f"  {place}: " in err
    assert record.head() == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"meta": NaN}',
        "\ud800".encode("utf-8", "surrogatepass"),
        b"\xff\xfe",
        "[" * 5000,
    ],
)
def test_what_is_no_record_is_refused(hled, tmp_path, text):
    before = record.head()
    path = tmp_path / "odd.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code, _, err = hled("load", str(path))
    assert code == 2
    assert err.strip()
    assert record.head() == before


def test_a_broken_table_is_refused_at_its_place(hled, tmp_path):
    before = record.head()
    hled("export", "--format", "csv", "--kind", "actions", "--output", str(tmp_path / "actions.csv"))
    text = (tmp_path / "actions.csv").read_bytes().decode()
    (tmp_path / "actions.csv").write_text(text.replace("\nI,", "\nV,", 1), newline="")
    code, _, err = hled("load", str(tmp_path / "actions.csv"))
    assert code == 2
    assert "pillar" in err
    (tmp_path / "list.csv").write_text("a,b\n")
    assert "--kind" in hled("load", str(tmp_path / "list.csv"))[2]
    code, _, err = hled("load", str(tmp_path / "list.csv"), "--kind", "events")
    assert code == 2
    assert "row 1" in err
    assert record.head() == before


def test_an_event_of_an_unknown_action_is_refused(hled, tmp_path):
    path = tmp_path / "events.csv"
    hled("export", "--format", "csv", "--kind", "events", "--output", str(path))
    event = RECORD.actions[0].events[0]
    path.write_text(
        path.read_bytes().decode().replace(f"{event.id},{event.action}", f"{event.id},nobody"), newline=""
    )
    code, _, err = hled("load", str(path))
    assert code == 2
    assert "nobody" in err


def test_preparing_again_keeps_what_people_wrote(hled, monkeypatch):
    from hled.web.record import projection

    monkeypatch.setitem(projection._projectors, "agenda.note.added", lambda entry, seq: None)
    number = report_error(ErrorFound("", "Something is wrong here.", "https://example.org"), "en")
    record_actions.append([record_actions.Act("agenda.note.added", "urn:hled:note:one", {"text": "later"})])
    before = record.head()
    assert hled("prepare")[0] == 0
    assert record.head() == before
    assert [item.id for item in queries.reports()] == [number]


def test_reports_are_listed_for_the_officers(hled):
    assert "No error was reported." in hled("reports")[1]
    report_error(ErrorFound("urn:hled:action:a", "Something is wrong here.", "https://example.org"), "es")
    assert "Something is wrong here." in hled("reports")[1]
    assert json.loads(hled("reports", "--json")[1])[0]["language"] == "es"
