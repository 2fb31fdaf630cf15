"""A key speaks for one office in its term; a change needs both keys and never reaches back."""

from dataclasses import replace

import pytest

from hled.forum.decisions import Keys, KeyTerm, Reason, Verb, change_key, reduce
from hled.forum.decisions.keys import follow
from hled.forum.delegations import NATIONAL, Term
from hled.forum.errors import DelegationError, OfficeKeyError
from hled.record.notes import Algorithm, SigningKey
from tests.forum.acting import BEGIN, DECISION, MX, US, key, moment, rules, sync, text, two, vkey

ONE = text("one")
OLD, NEW = key(US, NATIONAL), key(US, NATIONAL, 2)
CHANGE = change_key(OLD, NEW, party=US, office=NATIONAL)


def test_an_office_changes_its_key_with_both_signatures() -> None:
    keys = rules().keys.changed(CHANGE, moment(100))
    assert keys.of(US, NATIONAL, moment(99)) == (vkey(US, NATIONAL),)
    assert keys.of(US, NATIONAL, moment(100)) == (vkey(US, NATIONAL, 2),)
    third = change_key(NEW, key(US, NATIONAL, 3), party=US, office=NATIONAL)
    later = follow(rules().keys, [(CHANGE, moment(100)), (third, moment(200))])
    assert later.of(US, NATIONAL, moment(200)) == (vkey(US, NATIONAL, 3),)
    assert later.of(MX, NATIONAL, moment(200)) == (vkey(MX, NATIONAL),)


@pytest.mark.parametrize(
    "change",
    [
        replace(CHANGE, by_old=CHANGE.by_new),
        replace(CHANGE, by_new=CHANGE.by_old),
        replace(CHANGE, office="us-state"),
        replace(CHANGE, party=MX),
        change_key(key(US, NATIONAL, 9), NEW, party=US, office=NATIONAL),
        change_key(OLD, key(US, "us-state"), party=US, office=NATIONAL),
        change_key(OLD, OLD, party=US, office=NATIONAL),
    ],
    ids=["old", "new", "office", "party", "unknown", "used", "same"],
)
def test_a_change_that_does_not_follow_is_refused(change: object) -> None:
    with pytest.raises(OfficeKeyError) as refused:
        rules().keys.changed(change, moment(100))
    assert refused.value.text("en") != refused.value.text("es")
    assert rules().keys.of(US, NATIONAL, moment(100)) == (vkey(US, NATIONAL),)


def test_a_change_is_made_once() -> None:
    keys = rules().keys.changed(CHANGE, moment(100))
    with pytest.raises(OfficeKeyError):
        keys.changed(CHANGE, moment(101))


def test_approvals_before_and_after_a_change_count_each_with_its_key() -> None:
    changed = replace(rules(), keys=rules().keys.changed(CHANGE, moment(100)))
    for number, at, reason in [
        (1, moment(99), None),
        (1, moment(100), Reason.KEY_NOT_ACTIVE),
        (2, moment(100), None),
        (2, moment(99), Reason.KEY_NOT_ACTIVE),
    ]:
        us, mx = two()
        us.act(Verb.PROPOSE, ONE, "us-state")
        sync(us, mx)
        us.clear(ONE.hash)
        act = us.act(Verb.APPROVE, ONE.hash, number=number, at=at)
        found = {item.act: item.reason for item in reduce(DECISION, us.known, changed).refusals}
        assert found.get(act.id) is reason


def test_an_act_signed_in_the_term_and_entered_after_it_is_refused() -> None:
    changed = replace(rules(), keys=rules().keys.changed(CHANGE, moment(100)))
    us, _ = two()
    us.act(Verb.PROPOSE, ONE, "us-state")
    us.clear(ONE.hash)
    us.act(Verb.APPROVE, ONE.hash, at=moment(99), entered=moment(101))
    state = reduce(DECISION, us.known, changed)
    assert [item.reason for item in state.refusals] == [Reason.KEY_NOT_ACTIVE]


def term(signing: SigningKey, party: object = US, office: str = NATIONAL) -> KeyTerm:
    return KeyTerm(party, office, str(signing.verifier), Term(BEGIN))


def test_a_key_serves_one_office_and_no_log() -> None:
    for terms in ((term(OLD), term(OLD, MX)), (term(OLD), term(OLD, US, "us-state"))):
        with pytest.raises(OfficeKeyError):
            Keys(terms)
    with pytest.raises(OfficeKeyError):
        Keys((term(OLD),), reserved=frozenset({OLD.verifier.public}))
    cosigner = SigningKey.generate("us", Algorithm.COSIGNATURE_ED25519)
    with pytest.raises(OfficeKeyError):
        Keys((term(cosigner),))
    with pytest.raises(OfficeKeyError):
        Keys((KeyTerm(US, NATIONAL, "no key", Term(BEGIN)),))
    renamed = SigningKey("other/name", OLD.algorithm, OLD.seed)  # the same key under another name
    with pytest.raises(OfficeKeyError):
        Keys((term(OLD), term(renamed, MX)))


def test_a_term_begins_and_ends() -> None:
    year = Term("2026-01-01", "2027-01-01")
    assert not year.holds("2025-12-31T23:59:59Z")
    assert year.holds("2026-01-01")
    assert year.holds("2026-01-01T00:00:00Z")
    assert year.holds("2026-12-31T23:59:59Z")
    assert not year.holds("2027-01-01T00:00:00Z")
    assert Term("2026-01-01").holds("2999-01-01")
    with pytest.raises(DelegationError):
        Term("2026-01-01", "2026-01-01")
