"""A key is changed by the old key and the new one together, and by nobody else."""

import pytest

from hled.record.checkpoints import Checkpoint
from hled.record.errors import NoteError, QuorumError, RotationError, SignatureError
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Algorithm, SigningKey, parse_note
from hled.record.rotations import Role, follow, rotate, verify
from hled.record.text import to_base64
from tests.record.logs import LOG, MX, ORIGIN, POLICY, US, US_PQ, cosigned, key

CHECKPOINT = Checkpoint(ORIGIN, 3, EMPTY_ROOT)


def next_of(old: SigningKey, number: int = 1) -> SigningKey:
    return key(old.name, old.algorithm, number)


def role_of(old: SigningKey) -> Role:
    return "log" if old.algorithm is Algorithm.ED25519 else "cosigner"


@pytest.mark.parametrize("old", [LOG, US, US_PQ], ids=lambda old: old.algorithm.name)
def test_both_keys_sign_the_change(old):
    content = rotate(old, next_of(old), role=role_of(old), party="US")
    rotation = verify(content)
    assert rotation.content == content
    assert (rotation.role, rotation.party) == (role_of(old), "US")
    assert (rotation.old, rotation.new) == (old.verifier, next_of(old).verifier)
    rotation.old.check_bytes(rotation.by_old, rotation.statement)
    rotation.new.check_bytes(rotation.by_new, rotation.statement)


def test_what_they_sign_can_be_no_note_and_no_cosignature():
    statement = verify(rotate(LOG, next_of(LOG), role="log", party="US")).statement
    assert b"\x00" in statement
    with pytest.raises(NoteError):
        parse_note(statement + b"\n\n")
    assert not statement.startswith((b"cosignature/v1", b"subtree/v1"))


@pytest.mark.parametrize("who", ["old", "new"])
def test_one_signature_is_not_enough(who):
    content = rotate(US, next_of(US), role="cosigner", party="US")
    for other in (MX, next_of(US, 2), next_of(US) if who == "old" else US):
        forged = other.sign_bytes(verify(content).statement)
        signatures = content["signatures"] | {who: to_base64(forged)}
        with pytest.raises(RotationError, match="does not match"):
            verify(content | {"signatures": signatures})


@pytest.mark.parametrize(
    "change",
    [
        {"role": "log"},
        {"role": "witness"},
        {"party": "MX"},
        {"party": ""},
        {"party": "U S"},
        {"party": 1},
        {"old": str(MX.verifier)},
        {"old": "x"},
        {"new": str(next_of(US, 2).verifier)},
        {"new": None},
        {"signatures": {}},
        {"signatures": {"old": "", "new": ""}},
        {"signatures": {"old": "AAAA", "new": "AAAA"}},
        {"signatures": {"old": "****", "new": "AAAA"}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_changed_statement_is_refused(change):
    content = rotate(US, next_of(US), role="cosigner", party="US")
    with pytest.raises(RotationError) as refused:
        verify(content | change)
    assert refused.value.text("es") != refused.value.text("en")


@pytest.mark.parametrize("content", [None, [], "", 3, {}, {"role": "log"}, {"signatures": []}])
def test_what_is_no_rotation_is_refused(content):
    with pytest.raises(RotationError, match="no change of a key"):
        verify(content)


@pytest.mark.parametrize(
    ("old", "new", "role"),
    [
        (US, US, "cosigner"),
        (US, MX, "cosigner"),
        (US, US_PQ, "cosigner"),
        (US, next_of(US), "log"),
        (LOG, next_of(LOG), "cosigner"),
        (LOG, key("example.invalid/record/other", Algorithm.ED25519), "log"),
    ],
)
def test_name_and_kind_stay_and_the_key_is_new(old, new, role):
    with pytest.raises(RotationError, match="cannot be changed so"):
        rotate(old, new, role=role, party="US")


def test_a_party_is_a_short_word():
    for party in ("", "a b", "x" * 40, "\ud800", "ñ"):
        with pytest.raises(RotationError):
            rotate(US, next_of(US), role="cosigner", party=party)


def changes(*pairs: tuple[SigningKey, SigningKey]):
    return [verify(rotate(old, new, role=role_of(old), party="US")) for old, new in pairs]


def test_a_policy_follows_the_changes():
    new_log, new_us, newest_us = next_of(LOG), next_of(US), next_of(US, 2)
    policy = follow(
        POLICY, changes((LOG, new_log), (US, new_us), (new_us, newest_us), (US_PQ, next_of(US_PQ)))
    )
    assert [log.key for log in policy.logs] == [new_log.verifier]
    assert [(item.name, item.key) for item in policy.witnesses][:2] == [
        ("us", newest_us.verifier),
        ("mx", MX.verifier),
    ]
    assert (policy.groups, policy.quorum) == (POLICY.groups, POLICY.quorum)
    assert policy.accept(cosigned(CHECKPOINT, [newest_us, MX], log=new_log)).cosigned.keys() == {"us", "mx"}
    with pytest.raises(SignatureError):
        policy.accept(cosigned(CHECKPOINT, [newest_us, MX], log=LOG))
    for old in (US, new_us):
        with pytest.raises(QuorumError):
            policy.accept(cosigned(CHECKPOINT, [old, MX], log=new_log))


@pytest.mark.parametrize(
    "pairs",
    [
        [(next_of(US), next_of(US, 2))],
        [(US, next_of(US)), (US, next_of(US, 2))],
        [(US, next_of(US)), (next_of(US), US)],
        [(US, next_of(US)), (next_of(US), next_of(US, 2)), (next_of(US, 2), next_of(US))],
        [
            (
                key("example.invalid/nobody", Algorithm.ED25519),
                key("example.invalid/nobody", Algorithm.ED25519, 1),
            )
        ],
    ],
)
def test_changes_that_do_not_follow_are_refused(pairs):
    with pytest.raises(RotationError, match="does not follow") as refused:
        follow(POLICY, changes(*pairs))
    assert "no se sigue" in refused.value.text("es")
