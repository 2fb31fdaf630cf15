"""This machine as a node, in the shell: begin it, join the other, sign, follow, change keys, heal.

Each government's operator runs these; what a node may and must not do is decided in `hled.web.nodes`. It
serves the promise of transparency under every work-plan line.
"""

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hled.cli.commands import Commands, UsageError, Verbs
from hled.cli.output import wrapped, write
from hled.cli.turns import Turns, end_with
from hled.language import Bilingual, Language

if TYPE_CHECKING:
    from hled.fetch import Reach
    from hled.web.nodes.follower import Follower, Met
    from hled.web.nodes.home import Home
    from hled.web.nodes.peers import OpenPeer

SIGN_PAUSE: Final = 0.2
FOLLOW_PAUSE: Final = 10
_PARTIES: Final = ("US", "MX")
_PRIVATE: Final = Bilingual("allow addresses in private networks", "admite direcciones de redes privadas")
_ONCE: Final = Bilingual("once, then end", "una vez y termina")
_BEGUN: Final = Bilingual(
    "This home is now a government's node: {party}. Its card is {card}. Give it to the operator of the other "
    "node, and compare its SHA-256 over the telephone: {checksum}",
    "Esta carpeta es ahora el nodo de un gobierno: {party}. Su tarjeta es {card}. Entréguela al operador del "
    "otro nodo y comparen por teléfono su SHA-256: {checksum}",
)
_NEXT: Final = Bilingual(
    "Next: `hled node join CARD` with the card of the other node. Keep {keys} out of every backup that "
    "others can read; the keys are nowhere else.",
    "Siguiente paso: `hled node join TARJETA` con la tarjeta del otro nodo. Mantenga {keys} fuera de todo "
    "respaldo que otros puedan leer; las claves no están en ningún otro lugar.",
)
_JOINED: Final = Bilingual(
    "{path} is in force (SHA-256 {checksum}). The other node must have the same one. Next: `hled serve`, and "
    "beside it `hled node follow`.",
    "{path} está en vigor (SHA-256 {checksum}). El otro nodo debe tener la misma. Siguiente paso: `hled "
    "serve` y, junto a él, `hled node follow`.",
)
_SIGNED: Final = Bilingual("{origin}: {size} entries signed", "{origin}: {size} asientos firmados")
_MET: Final = Bilingual(
    "{log}: {size} entries, {taken} new; on the record: {on_record} ({where})",
    "{log}: {size} asientos, {taken} nuevos; constan en el registro: {on_record} ({where})",
)
_HERE: Final = Bilingual("this node", "este nodo")
_ROTATED: Final = Bilingual(
    "Changed, and on the log:\n  old {old}\n  new {new}",
    "Cambiada, y consta en la bitácora:\n  anterior {old}\n  nueva    {new}",
)
_HEALED: Final = Bilingual(
    "{log}: {restored} entries came back; {size} are held now.",
    "{log}: regresaron {restored} asientos; ahora se conservan {size}.",
)
_MISSING: Final = Bilingual(
    "{missing} entries that this node signed are still missing. Heal from a newer copy before anything is "
    "recorded.",
    "Aún faltan {missing} asientos que este nodo firmó. Repare desde una copia más reciente antes de asentar "
    "algo.",
)
_NOBODY: Final = Bilingual(
    "No other node is known. Name its address, or join it first (`hled node join`).",
    "No se conoce ningún otro nodo. Indique su dirección, o únase antes a él (`hled node join`).",
)


def declare(commands: Commands) -> None:
    """Declare the verbs of a node."""
    verbs = commands.noun(
        "node", Bilingual("this machine as one of the two nodes", "este equipo como uno de los dos nodos")
    )
    _declare_beginning(verbs)
    command = verbs.add(
        "sign",
        Bilingual("sign the own log, until stopped", "firma la bitácora propia, hasta que se detenga"),
        sign,
    )
    command.switch("--once", _ONCE)
    command.whole(
        "--follow", Bilingual("stop when this process ends", "termina cuando este proceso termina"), 0
    )
    command = verbs.add(
        "follow",
        Bilingual(
            "mirror and cosign the other node, until stopped", "copia y firma el otro nodo, hasta detenerse"
        ),
        follow,
    )
    command.several(
        "urls",
        Bilingual("addresses; those of the policy if left out", "direcciones; si faltan, las de la política"),
    )
    command.switch("--once", _ONCE).switch("--private", _PRIVATE)
    command.whole("--every", Bilingual("seconds between rounds", "segundos entre rondas"), FOLLOW_PAUSE)
    _declare_repairs(verbs)


def _declare_beginning(verbs: Verbs) -> None:
    command = verbs.add(
        "init",
        Bilingual("make this home the node of a government", "hace de esta carpeta el nodo de un gobierno"),
        init,
    )
    command.choice("--party", Bilingual("which government", "qué gobierno"), _PARTIES)
    command.value("--address", Bilingual("address of the site", "dirección del sitio"), "https://HOST")
    command = verbs.add(
        "join", Bilingual("make the policy of these cards", "forma la política con estas tarjetas"), join
    )
    command.several(
        "cards",
        Bilingual(
            "card files of the other node and of witnesses", "tarjetas del otro nodo y de los testigos"
        ),
    )
    command.whole(
        "--society",
        Bilingual("how many of the witnesses must cosign too", "cuántos testigos deben firmar también"),
        0,
    )


def _declare_repairs(verbs: Verbs) -> None:
    command = verbs.add("rotate", Bilingual("change a key", "cambia una clave"), rotate)
    command.choice("--role", Bilingual("which key", "qué clave"), ("log", "cosigner"))
    command = verbs.add(
        "heal",
        Bilingual("bring back what a restored backup lost", "recupera lo que perdió un respaldo restaurado"),
        heal,
    )
    command.argument("place", Bilingual("address or folder of a copy", "dirección o carpeta de una copia"))
    command.switch("--private", _PRIVATE)


def init(options: argparse.Namespace) -> int:
    """Begin the node of a government, and say what comes next."""
    if not options.party or not options.address:
        raise UsageError(
            Bilingual(
                "Both are needed: --party US|MX --address https://HOST",
                "Se necesitan ambos: --party US|MX --address https://HOST",
            )
        )
    home = _home()
    from hled.web.nodes import actions
    from hled.web.nodes.home import Configuration

    card = actions.begin(home, Configuration(options.party, options.address.rstrip("/")))
    checksum = hashlib.sha256(card.encode()).hexdigest()
    said = _BEGUN.format(party=_named(options.party), card=home.card, checksum=checksum)
    write(wrapped(said.text(options.language)), "", card)
    write(wrapped(_NEXT.format(keys=home.keys).text(options.language)))
    return 0


def join(options: argparse.Namespace) -> int:
    """Put the policy of the given cards, and of this node's own, into force, and explain it."""
    home = _home()
    from hled.record.explained import explained
    from hled.web.nodes import actions

    policy = actions.join(home, [Path(card) for card in options.cards], society=options.society)
    checksum = hashlib.sha256(policy.text.encode()).hexdigest()
    write(*(wrapped(line.text(options.language)) for line in explained(policy)))
    said = _JOINED.format(path=home.record / "policy", checksum=checksum)
    write("", wrapped(said.text(options.language)))
    return 0


def sign(options: argparse.Namespace) -> int:
    """Sign the own log: once, or until stopped."""
    if options.follow:
        end_with(options.follow)
    home = _home()
    from hled.web.nodes.signer import Signer

    signer = Signer(home)

    def turn() -> Iterator[str]:
        signed = signer.step()
        if signed is not None:
            said = _SIGNED.format(origin=signed.origin, size=f"{signed.size:,}")
            yield said.text(options.language)

    if options.once:
        write(*turn())
    else:
        Turns(options.language).run(turn, SIGN_PAUSE)
    return 0


def follow(options: argparse.Namespace) -> int:
    """Exchange with other nodes: once (0 where nothing is wrong, 1 where something is), or until stopped."""
    home = _home()
    from hled.web.nodes.follower import go_round

    follower, peers = exchange(home, options)
    if options.once:
        return report(go_round(follower, peers), options.language)
    turns = Turns(options.language)

    def turn() -> Iterator[str]:
        for met in go_round(follower, peers):
            if met.problem is None:
                turns.settle(f"{met.where} {met.log}")
                if met.taken:
                    yield said_of(met, options.language)
            else:
                turns.complain(f"{met.where} {met.log}", met.problem.message)

    turns.run(turn, max(1, options.every))
    return 0


def rotate(options: argparse.Namespace) -> int:
    """Change the log key, or both keys of the cosigner."""
    if not options.role:
        raise UsageError(Bilingual("Say which: --role log|cosigner", "Indique cuál: --role log|cosigner"))
    home = _home()
    from hled.web.nodes import actions

    for old, new in actions.rotate(home, options.role).changes:
        write(_ROTATED.format(old=old, new=new).text(options.language))
    return 0


def heal(options: argparse.Namespace) -> int:
    """Bring back own entries from a copy: 0 where nothing is missing any more, else 1."""
    home = _home()
    from hled.web.nodes import actions

    with _opened(options.place, options)() as peer:
        done = actions.heal(home, peer)
    said = _HEALED.format(log=done.log, restored=f"{done.restored:,}", size=f"{done.size:,}")
    write(said.text(options.language))
    if done.missing:
        write(wrapped(_MISSING.format(missing=f"{done.missing:,}").text(options.language)))
    return 1 if done.missing else 0


def exchange(home: "Home", options: argparse.Namespace) -> "tuple[Follower, list[OpenPeer]]":
    """Return who follows, and the other nodes: those that are named, configured, or in the policy.

    Raises:
        UsageError: none is known.
    """
    from hled.web.nodes.follower import Follower

    addresses = getattr(options, "urls", None) or _known_addresses(home)
    if not addresses:
        raise UsageError(_NOBODY)
    return Follower(home, _reach(options)), [_opened(address, options) for address in addresses]


def report(found: "Iterable[Met]", language: Language) -> int:
    """Say what a round found; return 0 where nothing is wrong, else 1."""
    turns, code = Turns(language), 0
    for met in found:
        if met.problem is None:
            write(said_of(met, language))
        else:
            turns.complain(f"{met.where} {met.log}", met.problem.message)
            code = 1
    return code


def said_of(met: "Met", language: Language) -> str:
    """Return what was found about one log, as a line."""
    return _MET.format(
        log=met.log,
        size=f"{met.size:,}",
        taken=f"{met.taken:,}",
        on_record=f"{met.on_record:,}",
        where=met.where or _HERE,
    ).text(language)


def _home() -> "Home":
    from hled.cli.database import open_database

    open_database()
    from hled.web.nodes.home import home

    return home()


def _known_addresses(home: "Home") -> Sequence[str]:
    from hled.web.nodes.home import log_name, read_configuration

    own = read_configuration(home)
    if own is not None and own.peers:
        return own.peers
    logs = [log for log in home.policy().logs if log.url and not (own and log.key.name == own.origin)]
    return [log.url.removesuffix(f"/record/{log_name(log.key.name)}") for log in logs]


def _opened(place: str, options: argparse.Namespace) -> "OpenPeer":
    from hled.web.nodes.peers import FolderPeer, WebPeer, is_address

    if is_address(place):
        return lambda: WebPeer(place, _reach(options))
    return lambda: FolderPeer(Path(place).expanduser().resolve())


def _reach(options: argparse.Namespace) -> "Reach":
    from hled.fetch import Reach

    return Reach.PRIVATE if options.private else Reach.PUBLIC


def _named(party: str) -> Bilingual:
    from hled.workplan import charter

    return next(item.name for item in charter().parties if item.party.value == party)
