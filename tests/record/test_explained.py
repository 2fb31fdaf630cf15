"""A policy in plain words: who must cosign, in both languages, whatever the file holds."""

import pytest

from hled.record.explained import explained, named
from hled.record.notes import Algorithm, SigningKey
from hled.record.policies import Group, Log, Policy, Witness

COSIGNER = Algorithm.COSIGNATURE_ED25519


def key(name, algorithm):
    return SigningKey.generate(name, algorithm).verifier


LOG = Log(key("us.example/record/us", Algorithm.ED25519), "https://us.example/record/us")
NAMES = ("us", "mx", "unam", "gao", "ngo")
WITNESSES = tuple(Witness(name, key(f"{name}.example/witness", COSIGNER)) for name in NAMES)
POST_QUANTUM = Witness("us-pq", key("us.example/pq", Algorithm.COSIGNATURE_MLDSA44))
GOVERNMENTS = Group("governments", 2, ("us", "mx"))
SOCIETY = Group("society", 2, ("unam", "gao", "ngo"))


@pytest.mark.parametrize(
    ("groups", "quorum", "english", "spanish"),
    [
        ((), "none", "Nobody has to cosign", "Nadie tiene que firmar en conjunto"),
        ((), "us", "cosigned by: United States.", "firma conjunta de: Estados Unidos."),
        ((GOVERNMENTS,), "governments", "by: United States and Mexico.", "de: Estados Unidos y México."),
        (
            (GOVERNMENTS, SOCIETY, Group("both", 2, ("governments", "society"))),
            "both",
            "by: (United States and Mexico) and (at least 2 of: “unam”, “gao”, “ngo”).",
            "de: (Estados Unidos y México) y (al menos 2 de: «unam», «gao», «ngo»).",
        ),
        (
            (Group("one", 1, ("us", "unam")),),
            "one",
            "by: United States or “unam”.",
            "Estados Unidos o «unam».",
        ),
    ],
)
def test_the_rule_comes_first_and_names_whose_cosignatures_count(groups, quorum, english, spanish):
    first = explained(Policy((LOG,), WITNESSES, groups, quorum))[0]
    assert english in first.en
    assert spanish in first.es


def test_every_key_is_named_and_what_is_not_asked_for_is_said():
    said = explained(Policy((LOG,), (*WITNESSES, POST_QUANTUM), (GOVERNMENTS,), "governments"))
    text = "\n".join(line.es for line in said)
    assert f"clave {LOG.key.key_id.hex()}, https://us.example/record/us." in text
    assert "us.example/pq, ML-DSA-44" in text
    assert said[-1].es == (
        "Firmas conjuntas que se conservan sin exigirse: «unam», «gao», «ngo», Estados Unidos (ML-DSA-44)."
    )


def test_a_policy_without_a_log_says_that_nothing_can_satisfy_it():
    assert any("names no log" in line.en for line in explained(Policy()))


@pytest.mark.parametrize("name", ["\u00a0", "us-east", "pq", "\udcff"])
def test_names_that_are_nobodys_are_quoted_as_they_are(name):
    assert named(name).es == f"«{name}»"
