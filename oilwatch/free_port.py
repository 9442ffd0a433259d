"""Find a port that nobody uses."""

import socket
from contextlib import closing

TRIES = 50


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(first: int, host: str = "127.0.0.1") -> int:
    """The first free port from `first` on; OSError if the next fifty are all in use."""
    for port in range(first, first + TRIES):
        if is_free(port, host):
            return port
    raise OSError(f"The ports {first} to {first + TRIES - 1} are all in use; name one with PORT=...")
