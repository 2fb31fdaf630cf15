"""A policy says whose logs and whose cosignatures count, and is read to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hled.record.checkpoints import Checkpoint
from hled.record.errors import CheckpointError, PolicyError, QuorumError, SignatureError
from hled.record.merkle import EMPTY_ROOT
from hled.record.notes import Algorithm, Note
from hled.record.policies import MAX_LINES, MAX_POLICY, Group, Log, Policy, Witness
from tests.record.logs import ALL, AT, BOTH, LOG, MX, ORIGIN, POLICY, STRANGER, US, US_PQ, cosigned, key

CHECKPOINT = Checkpoint(ORIGIN, 3, EMPTY_ROOT)
SOCIETY = [key(f"society.invalid/{name}", Algorithm.COSIGNATURE_ED25519) for name in "abc"]


def society() -> Policy:
    """Both governments, and two of three others."""
    others = tuple(Witness(cosigner.name[-1], cosigner.verifier) for cosigner in SOCIETY)
    groups = (
        Group("governments", 2, ("us", "mx")),
        Group("society", 2, ("a", "b", "c")),
        Group("everybody", 2, ("governments", "society")),
    )
    return Policy(POLICY.logs, POLICY.witnesses + others, groups, "everybody")


@pytest.mark.parametrize("policy", [POLICY, society(), Policy(), Policy(logs=POLICY.logs)])
def test_a_policy_is_read_as_it_is_written(policy):
    assert Policy.parse(policy.text.encode()) == policy


def test_comments_spaces_and_addresses():
    text = (
        f"# the dialogue\n\n\tlog  {LOG.verifier}\thttps://example.invalid/record/us\n   # more\nquorum none"
    )
    assert Policy.parse(text.encode()) == Policy((Log(LOG.verifier, "https://example.invalid/record/us"),))


def test_nothing_counts_before_both_governments_have_seen_it():
    for cosigners, absent in (((), "us, mx"), ((US,), "mx"), ((MX,), "us"), ((US, US_PQ, STRANGER), "mx")):
        with pytest.raises(QuorumError, match=absent) as refused:
            POLICY.accept(cosigned(CHECKPOINT, cosigners))
        assert absent in refused.value.text("es")
    accepted = POLICY.accept(cosigned(CHECKPOINT, ALL))
    assert accepted.checkpoint == CHECKPOINT
    assert accepted.log.key == LOG.verifier
    assert accepted.cosigned == dict.fromkeys(("us", "mx", "us-pq", "mx-pq"), AT)


@given(st.sets(st.sampled_from(["us", "mx", "a", "b", "c", "us-pq", "nobody"])))
def test_a_quorum_of_groups(names):
    wanted = {"us", "mx"} <= names and len(names & {"a", "b", "c"}) >= 2
    assert society().satisfied(names) == wanted
    if not wanted:
        assert set(society().missing(names)) == {"us", "mx", "a", "b", "c"} - names


def test_no_quorum_asks_for_no_cosignature():
    alone = Policy(logs=POLICY.logs)
    assert alone.accept(cosigned(CHECKPOINT, ())).cosigned == {}
    assert alone.missing(()) == ()


def test_only_the_log_of_the_origin_signs_for_it():
    other = key("example.invalid/record/mx", Algorithm.ED25519)
    policy = Policy((*POLICY.logs, Log(other.verifier)), POLICY.witnesses, POLICY.groups, "governments")
    with pytest.raises(SignatureError, match="No log of this policy"):
        policy.accept(cosigned(CHECKPOINT, log=other))
    with pytest.raises(SignatureError):
        POLICY.accept(cosigned(Checkpoint(other.name, 3, EMPTY_ROOT), log=other))
    unsigned = Note(CHECKPOINT.text, tuple(item.sign(CHECKPOINT.text, AT) for item in BOTH))
    with pytest.raises(SignatureError, match="No log of this policy"):
        POLICY.accept(unsigned)


def test_a_note_that_is_no_checkpoint_is_refused():
    with pytest.raises(CheckpointError):
        POLICY.accept(Note("hello\n", (LOG.sign("hello\n"),)))


LINES = {
    "log": f"log {LOG.verifier}",
    "us": f"witness us {US.verifier}",
    "mx": f"witness mx {MX.verifier}",
    "all": "group both all us mx",
    "quorum": "quorum both",
}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("log", f"log {US.verifier}"),
        ("log", "log"),
        ("log", f"log {LOG.verifier} https://a.invalid https://b.invalid"),
        ("log", f"log {LOG.verifier}\nlog {LOG.verifier}"),
        ("log", f"Log {LOG.verifier}"),
        ("log", f"log {str(LOG.verifier)[:-2]}"),
        ("us", f"witness us {LOG.verifier}"),
        ("us", f"witness none {US.verifier}"),
        ("us", f"witness mx {US.verifier}"),
        ("us", f"witness us {MX.verifier}"),
        ("us", "witness us"),
        ("all", "group both all us"),
        ("all", "group both 3 us mx"),
        ("all", "group both 0 us mx"),
        ("all", "group both 01 us mx"),
        ("all", "group both some us mx"),
        ("all", "group both all us us"),
        ("all", "group both all us nobody"),
        ("all", "group us all us mx"),
        ("all", "group both all"),
        ("all", "group both all us both"),
        ("quorum", "quorum"),
        ("quorum", "quorum all"),
        ("quorum", "quorum nobody"),
        ("quorum", "quorum both\nquorum both"),
        ("quorum", "quorum both both"),
        ("quorum", "# quorum both"),
        ("quorum", "quorum both\x00"),
        ("quorum", "quorum both\r"),
        ("quorum", "quorum both\nwitness"),
        ("quorum", "quorum both\n" + "#\n" * MAX_LINES),
        ("quorum", "quorum both\n#" + " " * MAX_POLICY),
    ],
)
def test_a_line_that_breaks_the_format_is_named(name, line):
    good = "\n".join(LINES.values())
    assert Policy.parse(good.encode()).quorum == "both"
    text = "\n".join((LINES | {name: line}).values())
    if line == "group both all us":  # the format allows this; the governments' quorum does not
        assert not Policy.parse(text.encode()).satisfied(["mx"])
        return
    with pytest.raises(PolicyError, match="policy") as refused:
        Policy.parse(text.encode())
    assert "línea" in refused.value.text("es").lower()


def test_names_that_are_not_utf8_are_names_and_keys_of_such_names_are_refused():
    raw = LINES["log"].encode() + b"\nwitness \xff " + str(US.verifier).encode() + b"\nquorum \xff\n"
    assert Policy.parse(raw).quorum == "\udcff"
    with pytest.raises(PolicyError):
        Policy.parse(b"log \xff+00000000+AAAA\nquorum none\n")
