"""The record's pages: what they say, how they are filtered, that they keep up with every signature."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import get_resolver

from hled.record.commitments import commit
from hled.record.merkle import leaf_hash
from hled.record.proofs import Receipt
from hled.web.record import actions, queries
from hled.web.record.actions import Act, append, redact
from hled.workplan import bundled_record
from tests.web.record.scribe import Scribe

RECORD = bundled_record()
ACTION = "urn:hled:action:supply-chain-working-group"
KIND = "agenda.action.compiled"


def text(client: Client, address: str) -> str:
    """The main part of a page, without its marks."""
    response = client.get(address)
    assert response.status_code == 200, address
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def links(client: Client, address: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', client.get(address).content.decode())


def own() -> queries.Log:
    found = queries.own()
    assert found is not None
    return found


def revised(**changes: object) -> Act:
    leaf = queries.told(ACTION, 1)[0]
    return Act(KIND, ACTION, {**leaf.entry.content, **changes})


def test_the_record_says_how_far_it_is_confirmed(client, local):
    page = text(client, "/en/record/")
    assert f"{own().size:,} public acts are written down here." in page
    assert f"over {own().size:,} entries." in page
    assert "local, not cosigned" in page
    assert "Meeting added or changed" in page
    assert "sin firma conjunta" in text(client, "/es/record/")


def test_a_page_keeps_up_with_every_signature(client, cosigned):
    append([revised(title_en="A newer title")])
    size = own().size
    assert "1 newer entry is written and waits for the next checkpoint" in text(client, "/en/record/")
    before = client.get("/en/record/")["ETag"]
    cosigned.publish("us")
    assert client.get("/en/record/")["ETag"] != before
    assert "1 newer entry is written and waits for the cosignature of Mexico" in text(client, "/en/record/")
    waiting = text(client, f"/en/record/local/{size - 1}/")
    assert "Not on the record yet. It awaits the cosignature of Mexico" in waiting
    assert not [link for link in links(client, f"/en/record/local/{size - 1}/") if ".tlog-proof" in link]
    cosigned.publish()
    assert "newer entry" not in text(client, "/en/record/")
    assert "On the record since 23 November 2026" in text(client, f"/en/record/local/{size - 1}/")


def test_an_unchanged_page_is_kept(client, local):
    first = client.get("/es/record/local/0/")
    again = client.get("/es/record/local/0/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_an_entry_says_what_it_says_and_shows_its_proof(client, cosigned):
    place = queries.history(ACTION)[-1]
    page = text(client, f"/en/record/local/{place.index}/")
    assert "Bilateral Supply Chain Working Group" in page
    assert place.leaf_hash in page
    assert "What the entry says" in page
    receipt = Receipt.parse(client.get(f"/record/local/{place.index}.tlog-proof").content)
    for item in receipt.path:
        assert item.hex() in page
        assert item.hex()[:8] in page
    assert "Mexico (ML-DSA-44)" in page
    assert "/en/actions/supply-chain-working-group/" in links(client, f"/en/record/local/{place.index}/")
    assert leaf_hash(client.get(f"/record/local/{place.index}.json").content).hex() == place.leaf_hash


def test_what_an_entry_holds_cannot_become_a_page_of_ours(client, local):
    (seq,) = append([Act("test.made", "urn:hled:test:x", {"title": "<script>alert(1)</script>", "<b>": "&"})])
    local.publish()
    log, index = queries.place(seq)
    page = client.get(f"/en/record/{log}/{index}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>" not in page


def test_lists_go_on_page_by_page_to_the_first_entry(client, local):
    seen: list[str] = []
    address = "/en/record/"
    for _ in range(60):
        seen += re.findall(
            r'scope="row"><a href="/en/record/local/(\d+)/"', client.get(address).content.decode()
        )
        older = [link for link in links(client, address) if link.startswith("?") and "before=" in link]
        if not older:
            break
        address = "/en/record/" + older[0].partition("#")[0].replace("&amp;", "&")
    assert [int(index) for index in seen] == list(range(own().size - 1, -1, -1))


@pytest.fixture
def both(cosigned):
    """Two logs: the other one revises an action of the first."""
    content = {**queries.told(ACTION, 1)[0].entry.content, "title_en": "Renamed", "title_es": "Renombrado"}
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)
    scribe = Scribe("mx").add(KIND, ACTION, content, at=soon.strftime("%Y-%m-%dT%H:%M:%SZ"))
    actions.receive(*scribe.delivery(0, 1))
    cosigned.publish()
    return scribe


def test_one_log_can_be_shown_alone(client, both):
    page = client.get("/en/record/?log=mx").content.decode()
    assert re.findall(r'scope="row"><a href="([^"]+)"', page) == ["/en/record/mx/0/"]
    assert "Log of Mexico" in text(client, "/en/record/")


def test_a_history_shows_what_each_entry_changed_across_logs(client, both):
    page = text(client, f"/en/record/history/{ACTION}/")
    assert page.index("Log of Mexico") < page.index("Local log")
    assert "Title Bilateral Supply Chain Working Group → became Renamed" in page
    spanish = text(client, f"/es/record/history/{ACTION}/")
    assert "→ pasó a ser Renombrado" in spanish
    entry = text(client, "/en/record/mx/0/")
    assert "2 entries" in entry
    assert "Before:" in entry


def test_a_history_says_what_was_erased_when_and_why(client, local):
    urn = "urn:hled:contribution:c1"
    commitments, disclosures = commit({"name": "Ana López"})
    append([Act("forum.contribution.made", urn, {"text": "x", **commitments}, disclosures)])
    assert "personal data, kept apart" in text(client, f"/en/record/history/{urn}/")
    redact(urn, ["name"], "lfpdppp_arco", "MX")
    page = text(client, f"/en/record/history/{urn}/")
    assert "Personal data were erased" in page
    assert "ARCO" in page
    assert "ordered by: Mexico" in page
    assert "Ana" not in page
    assert "suprimido el" in text(client, f"/es/record/history/{urn}/")


def test_checkpoints_say_who_signed_when(client, cosigned):
    append([revised(title_en="A newer title")])
    cosigned.publish("us")
    page = text(client, "/en/record/checkpoints/")
    assert "waits for the cosignature of Mexico, since" in page
    assert "✓ United States 23 November 2026, 12:00 UTC" in page
    assert "– Mexico not signed" in page
    assert "✓ complete" in page
    assert (
        "On the record is only what a checkpoint covers that is cosigned by: United States and Mexico."
        in page
    )
    cosigned.publish()
    assert "waits for" not in text(client, "/en/record/checkpoints/")


def test_checkpoints_go_on_page_by_page(client, local):
    for number in range(30):
        append([revised(title_en=f"Title {number}")])
        local.publish()
    first = client.get("/en/record/checkpoints/").content.decode()
    (older,) = re.findall(r'href="(\?log=local[^"]+)"', first)
    second = client.get("/en/record/checkpoints/" + older.replace("&amp;", "&")).content.decode()
    assert first.count('scope="row"') == 25
    assert second.count('scope="row"') == 6


def test_what_a_proof_is_needs_no_record(client, empty):
    assert "What it does not prove" in text(client, "/en/record/proof/")
    assert "Qué no prueba" in text(client, "/es/record/proof/")
    assert "Nothing was recorded yet." in text(client, "/en/record/")
    assert "Nothing was recorded yet." in text(client, "/en/record/checkpoints/")


BAD = [
    ("record/?log=nobody", 404),
    ("record/?log=..%2f", 404),
    ("record/?before=-1", 400),
    ("record/?before=1e3", 400),
    ("record/?before=٣", 400),
    ("record/?before=9999999999999999", 400),
    ("record/?before=1&before=2", 400),
    ("record/?page=2", 400),
    ("record/checkpoints/?log=nobody", 404),
    ("record/checkpoints/?size=2", 400),
    ("record/nobody/0/", 404),
    ("record/local/999999/", 404),
    ("record/local/00/", 404),
    ("record/local/-1/", 404),
    ("record/local/٣/", 404),
    ("record/local/9999999999999999999999/", 404),
    ("record/history/urn:hled:action:none-such/", 404),
    ("record/history/urn:other:x/", 404),
    ("record/history/" + "x" * 300 + "/", 404),
]


@pytest.mark.parametrize(("path", "status"), BAD)
def test_odd_addresses_are_answered_in_words(client, loaded, path, status):
    response = client.get(f"/es/{path}")
    assert response.status_code == status
    assert '<html lang="es"' in response.content.decode()


def test_a_demonstration_says_so_on_every_page(client, local):
    for address in ("/en/", "/en/actions/", "/en/record/local/0/", "/en/nowhere/"):
        assert "Local demonstration record, not cosigned." in client.get(address).content.decode(), address
    assert "Registro local de demostración, sin firma conjunta." in client.get("/es/").content.decode()


def test_a_government_node_says_nothing_of_the_kind(client, loaded, home):
    from tests.web.record.publishing import Publisher, governments

    actions.adopt("us", "us.example/record/us")
    Publisher(home, governments()).publish()
    assert "demonstration record" not in client.get("/en/").content.decode()
    assert "Read-only mirror" not in client.get("/en/").content.decode()


def test_a_mirror_says_so_and_takes_nothing_in(client, local, settings):
    settings.READ_ONLY = True
    page = client.get("/en/").content.decode()
    assert "Read-only mirror." in page
    assert "The policy came with the copy" not in page
    response = client.post("/es/report-error/", {"text": "x"})
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "copia espejo de solo lectura" in response.content.decode()
    asked = client.get("/en/evidence/border.flows/ask/?port=Laredo")
    assert asked.status_code in {400, 503}


def test_a_mirror_whose_policy_nobody_vouched_for_says_so(client, local, settings):
    settings.READ_ONLY = True
    (settings.HOME / "policy-as-found").touch()
    assert "La política venía en la propia copia" in client.get("/es/").content.decode()


def things() -> list[str]:
    """The pages of everything in the bundled record that has an entry."""
    return [
        *(f"actions/{item.id}/" for item in RECORD.actions),
        *(f"sources/{item.id}/" for item in RECORD.sources),
        *(f"bodies/{item.id}/" for item in RECORD.bodies),
        *(f"agencies/{item.id}/" for item in RECORD.agencies),
        *(f"meetings/{item.id}/" for item in RECORD.meetings),
        "discrepancies/",
    ]


@pytest.mark.slow
def test_every_page_of_a_thing_leads_to_its_receipt(client, local, settings):
    settings.RATE_LIMITS = False
    policy, proven = local.policy(), set()
    for path in things():
        found = [link for link in links(client, f"/en/{path}") if link.endswith(".tlog-proof")]
        assert found, path
        proven.update(found)
    for link in sorted(proven)[::20]:
        receipt = Receipt.parse(client.get(link).content)
        receipt.verify(client.get(link.replace(".tlog-proof", ".json")).content, policy)
    loaded_file = {f"/record/local/{mark.index}.tlog-proof" for mark in queries.newest(1)}
    every = {f"/record/local/{index}.tlog-proof" for index in range(own().size)}
    assert every - proven == loaded_file  # the load itself is about no thing


def test_every_page_of_the_record_stands_in_the_menu_and_the_footer(client, loaded):
    home = links(client, "/en/")
    assert "/en/record/" in home
    assert "/en/record/verify/" in home
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not names & {"record"}  # every name stands in its namespace
