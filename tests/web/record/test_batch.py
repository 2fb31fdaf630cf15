"""Acts of many people as one entry: each person's receipt is served, and verifies without any server."""

import dataclasses

import pytest

from hled.cli.receipts import checked
from hled.record.batches import verify_personal
from hled.record.errors import ProofError
from hled.record.proofs import Receipt
from hled.web.record import actions, queries
from hled.web.record.actions import Items
from hled.web.record.errors import ReadOnlyError
from tests.web.record.publishing import Publisher

URN = "urn:hled:campaign:one"
VOTES = [{"person": f"p{n}", "vote": "yes" if n % 3 else "no"} for n in range(7)]


def batched(items: Items) -> actions.Batched:
    return actions.batch("test.campaign.closed", URN, "vote", VOTES, items)


def test_each_person_gets_a_receipt_that_verifies(loaded, home, client):
    found = batched(Items.PUBLIC)
    publisher = Publisher(home)
    publisher.publish()
    log, index = queries.place(found.seq)
    content = queries.leaf(found.seq).entry.content
    assert queries.objects().read(content["sha256"]).count(b"\n") == content["size"] == len(VOTES)
    for item, vote in enumerate(VOTES):
        answer = client.get(f"/record/{log}/{index}/{item}.tlog-proof")
        assert answer.status_code == 200
        receipt = Receipt.parse(answer.content)
        accepted, proof = verify_personal(receipt, publisher.policy())
        assert proof.value == vote
        assert accepted.checkpoint.size > index
        assert proof == found.proofs[item]
        said = checked(queries.raw(log, index), answer.content, publisher.policy())
        assert (said.ok, said.act) == (True, vote)
        assert vote["person"] in " ".join(said.lines("es"))


def test_an_act_that_was_changed_or_stands_in_another_entry_is_refused(loaded, home, client):
    found, other = batched(Items.PUBLIC), batched(Items.PUBLIC)
    publisher = Publisher(home)
    publisher.publish()
    places = [queries.place(item.seq) for item in (found, other)]
    receipts = [
        Receipt.parse(client.get(f"/record/{log}/{index}/0.tlog-proof").content) for log, index in places
    ]
    entry = queries.raw(*places[0])
    mixed = dataclasses.replace(receipts[0], extra=receipts[1].extra)
    changed = dataclasses.replace(receipts[0], extra=receipts[0].extra.replace(b'\\"no\\"', b'\\"yes\\"'))
    assert changed.extra != receipts[0].extra
    for forged in (mixed, changed):
        assert not checked(entry, forged.encode(), publisher.policy()).ok


def test_what_is_no_public_act_of_a_batch_is_404(loaded, home, client):
    public, private = batched(Items.PUBLIC), batched(Items.PRIVATE)
    Publisher(home).publish()
    log, index = queries.place(public.seq)
    _, other = queries.place(private.seq)
    for address in (f"{index}/{len(VOTES)}", f"{index}/999999999999999", f"{other}/0", "0/0"):
        assert client.get(f"/record/{log}/{address}.tlog-proof").status_code == 404, address


def test_private_acts_are_kept_nowhere_and_their_proofs_are_handed_out(loaded, home):
    found = batched(Items.PRIVATE)
    assert set(queries.leaf(found.seq).entry.content) == {"kind", "root", "size"}
    assert not list((home / "objects").rglob("*"))
    assert [proof.value for proof in found.proofs] == VOTES


def test_an_empty_batch_and_a_mirror_append_nothing(loaded, home, settings):
    before = queries.head()
    with pytest.raises(ProofError):
        actions.batch("test.campaign.closed", URN, "vote", [], Items.PUBLIC)
    settings.READ_ONLY = True
    with pytest.raises(ReadOnlyError):
        batched(Items.PUBLIC)
    assert queries.head() == before
