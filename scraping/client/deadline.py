"""A deadline over a whole exchange, from the connection to the last byte.

`timeout=` bounds one read, so a server that drips a byte a second, in the headers or the body, holds a worker for as
long as it likes. Here a timer shuts the socket down at the deadline, whatever is being waited for.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextvars import ContextVar


class Exchange(threading.Event):
    """Set once the deadline has passed; `sockets` are the connections made before that."""

    def __init__(self) -> None:
        super().__init__()
        self.sockets: list[socket.socket] = []


_exchange: ContextVar[Exchange | None] = ContextVar("exchange_under_a_deadline", default=None)


def watched_socket(sock: socket.socket) -> socket.socket:
    """Put a new connection under the deadline of the exchange it was made for; TimeoutError where that has passed."""
    exchange = _exchange.get()
    if exchange is None:
        return sock
    exchange.sockets.append(sock)
    if exchange.is_set():  # resolving the name took so long that nobody waits any more, so nothing may be sent
        exchange.sockets.remove(sock)
        sock.close()
        raise TimeoutError("the deadline has passed")
    return sock


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[Exchange]:
    """Shut every connection made inside down after `seconds`; the exchange tells whether that happened."""
    exchange = Exchange()

    def shut() -> None:
        exchange.set()
        for sock in list(exchange.sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    token = _exchange.set(exchange)
    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield exchange
    finally:
        timer.cancel()
        _exchange.reset(token)
