"""Only public addresses are connected to, whatever they are called."""

import socket
from typing import Any

import pytest

from scraping.client.address_guard import connect, is_public
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import fetch
from scraping.client.policy import Policy


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *(
            "::1",
            "::",
            "fe80::1%eth0",
            "fc00::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::ffff:127.0.0.1",
        ),
        *("2001:db8::1", "2001::1"),
    ],
)
def test_private_and_special_addresses_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["52.95.116.115", "2600:9000:2000::1"])
def test_public_addresses_are_not(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost"])
def test_loopback_in_disguise_is_refused_before_a_packet_is_sent(host: str) -> None:
    with pytest.raises((AddressForbidden, FetchFailed)):
        connect(host, 80, timeout=1, private_ok=frozenset())


def test_one_bad_address_among_good_ones_refuses_the_host(monkeypatch: Any) -> None:
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("52.95.116.115", 443)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: answers)
    with pytest.raises(AddressForbidden, match=r"10\.0\.0\.1"):
        connect("www.amazon.es", 443, timeout=1, private_ok=frozenset())


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://www.amazon.es/dp/B000000001", "file:///etc/passwd", "http://www.amazon.es@127.0.0.1/"),
        *(
            "http://127.0.0.1/",
            "http://evil.example/",
            "https://www.amazon.es:8443/",
            "gopher://www.amazon.es/",
        ),
    ],
)
def test_only_the_shops_own_host_is_asked(url: str) -> None:
    with pytest.raises(AddressForbidden):
        fetch(url, Policy(user_agent="test", hosts=frozenset({"www.amazon.es"})))
