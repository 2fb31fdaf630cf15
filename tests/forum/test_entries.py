"""Acts stand on the record as entries and read back; whatever was changed on the way is refused."""

import json
from dataclasses import replace

import pytest

from hled.forum.decisions import ENTRY_TYPES, Act, Text, Verb, act_entry, read_act, read_text
from hled.forum.decisions.entries import agreed_by, agreed_entry, change_entry, read_agreed, read_change
from hled.forum.decisions.keys import change_key
from hled.forum.delegations import NATIONAL
from hled.forum.errors import ActError, TextError
from hled.language import Bilingual
from hled.language.concordance import Paragraph
from hled.record import decode, encode
from hled.record.errors import NoteError
from hled.record.notes import parse_note
from hled.workplan import RecordInvalid
from tests.forum.acting import DECISION, MX, US, Successor, key, moment, sync, text, two

ONE = text("one")


def acts() -> list[Act]:
    """One act of every verb."""
    us, mx = two()
    us.act(Verb.PROPOSE, ONE, "us-state")
    us.act(Verb.SUPERSEDE, text("new", supersedes=Successor(DECISION, ONE.hash)), "us-ustr")
    sync(us, mx)
    mx.act(Verb.REVISE, text("two", ONE.hash), "mx-se")
    for verb in (Verb.RECONCILE, Verb.OBJECT, Verb.WITHDRAW):
        us.act(verb, ONE.hash)
    us.approve(ONE.hash)
    return us.known + mx.log


def test_every_verb_has_its_entry_and_reads_back() -> None:
    done = acts()
    assert {act.statement.verb for act in done} == set(Verb) == set(ENTRY_TYPES.values())
    for act in done:
        entry = act_entry(act.statement, act.signature, at=act.entered)
        kept = decode(encode(entry))
        again = read_act(kept, log=act.log, index=act.index, text=act.text)
        assert again == act
        assert again.id == act.id
        assert again.is_genuine
        assert kept.id == DECISION
        assert ENTRY_TYPES[kept.type] is act.statement.verb


def test_whatever_is_changed_in_an_entry_no_longer_holds() -> None:
    act = next(act for act in acts() if act.statement.verb is Verb.OBJECT)
    entry = act_entry(act.statement, act.signature, at=act.entered)
    for name, value in entry.content.items():
        other = {
            "party": "MX",
            "revision": "0" * 64,
            "office": "us-ustr",
            "key": act.statement.key.replace("us", "su"),
            "at": moment(77),
            "seen": ["1" * 64],
            "reason_en": "Another reason.",
            "reason_es": "Otro motivo.",
        }.get(name)
        if other is None:
            continue
        changed = replace(entry, content={**entry.content, name: other})
        assert value != other
        assert not read_act(changed, log="us", index=0).is_genuine, name
    moved = replace(entry, id="urn:hled:decision:other")
    assert not read_act(moved, log="us", index=0).is_genuine
    as_withdrawal = replace(entry, type="decision.withdrawn")
    assert not read_act(as_withdrawal, log="us", index=0).is_genuine


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "not base64"},
        {"seen": ["x"]},
        {"seen": ["2" * 64, "1" * 64]},
        {"at": "yesterday"},
        {"at": "2026-13-45T00:00:00Z"},
        {"party": "CA"},
        {"reason_en": None, "reason_es": None},
        {"reason_es": None},
        {"rules": 1},
        {"paragraph": "p1"},
        {"colour": "red"},
        {"revision": "short"},
    ],
    ids=str,
)
def test_a_malformed_act_is_refused(change: dict[str, object]) -> None:
    act = next(act for act in acts() if act.statement.verb is Verb.OBJECT)
    entry = act_entry(act.statement, act.signature, at=act.entered)
    with pytest.raises((ActError, RecordInvalid)) as refused:
        read_act(replace(entry, content={**entry.content, **change}), log="us", index=0)
    assert refused.value.text("en") != refused.value.text("es")


def test_an_entry_of_another_type_is_no_act() -> None:
    act = acts()[0]
    entry = replace(act_entry(act.statement, act.signature, at=act.entered), type="agenda.action.compiled")
    with pytest.raises(ActError):
        read_act(entry, log="us", index=0, text=act.text)
    with pytest.raises(ActError):
        read_agreed(entry)
    with pytest.raises(ActError):
        read_change(entry)


@pytest.mark.parametrize("body", [None, text("other"), text("two", ONE.hash)])
def test_an_act_comes_with_its_own_text_only(body: Text | None) -> None:
    act = acts()[0]
    entry = act_entry(act.statement, act.signature, at=act.entered)
    with pytest.raises(ActError):
        read_act(entry, log="us", index=0, text=body)


def test_what_is_signed_can_be_no_note() -> None:
    for act in acts():
        with pytest.raises(NoteError):
            parse_note(act.statement.message)
        assert act.statement.message.startswith(f"hled decision.{act.statement.verb} v1\n\x00".encode())


def test_a_node_says_what_took_effect_and_is_not_believed_but_checked() -> None:
    us, mx = two()
    us.act(Verb.PROPOSE, ONE, "us-state")
    sync(us, mx)
    us.approve(ONE.hash)
    mx.approve(ONE.hash)
    sync(us, mx)
    agreement = us.state().agreement
    assert agreement is not None
    said = read_agreed(decode(encode(agreed_entry(DECISION, agreed_by(agreement), at=moment(60)))))
    assert said.confirms(agreement)
    assert not replace(said, revision="0" * 64).confirms(agreement)
    assert not said.confirms(None)


def test_a_change_of_key_is_an_entry_of_its_office() -> None:
    change = change_key(key(US, NATIONAL), key(US, NATIONAL, 2), party=US, office=NATIONAL)
    entry = decode(encode(change_entry(change, at=moment(3))))
    assert entry.id == "urn:hled:office:us.national"
    assert read_change(entry) == change
    with pytest.raises(ActError):
        read_change(replace(entry, id="urn:hled:office:mx.national"))
    with pytest.raises(ActError):
        read_change(replace(entry, content={**entry.content, "party": MX.value}))


TEXT = Text(
    DECISION,
    Bilingual("A title", "Un título"),
    (Paragraph("p1", "One.", "Uno."), Paragraph("p2", "Only English.", "")),
    ("run:abc", "urn:hled:action:one"),
    ONE.hash,
    Successor("urn:hled:decision:older", "0" * 64),
)


def test_a_text_reads_back_from_its_body() -> None:
    again = read_text(TEXT.body)
    assert again == TEXT
    assert again.hash == TEXT.hash
    assert [part.id for part in again.parts] == ["title", "p1", "p2"]


def test_every_part_of_a_text_is_under_its_hash() -> None:
    changed = [
        replace(TEXT, decision="urn:hled:decision:x"),
        replace(TEXT, title=Bilingual("A title", "Otro título")),
        replace(TEXT, paragraphs=(Paragraph("p1", "One.", "Una."), TEXT.paragraphs[1])),
        replace(TEXT, paragraphs=TEXT.paragraphs[:1]),
        replace(TEXT, paragraphs=TEXT.paragraphs[::-1]),
        replace(TEXT, refs=("run:abd", "urn:hled:action:one")),
        replace(TEXT, parent=None),
        replace(TEXT, supersedes=None),
    ]
    assert len({item.hash for item in (TEXT, *changed)}) == 9


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "urn:hled:action:x"},
        {"paragraphs": ()},
        {"paragraphs": (Paragraph("p1", "a", "b"), Paragraph("p1", "c", "d"))},
        {"paragraphs": (Paragraph("title", "a", "b"),)},
        {"paragraphs": (Paragraph("p 1", "a", "b"),)},
        {"refs": ("a", "a")},
        {"refs": (" ",)},
        {"parent": "short"},
        {"supersedes": Successor("urn:hled:decision:x", "short")},
    ],
    ids=str,
)
def test_a_malformed_text_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(TextError) as refused:
        replace(TEXT, **change)
    assert refused.value.text("en") != refused.value.text("es")


def test_a_text_has_one_writing_only() -> None:
    tree = json.loads(TEXT.body)
    spaced = json.dumps(tree, ensure_ascii=False).encode()
    other = {**tree, "type": "hled.decision.text/v2"}
    shorter = {**tree, "es": {**tree["es"], "paragraphs": tree["es"]["paragraphs"][:1]}}
    odd = [{**tree, name: None} for name in tree if name not in {"parent", "supersedes"}]
    odd += [{**tree, "refs": [1]}, {**tree, "en": {**tree["en"], "title": None}}, {**tree, "supersedes": {}}]
    bodies = [
        spaced,
        b"",
        b"[]",
        b"\xff",
        *(json.dumps(item).encode() for item in (other, shorter, {}, *odd)),
    ]
    for body in bodies:
        with pytest.raises(TextError):
            read_text(body)
    with pytest.raises(TextError):
        _ = replace(TEXT, title=Bilingual("\ud800", "x")).hash
