"""A receipt proves one entry with the entry, the receipt and the policy, and fits on a page."""

import pytest

from hled.record.errors import NoteError, ProofError, QuorumError, RecordError
from hled.record.proofs import MAX_RECEIPT, Receipt
from tests.record.logs import ALL, POLICY, US, cosigned, entries, log_of

LOG_OF_NINE = log_of(entries(9))


@pytest.mark.parametrize("index", range(9))
def test_a_receipt_proves_its_entry_and_no_other(index):
    receipt = LOG_OF_NINE.receipt(index)
    accepted = receipt.verify(LOG_OF_NINE.entries[index], POLICY)
    assert accepted.checkpoint == LOG_OF_NINE.checkpoint
    for other in set(range(9)) - {index}:
        with pytest.raises(ProofError):
            receipt.verify(LOG_OF_NINE.entries[other], POLICY)


def test_a_receipt_is_read_as_it_is_written():
    for receipt in (
        LOG_OF_NINE.receipt(4),
        log_of(entries(1)).receipt(0),
        Receipt(4, LOG_OF_NINE.receipt(4).path, LOG_OF_NINE.note, b"words for an application"),
    ):
        assert Receipt.parse(receipt.encode()) == receipt


def test_a_receipt_without_the_other_government_proves_nothing():
    lonely = Receipt(4, LOG_OF_NINE.receipt(4).path, cosigned(LOG_OF_NINE.checkpoint, [US]))
    with pytest.raises(QuorumError):
        lonely.verify(LOG_OF_NINE.entries[4], POLICY)


def test_the_classic_receipt_leaves_out_what_is_large():
    hybrid = Receipt(4, LOG_OF_NINE.receipt(4).path, cosigned(LOG_OF_NINE.checkpoint, ALL), b"extra")
    classic = hybrid.classic()
    assert classic == LOG_OF_NINE.receipt(4)
    assert len(classic.encode()) < 1_000 < len(hybrid.encode())
    assert hybrid.verify(LOG_OF_NINE.entries[4], POLICY).cosigned.keys() == {"us", "mx", "us-pq", "mx-pq"}
    assert classic.verify(LOG_OF_NINE.entries[4], POLICY).cosigned.keys() == {"us", "mx"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text.replace("@v1", "@v2"),
        lambda text: text.replace("\nindex 4", ""),
        lambda text: text.replace("index 4", "index 04"),
        lambda text: text.replace("index 4", "index -4"),
        lambda text: text.replace("index 4", "index 4 "),
        lambda text: text.replace("index 4", "Index 4"),
        lambda text: text.replace("index 4", "extra\nindex 4"),
        lambda text: text.replace("index 4", "extra \nindex 4"),
        lambda text: text.replace("index 4", "extra AA=\nindex 4"),
        lambda text: text.replace("index 4\n", "index 4\nAAAA\n"),
        lambda text: text.replace("index 4\n", "index 4\n" + "A" * 43 + "=\n" * 1 + ("A" * 43 + "=\n") * 63),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n" + text,
        lambda text: text + "\n",
        lambda text: text + " " * MAX_RECEIPT,
    ],
)
def test_what_is_no_receipt_is_refused(spoil):
    text = LOG_OF_NINE.receipt(4).encode().decode()
    with pytest.raises((ProofError, NoteError)) as refused:
        Receipt.parse(spoil(text).encode())
    assert refused.value.text("es") != refused.value.text("en")


def test_a_receipt_of_another_place_or_size_is_refused():
    receipt = LOG_OF_NINE.receipt(4)
    for other in (
        Receipt(5, receipt.path, receipt.checkpoint),
        Receipt(40, receipt.path, receipt.checkpoint),
        Receipt(4, receipt.path[:-1], receipt.checkpoint),
        Receipt(4, receipt.path, log_of(entries(8)).note),
    ):
        with pytest.raises(RecordError):
            other.verify(LOG_OF_NINE.entries[4], POLICY)
