"""Commitments: checked by whoever is shown salt and value, by nobody without."""

import dataclasses
import hashlib
import json

import pytest

from hled.record import CanonicalError
from hled.record.commitments import CommitmentError, Disclosure, commit, verify
from hled.record.redactions import (
    AUTHORITY,
    BASIS,
    Authority,
    Basis,
    Erased,
    Redaction,
    RedactionError,
)
from hled.record.text import from_base64

NAMES = [f"Person {number}" for number in range(1_000)]


def test_a_commitment_is_the_hash_of_salt_field_and_value():
    commitments, (found,) = commit({"name": "Ana Muñoz"})
    text = json.dumps([found.salt, "name", "Ana Muñoz"], ensure_ascii=False, separators=(",", ":"))
    assert commitments == {"name": hashlib.sha256(text.encode()).hexdigest()}
    assert len(from_base64(found.salt, CommitmentError)) == 32
    verify(commitments["name"], found)


def test_the_same_value_is_committed_to_differently_each_time():
    made = [commit({"name": "Ana", "email": "ana@example.org"}) for _ in range(50)]
    hashes = {value for commitments, _ in made for value in commitments.values()}
    salts = {item.salt for _, disclosures in made for item in disclosures}
    assert len(hashes) == len(salts) == 100


def test_any_change_is_noticed():
    commitments, (found,) = commit({"name": "Ana"})
    for changed in (
        dataclasses.replace(found, value="Anna"),
        dataclasses.replace(found, value=["Ana"]),
        dataclasses.replace(found, field="names"),
        dataclasses.replace(found, salt=commit({"name": "Ana"})[1][0].salt),
        dataclasses.replace(found, salt="AAAA"),
        dataclasses.replace(found, salt="not base64"),
        dataclasses.replace(found, salt=""),
    ):
        with pytest.raises(CommitmentError) as caught:
            verify(commitments["name"], changed)
        assert caught.value.message.en != caught.value.message.es


def test_without_the_salt_every_value_is_as_good_as_another():
    """With the salt a dictionary finds the name; after it is deleted, no entry of the dictionary does."""
    commitments, (found,) = commit({"name": "Person 417"})
    target = commitments["name"]
    hits = [name for name in NAMES if dataclasses.replace(found, value=name).commitment == target]
    assert hits == ["Person 417"]
    guesses = {hashlib.sha256(name.encode()).hexdigest() for name in NAMES}
    guesses |= {Disclosure("name", salt, name).commitment for name in NAMES for salt in ("", "A" * 43 + "=")}
    assert target not in guesses


@pytest.mark.parametrize("field", ["", "Name", "first name", "1st", "x" * 81, "ñ"])
def test_a_field_has_a_plain_name(field):
    with pytest.raises(CommitmentError):
        commit({field: "Ana"})


@pytest.mark.parametrize("value", [1.5, "\ud800", {1: 2}, object()])
def test_a_value_has_a_canonical_form(value):
    with pytest.raises(CanonicalError):
        commit({"name": value})


def test_a_disclosure_does_not_show_itself():
    _, (found,) = commit({"name": "Ana Muñoz"})
    assert "Ana" not in repr(found)
    assert found.salt not in repr(found)


def test_every_basis_and_authority_has_words_in_both_languages():
    assert set(BASIS) == set(Basis)
    assert set(AUTHORITY) == set(Authority)
    assert all(text.en != text.es for text in (*BASIS.values(), AUTHORITY[Authority.US]))


def test_a_redaction_reads_back_what_it_wrote():
    made = Redaction((Erased("name", "ab" * 32), Erased("email", "cd" * 32)), Basis.GDPR_17, Authority.BOTH)
    assert Redaction.from_content(json.loads(json.dumps(made.to_content()))) == made


GOOD = {"erased": [{"field": "name", "commitment": "ab" * 32}], "basis": "other", "authority": "US"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"erased": None},
        {"erased": []},
        {"erased": {}},
        {"erased": ["name"]},
        {"erased": [{"field": "name"}]},
        {"erased": [{"field": "name", "commitment": 7}]},
        {"erased": [{"field": "name", "commitment": "xy"}]},
        {"erased": [{"field": "No Name", "commitment": "ab" * 32}]},
        {"basis": "because"},
        {"basis": None},
        {"authority": "CA"},
        {"authority": ["US"]},
    ],
)
def test_a_malformed_redaction_is_refused(wrong):
    assert Redaction.from_content(dict(GOOD)).authority is Authority.US
    with pytest.raises(RedactionError) as caught:
        Redaction.from_content({**GOOD, **wrong})
    assert caught.value.message.en != caught.value.message.es
