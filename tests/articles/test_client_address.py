"""The client's address: what the connection says, and what trusted proxies say about it."""

import ipaddress
from typing import Any

import pytest
from django.test import RequestFactory

from articles.http import client_address

PROXIES = [ipaddress.ip_network(each) for each in ("127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48")]


@pytest.mark.parametrize(
    ("connection", "forwarded", "expected"),
    [
        ("198.51.100.7", None, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # not one of ours: it may say what it likes
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the first was written by the client
        ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9:5123", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8::7]:443", "2001:db8::7"),
        ("127.0.0.1", "2001:DB8::0007", "2001:db8::7"),
        ("2001:db8:ffff::1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", None, "fe80::1"),
        ("", "203.0.113.9", ""),
        ("127.0.0.1", "," * 5000, "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_are_believed(
    settings: Any, connection: str, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}

    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=connection)

    assert client_address(request) == expected


def test_without_proxies_the_header_says_nothing(settings: Any) -> None:
    settings.TRUSTED_PROXIES = []
    request = RequestFactory(headers={"X-Forwarded-For": "203.0.113.9"}).get("/", REMOTE_ADDR="127.0.0.1")

    assert client_address(request) == "127.0.0.1"
