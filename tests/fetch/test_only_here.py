"""No other package of the project opens an outgoing connection."""

import ast

from tests.house.files import python_files, tree

OPENS = {"http.client", "urllib.request", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}


def imported(name: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{item.name}" for item in node.names)}
    return found


def test_connections_are_opened_in_fetch_only() -> None:
    opening = [name for name in python_files("src/") if imported(name) & OPENS]
    assert opening == ["src/hled/fetch/source.py"]


def test_the_only_other_socket_tries_whether_a_port_is_free() -> None:
    using = [name for name in python_files("src/") if "socket" in imported(name)]
    assert set(using) - {"src/hled/cli/serve.py"} == {
        "src/hled/fetch/addresses.py",
        "src/hled/fetch/source.py",
    }
