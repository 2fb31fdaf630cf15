"""What a report says about a copy of a log: how far it is on the record, or what is wrong with it."""

import pytest

from hled.record import Entry, encode
from hled.record.checkpoints import Checkpoint
from hled.record.examining import State, examine
from hled.record.log_files import LogWriter, read_folder
from hled.record.notes import Algorithm, Note, SigningKey
from hled.record.policies import Log, Policy, Witness

KEY = SigningKey.generate("test.invalid/record/us", Algorithm.ED25519)
COSIGNER = SigningKey.generate("test.invalid/mx", Algorithm.COSIGNATURE_ED25519)
LOG, WITNESS = Log(KEY.verifier), Witness("mx", COSIGNER.verifier)
LOCAL, COSIGNED = Policy((LOG,)), Policy((LOG,), (WITNESS,), (), "mx")
AT = 1_795_435_200  # 2026-11-23T12:00:00Z


def entry(number):
    return encode(
        Entry(type="test.made", id=f"urn:hled:test:{number}", at="2026-11-23T12:00:00Z", content={})
    )


def note(frontier, *, at=None):
    text = Checkpoint(KEY.name, frontier.size, frontier.root()).text
    signatures = (KEY.sign(text),) if at is None else (KEY.sign(text), COSIGNER.sign(text, at))
    return Note(text, signatures).encode()


@pytest.fixture
def log(tmp_path):
    """A log of five entries, of which a cosigned checkpoint covers three and a pending one all."""
    writer = LogWriter(tmp_path)
    (tmp_path / "checkpoint").write_bytes(note(writer.extend(map(entry, range(3))), at=AT))
    (tmp_path / "checkpoint.pending").write_bytes(note(writer.extend(map(entry, range(3, 5)))))
    return tmp_path


def test_what_is_cosigned_and_what_still_waits(log):
    found = examine("us", read_folder(log), COSIGNED)
    assert (found.state, found.size, found.on_record) == (State.COSIGNED, 5, 3)
    assert found.origin == KEY.name
    assert found.cosigned == {"mx": "2026-11-23T12:00:00Z"}
    assert found.root == LogWriter(log, size=5).frontier().root().hex()
    assert found.problems == ()


def test_the_states_of_a_log(log, tmp_path):
    assert examine("us", read_folder(log), LOCAL).state is State.LOCAL
    (log / "checkpoint").unlink()
    found = examine("us", read_folder(log), COSIGNED)
    assert (found.state, found.size, found.on_record, found.cosigned) == (State.WAITING, 5, 0, {})
    assert examine("us", read_folder(tmp_path / "none"), COSIGNED).state is State.UNSIGNED
    assert {state.said.en for state in State} == {state.value for state in State}


def test_a_mirror_whose_pending_checkpoint_is_the_older_one(log):
    pending = (log / "checkpoint.pending").read_bytes()
    (log / "checkpoint.pending").write_bytes((log / "checkpoint").read_bytes())
    text = Checkpoint.parse(pending.decode().partition("\n\n")[0] + "\n").text
    whole = Note(text, (KEY.sign(text), COSIGNER.sign(text, AT)))
    (log / "checkpoint").write_bytes(whole.encode())
    found = examine("us", read_folder(log), COSIGNED)
    assert (found.state, found.size, found.on_record) == (State.COSIGNED, 5, 5)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("checkpoint", "record.bad_note"),
        ("checkpoint.pending", "record.bad_note"),
        ("tile/0/000.p/5", "record.bad_tile"),
        ("tile/entries/000.p/5", "record.bad_tile"),
    ],
)
def test_what_was_changed_is_a_problem_of_that_log(log, path, code):
    (log / path).write_bytes((log / path).read_bytes()[:-1])
    found = examine("us", read_folder(log), COSIGNED)
    assert found.state is State.REFUSED
    assert [(problem.log, problem.code) for problem in found.problems] == [("us", code)]


def test_two_checkpoints_that_contradict_each_other_are_a_fork(log):
    other = LogWriter(log / "other").extend([entry(9), entry(9), entry(9)])
    (log / "checkpoint").write_bytes(note(other, at=AT))
    assert [item.code for item in examine("us", read_folder(log), COSIGNED).problems] == ["record.fork"]


def test_a_time_that_no_calendar_has_is_refused(log):
    three = LogWriter(log / "again").extend(map(entry, range(3)))
    (log / "checkpoint").write_bytes(note(three, at=2**62))
    found = examine("us", read_folder(log), COSIGNED)
    assert [problem.code for problem in found.problems] == ["record.bad_signature"]
