"""Addresses are read strictly, and a number is public only when nothing private hides in it."""

import socket

import pytest

from hled.fetch import Address, AddressError, Reach, UnreachableError
from hled.fetch.addresses import is_public


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://us.example", "https://us.example"),
        ("https://us.example:443/", "https://us.example"),
        ("http://mx.example:8000/record/", "http://mx.example:8000/record"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_addresses(url: str, shown: str) -> None:
    assert str(Address.parse(url)) == shown
    assert Address.parse(shown) == Address.parse(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "us.example",
        "ftp://us.example",
        "file:///etc/passwd",
        "http://",
        "http://user:secret@us.example",
        "http://us.example/?q=1",
        "http://us.example/#part",
        "http://us.example/a/../b",
        "http://us.example/%2e%2e",
        "http://us.example:port",
        "http://[::1",
        "http://us.example/a b",
        "http://us.example\r\n",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AddressError) as found:
        Address.parse(url)
    assert found.value.code == "fetch.bad_address"


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_numbers(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  # refused here, bound by nobody
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_numbers_that_are_not_public(number: str) -> None:
    assert not is_public(number)


def test_one_private_number_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", (number, port)) for number in ("93.184.216.34", "10.0.0.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    address = Address.parse("https://us.example")
    with pytest.raises(AddressError):
        address.numbers(Reach.PUBLIC)
    assert address.numbers(Reach.PRIVATE) == ("93.184.216.34", "10.0.0.1")


def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(UnreachableError, match=r"us\.example"):
        Address.parse("https://us.example").numbers(Reach.PUBLIC)
