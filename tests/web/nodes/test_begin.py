"""A node begins: keys that only their owner reads, a card, a policy that both sides make alike."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from hled.record.key_history import KeyHistory
from hled.record.notes import Algorithm, SigningKey
from hled.record.policies import NONE
from hled.web.nodes import actions
from hled.web.nodes.checks import own_log_can_go_on, refuse_demonstration
from hled.web.nodes.errors import (
    CardError,
    ConfigurationError,
    KeyFileError,
    KeysExistError,
    NodeError,
    NotBegunError,
)
from hled.web.nodes.home import Configuration, Home, log_name, read_configuration
from hled.web.nodes.keyring import COSIGNERS, LOG, Keyring
from hled.web.nodes.signer import Signer
from hled.web.record import actions as record
from hled.web.record import queries
from hled.web.record.errors import LogTakenError
from tests.web.nodes.conftest import US, append
from tests.web.nodes.other import OtherNode


def test_a_government_begins(nobody: Home) -> None:
    card = actions.begin(nobody, US)
    own = queries.own()
    assert own is not None
    assert (own.name, own.origin) == ("us", "us.example/record/us")
    assert nobody.card.read_text() == card
    lines = [line.split() for line in card.splitlines()]
    assert [line[:-1] if line[0] == "log" else line[:2] for line in lines] == [
        ["log", str(Keyring(nobody.keys).read(LOG).verifier)],
        ["witness", "us"],
        ["witness", "us-pq"],
    ]
    assert lines[0][-1] == "https://us.example/record/us"
    assert stat.S_IMODE(nobody.keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in nobody.keys.iterdir()} == {0o600}
    assert "PRIVATE" not in card
    assert read_configuration(nobody) == US


def test_keys_are_never_overwritten(nobody: Home) -> None:
    actions.begin(nobody, US)
    before = {path.name: path.read_bytes() for path in nobody.keys.iterdir()}
    with pytest.raises(KeysExistError, match="hled node rotate"):
        actions.begin(nobody, Configuration("MX", "https://mx.example"))
    assert {path.name: path.read_bytes() for path in nobody.keys.iterdir()} == before
    own = queries.own()
    assert own is not None
    assert own.name == "us"


def test_a_local_node_begins_by_itself_and_only_once(nobody: Home) -> None:
    assert actions.begin_local(nobody)
    key = Keyring(nobody.keys).read(LOG)
    assert key.name.startswith("demonstration.invalid/record/")
    assert nobody.policy().quorum == NONE
    assert not actions.begin_local(nobody)
    assert Keyring(nobody.keys).read(LOG) == key


def test_a_demonstration_becomes_a_government_until_it_has_published(nobody: Home) -> None:
    actions.begin_local(nobody)
    append(2)
    actions.begin(nobody, US)
    assert Keyring(nobody.keys).read(LOG).name == US.origin
    assert not (nobody.record / "policy").exists()


def test_what_a_demonstration_signed_without_a_policy_binds_no_government(nobody: Home) -> None:
    actions.begin_local(nobody)
    append(2)
    (nobody.record / "policy").unlink()
    Signer(nobody).step()
    actions.begin(nobody, US)
    signed = Signer(nobody).step()
    assert signed is not None
    assert signed.origin == US.origin


def test_a_published_demonstration_stays_one(nobody: Home) -> None:
    actions.begin_local(nobody)
    append(2)
    Signer(nobody).step()
    with pytest.raises(LogTakenError, match="HLED_HOME"):
        actions.begin(nobody, US)
    assert Keyring(nobody.keys).read(LOG).name.startswith("demonstration.invalid/")


def test_a_government_whose_keys_are_gone_gets_no_demonstration_key(nobody: Home) -> None:
    record.adopt("us", US.origin)
    assert not actions.begin_local(nobody)
    assert not nobody.keys.exists()


def test_production_refuses_a_demonstration(
    nobody: Home, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.connection.close", lambda: None)  # it would end the test's transaction
    record.own_log()
    assert own_log_can_go_on() == []
    settings.DEMONSTRATION = False
    (found,) = own_log_can_go_on()
    assert (found.id, found.is_serious()) == ("nodes.E001", True)
    with pytest.raises(NodeError, match=r"nodes\.E001"):
        refuse_demonstration()
    actions.begin(nobody, US)
    assert own_log_can_go_on() == []
    refuse_demonstration()


def test_production_settings_allow_no_demonstration() -> None:
    source = Path(__file__).parents[3] / "src" / "hled" / "web" / "settings" / "production.py"
    assert "\nDEMONSTRATION = False\n" in source.read_text()


def test_both_governments_make_the_same_policy(nobody: Home, tmp_path: Path) -> None:
    own = actions.begin(nobody, US)
    mexico = OtherNode(tmp_path / "mexico")
    card = mexico.card(tmp_path / "mx.card")
    ours = actions.join(nobody, [card])
    (tmp_path / "us.card").write_text(own)
    mirror = Home(tmp_path / "mirror")  # a mirror has no card of its own
    assert actions.join(mirror, [card, tmp_path / "us.card"]).text == ours.text
    assert (mirror.record / "policy").read_bytes() == (nobody.record / "policy").read_bytes()
    assert ours.quorum == "governments"
    assert ours.satisfied(["us", "mx"])
    assert not ours.satisfied(["us", "us-pq", "mx-pq"])
    assert KeyHistory.parse(nobody.key_history.read_bytes()).policies == (ours,)


def test_witnesses_of_society(nobody: Home, mexico: OtherNode, tmp_path: Path) -> None:
    actions.begin(nobody, US)
    cards = [mexico.card(tmp_path / "mx.card")]
    for name in ("unam", "gao", "ngo"):
        key = SigningKey.generate(f"{name}.example/witness", Algorithm.COSIGNATURE_ED25519)
        (tmp_path / name).write_text(f"witness {name} {key.verifier} https://{name}.example\n")
        cards.append(tmp_path / name)
    policy = actions.join(nobody, cards, society=2)
    assert not policy.satisfied(["us", "mx", "gao"])
    assert policy.satisfied(["us", "mx", "gao", "unam"])
    assert not policy.satisfied(["gao", "unam", "ngo"])
    assert actions.join(nobody, cards).satisfied(["us", "mx"])
    with pytest.raises(CardError, match="--society 4 / 3"):
        actions.join(nobody, cards, society=4)


@pytest.mark.parametrize("text", ["", "log x\n", "quorum none\n", "group a 1 b\n", "x" * 100_001])
def test_what_is_no_card_is_refused(nobody: Home, tmp_path: Path, text: str) -> None:
    (tmp_path / "card").write_text(text)
    with pytest.raises(CardError):
        actions.join(nobody, [tmp_path / "card"])
    assert not (nobody.record / "policy").exists()


def test_cards_that_do_not_fit_together(nobody: Home, mexico: OtherNode, tmp_path: Path) -> None:
    card = mexico.card(tmp_path / "mx.card")
    with pytest.raises(CardError, match=r"\(mx\)"):
        actions.join(nobody, [card])
    actions.begin(nobody, US)
    other = OtherNode(tmp_path / "other").card(tmp_path / "other.card")
    with pytest.raises(CardError, match="mx, mx, us"):
        actions.join(nobody, [card, other])
    (tmp_path / "same.card").write_text(f"{card.read_text()}# again\n")
    with pytest.raises(CardError):
        actions.join(nobody, [card, tmp_path / "same.card"])


@pytest.mark.parametrize(
    ("party", "address"),
    [("CA", "https://ca.example"), ("US", "us.example"), ("US", "https://us.example/path"), ("US", "")],
)
def test_who_and_where(party: str, address: str) -> None:
    with pytest.raises(ConfigurationError):
        Configuration(party, address)


@pytest.mark.parametrize("text", ["party = 1", "party", 'party = "US"\naddress = "https://x"\npeers = 3'])
def test_a_damaged_configuration(nobody: Home, text: str) -> None:
    (nobody.root / "node.toml").write_text(text)
    with pytest.raises(ConfigurationError):
        read_configuration(nobody)


@pytest.mark.parametrize(
    "origin", ["us.example/record/cosigned", "us.example/record/..", "x/objects", "x/US"]
)
def test_origins_whose_log_could_lie_nowhere(origin: str) -> None:
    with pytest.raises(ConfigurationError):
        log_name(origin)


def test_keys_that_others_may_read_are_refused(nobody: Home) -> None:
    actions.begin(nobody, US)
    ring = Keyring(nobody.keys)
    ring.place(LOG).chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        ring.read(LOG)
    ring.place(COSIGNERS[0]).write_text("nothing")
    with pytest.raises(KeyFileError):
        ring.read(COSIGNERS[0])
    with pytest.raises(NotBegunError):
        ring.read("other")
