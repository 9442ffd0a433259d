"""A deadline over a whole exchange, from the connection to the last byte.

`timeout=` bounds one read, so a server that drips a byte a second, in the headers or the body, holds a worker for as
long as it likes. Here a timer shuts the socket down at the deadline, whatever is being waited for.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextvars import ContextVar

_sockets: ContextVar[list[socket.socket] | None] = ContextVar("sockets_of_this_exchange", default=None)


def watched_socket(sock: socket.socket) -> socket.socket:
    """Put a new connection under the deadline of the exchange it was made for."""
    watched = _sockets.get()
    if watched is not None:
        watched.append(sock)
    return sock


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[threading.Event]:
    """Shut every connection made inside down after `seconds`; the event tells whether that happened."""
    expired = threading.Event()
    mine: list[socket.socket] = []

    def shut() -> None:
        expired.set()
        for sock in mine:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    token = _sockets.set(mine)
    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()
        _sockets.reset(token)
