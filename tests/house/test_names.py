"""Names are the dialogue's nouns and verbs, and every web app has the same furniture."""

import ast
import re
from pathlib import PurePosixPath

from tests.house.files import CODE, TESTS, own_files, python_files, tree

# Catch-alls: a name that fits everything tells nothing.
BANNED = re.compile(r"(manager|handler|helper|util|utility|common|misc|services?|stuff)s?")
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")

FURNITURE = {
    "__init__.py",
    "apps.py",
    "models.py",
    "actions.py",
    "projection.py",
    "queries.py",
    "policy.py",
    "forms.py",
    "views.py",
    "urls.py",
    "api.py",
    "errors.py",
    "exports.py",
    "actions",
    "views",
    "queries",
    "migrations",
    "management",
    "templates",
    "templatetags",
    "static",
}
# What an app has beyond the furniture: each is a noun of that app alone.
PARTICULAR: dict[str, set[str]] = {
    "agenda": {
        "asking.py",
        "figures.py",
        "filters.py",
        "indexing.py",
        "results.py",
        "rows.py",
        "shapes",
    },
    "api": {"description.py", "endpoints.py", "gate.py"},
    "design": {"asked.py", "assets.py", "context.py", "logs.py", "problems.py"},
    "docs": {"markdown.py"},
    "evidence": {
        "calculation.py",
        "calculator.py",
        "converters.py",
        "downloads.py",
        "parquet.py",
        "room.py",
        "shapes.py",
        "shown.py",
        "task.py",
        "worker.py",
    },
    "meetings": {"calendar.py"},
    "nodes": {
        "bodies.py",
        "cards.py",
        "checks.py",
        "cosigner.py",
        "exhibits.py",
        "follower.py",
        "foreign.py",
        "home.py",
        "keyring.py",
        "mirror.py",
        "notes.py",
        "ours.py",
        "peers.py",
        "published.py",
        "showing.py",
        "signer.py",
        "sticks.py",
        "succession.py",
    },
    "record": {
        "acts.py",
        "arrivals.py",
        "checks.py",
        "columns.py",
        "context.py",
        "converters.py",
        "erasing.py",
        "heads.py",
        "mass.py",
        "pictures",
        "read_only.py",
        "reading.py",
        "receipts.py",
        "shapes.py",
        "shown.py",
        "standing.py",
        "verifier.py",
        "triggers.py",
        "wholeness.py",
        "wording.py",
    },
    "search": {"index.py", "words.py"},
}


def words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}


def banned(name: str) -> bool:
    return any(BANNED.fullmatch(word) for word in words(name))


def test_the_rule_knows_catch_alls() -> None:
    assert banned("date_utils")
    assert banned("RunManager")
    assert banned("ErrorHandlers")
    assert not banned("Contribution")
    assert not banned("leontief_inverse")


def test_no_module_has_a_catch_all_name() -> None:
    parts = {name: PurePosixPath(name).with_suffix("").parts for name in python_files(*CODE, *TESTS)}
    assert [name for name, path in parts.items() if any(banned(part) for part in path)] == []


def test_no_class_has_a_catch_all_name() -> None:
    found = [
        f"{name}:{node.lineno} {node.name}"
        for name in python_files(*CODE)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ClassDef) and banned(node.name)
    ]
    assert found == []


def test_every_app_has_the_same_furniture() -> None:
    unknown = []
    for name in own_files():
        parts = PurePosixPath(name).parts
        if parts[:3] != ("src", "hled", "web") or len(parts) < 5:
            continue
        app, piece = parts[3], parts[4]
        if app not in {"settings", "locale"} and piece not in FURNITURE | PARTICULAR.get(app, set()):
            unknown.append(name)
    assert unknown == []


def test_no_app_has_actions_in_two_places() -> None:
    for module in ("actions", "views", "queries"):
        files = {PurePosixPath(n).parent for n in own_files() if n.endswith(f"/{module}.py")}
        packages = {
            PurePosixPath(n).parent.parent for n in own_files() if PurePosixPath(n).parent.name == module
        }
        assert files & packages == set(), module
