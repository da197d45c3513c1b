"""Where a request came from, as far as it may be kept: a keyed hash and a truncated network."""

import ipaddress

from django.http import HttpRequest
from django.utils.translation import get_language

from articles.http import client_address
from comments.models import Comment
from comments.privacy import digest

KEPT_BITS = {4: 24, 6: 48}
# An address of this machine or of a private network is that of a proxy which TRUSTED_PROXIES does not name.
LOCAL = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
]


def connection_digest(request: HttpRequest) -> str:
    """What one connection is known by; empty where the server does not tell the address."""
    address = client_address(request)
    return digest("connection", address) if address else ""


def network_of(address: str) -> str:
    """The network of `address`, so wide that nobody is known by it; empty for no address."""
    if not address:
        return ""
    bits = KEPT_BITS[ipaddress.ip_address(address).version]
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def is_local(network: str) -> bool:
    """Whether what comes from `network`, as `network_of` gives it, may be everybody: it tells no readers apart."""
    if not network:
        return False
    found = ipaddress.ip_network(network)
    return any(found.version == each.version and found.overlaps(each) for each in LOCAL)


def client_of(request: HttpRequest) -> str:
    """`connection_digest`, for counting what one sends; empty for a connection that may be everybody's."""
    return "" if is_local(network_of(client_address(request))) else connection_digest(request)


def sign(comment: Comment, request: HttpRequest) -> None:
    """Write on the unstored `comment` where it came from and in which language."""
    comment.ip_digest = connection_digest(request)
    comment.network = network_of(client_address(request))
    comment.language = (get_language() or "ar")[:2]
