"""Contents as people read them: labelled, linked, with what changed; nothing is hidden or believed."""

import pytest
from django.utils import translation

from hled.language import Bilingual
from hled.web.record import reading
from hled.web.record.acts import kind_done, log_name, noun, said
from hled.workplan import ENTRY_TYPES, bundled_record, entries

RECORD = bundled_record()


def lines(content: dict[str, object], hidden: dict[str, Bilingual] | None = None) -> dict[str, reading.Line]:
    names = reading.known([content], hidden or {})
    with translation.override("en"):
        return {line.label: line for line in reading.read(content, names)}


def said_by(line: reading.Line) -> list[str]:
    return [piece.text.en for piece in line.pieces]


def test_every_content_of_the_record_is_read_whole(loaded):
    contents = [content for _, _, content in entries(RECORD)]
    names = reading.known(contents, {})
    for content in contents:
        found = reading.read(content, names)
        stems = {name[:-3] if name.endswith(("_en", "_es")) else name for name in content}
        assert len(found) == len(stems)
        assert all(line.pieces or line.groups for line in found)


def test_every_type_and_field_of_the_record_has_words(loaded):
    for kind in ENTRY_TYPES:
        assert said(kind) != said("none.known")
        assert noun(kind_done(kind)).en != kind_done(kind)
    names = {name for _, _, content in entries(RECORD) for name in content}
    stems = {name[:-3] if name.endswith(("_en", "_es")) else name for name in names}
    assert stems - set(reading._LABELS) == set()


def test_what_is_named_leads_to_its_page(loaded):
    action = RECORD.actions[0]
    found = lines({"action": action.id, "source_id": RECORD.sources[0].id, "line": 3, "pillar": "II"})
    (piece,) = found["Action"].pieces
    assert (piece.text, piece.url_name, piece.url_key) == (action.title, "agenda:action", action.id)
    assert found["Source"].pieces[0].url_name == "agenda:source"
    assert found["Line of the work plan"].pieces[0].url_name == "agenda:line"
    assert found["Pillar or section"].pieces[0].url_name == "agenda:pillar"


def test_codes_dates_and_gaps_are_said_in_words(loaded):
    found = lines(
        {
            "kind": "output",
            "date": "2022-09",
            "reported": None,
            "is_target": False,
            "size": 12345,
            "title_en": "One",
            "title_es": "Uno",
            "actions": [],
            "note_en": None,
            "note_es": None,
        }
    )
    shown = {label: said_by(line) for label, line in found.items()}
    assert shown["Kind"] == ["Output"]
    assert shown["Date"] == ["September 2022"]
    assert shown["Reported on"] == shown["Note"] == shown["Actions"] == ["not stated"]
    assert shown["Is a target"] == ["no"]
    assert shown["Size in bytes"] == ["12,345"]
    assert found["Title"].pieces[0].text == Bilingual("One", "Uno")


def test_an_unknown_field_keeps_its_own_name_and_half_a_text_is_shown(loaded):
    found = lines({"weight_of_proof": "7", "title_en": "Only English", "deep": {"a": [1, {"b": "c"}]}})
    assert said_by(found["weight_of_proof"]) == ["7"]
    assert said_by(found["Title"]) == ["Only English"]
    (inner,) = found["deep"].groups
    assert inner[0].label == "a"


def test_a_text_in_both_languages_under_one_key_is_one_text(loaded):
    found = lines({"title": {"en": "Inspection", "es": "Inspección"}})
    assert found["Title"].pieces[0].text == Bilingual("Inspection", "Inspección")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.example"]
)
def test_only_web_addresses_become_links(loaded, url):
    (piece,) = lines({"url": url})["Address"].pieces
    assert (piece.text.en, piece.away) == (url, "")


def test_a_very_long_list_is_cut_and_counted(loaded):
    found = lines({"values": list(range(1000))})
    assert len(found["values"].pieces) == 200
    assert found["values"].more == 800


def test_what_a_commitment_hides_is_said_and_never_shown(loaded):
    erased = Bilingual("erased on 1 May 2026", "suprimido el 1 de mayo de 2026")
    found = lines({"name": "ab" * 32, "mail": "cd" * 32}, {"ab" * 32: erased})
    assert found["Name"].pieces[0].text == erased
    assert said_by(found["mail"]) == ["cd" * 32]


def test_differences_name_what_changed_and_only_that(loaded):
    before: dict[str, object] = {"title_en": "One", "title_es": "Uno", "line": 1, "kind": "plan", "old": "x"}
    after: dict[str, object] = {"title_en": "Two", "title_es": "Uno", "line": 1, "kind": "output", "new": "y"}
    with translation.override("en"):
        found = {
            item.label: item
            for item in reading.differences(before, after, reading.known([before, after], {}))
        }
    assert set(found) == {"Title", "Kind", "old", "new"}
    title = found["Title"]
    assert title.before is not None
    assert title.after is not None
    assert (said_by(title.before), said_by(title.after)) == (["One"], ["Two"])
    assert found["old"].after is None
    assert found["new"].before is None
    assert reading.differences(before, dict(before), reading.known([before], {})) == ()


def test_logs_and_types_of_tomorrow_have_words_too():
    assert log_name("us") == Bilingual("Log of the United States", "Bitácora de Estados Unidos")
    assert "unam" in log_name("unam").es
    assert said("forum.contribution.made").es == "Asiento del registro"
    assert kind_done("record.object.redacted") == "redaction"
