"""Connect only to public addresses: the check is made on the very address that is connected to.

Resolving first and connecting later would leave a gap for a name server that answers twice differently, so the check
sits where the socket is made. Python's `is_global` says yes to multicast, NAT64 and 6to4: refused here as well.
"""

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util import Retry

from scraping.client.deadline import watched_socket
from scraping.client.errors import AddressForbidden, FetchFailed

# A connection that is refused or lost on the way is tried again, with jitter. An answer never is: a robot check asked
# for twice is rude, and Retry-After is kept for all workers by the breaker.
RETRIES = Retry(total=2, connect=2, read=0, status=0, redirect=0, other=0, backoff_factor=0.2, backoff_jitter=0.3)
REFUSED = [
    ipaddress.ip_network(net)
    for net in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "224.0.0.0/4",
        "ff00::/8",
        "::ffff:0:0/96",
    )
]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet and to one host."""
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    return parsed.is_global and not any(parsed in net for net in REFUSED if net.version == parsed.version)


def connect(host: str, port: int, *, timeout: float | None, private_ok: frozenset[str]) -> socket.socket:
    """A connection to the first address of the host; AddressForbidden if any of its addresses is not public.

    `private_ok` names the `host:port` pairs that may be private: the demo shop.
    """
    try:
        records = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchFailed(f"{host} has no address: {error}") from error
    addresses = [str(entry[4][0]) for entry in records]
    if f"{host}:{port}" not in private_ok and (bad := [a for a in addresses if not is_public(a)]):
        raise AddressForbidden(f"{host} resolves to {bad[0]}, which is not a public address.")
    family, kind, protocol, _, where = records[0]
    sock = socket.socket(family, kind, protocol)
    sock.settimeout(timeout)
    try:
        sock.connect(where)
    except OSError:
        sock.close()
        raise
    return watched_socket(sock)


def guarded_adapter(*, private_ok: frozenset[str]) -> HTTPAdapter:
    """A requests adapter whose every connection goes through `connect`."""

    def new_connection(self: HTTPConnection) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            return connect(self.host, self.port or self.default_port, timeout=timeout, private_ok=private_ok)
        except OSError as error:  # the one error that Retry knows to be worth another try
            raise NewConnectionError(self, f"{self.host} does not answer: {error}") from error

    plain = type("GuardedConnection", (HTTPConnection,), {"_new_conn": new_connection})
    secure = type("GuardedSecureConnection", (HTTPSConnection,), {"_new_conn": new_connection})
    pools = {
        "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("GuardedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }

    class Guarded(HTTPAdapter):
        """The adapter."""

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            """Use our connection classes."""
            super().init_poolmanager(*args, **kwargs)
            manager: PoolManager = self.poolmanager
            manager.pool_classes_by_scheme = pools

    return Guarded(max_retries=RETRIES)
