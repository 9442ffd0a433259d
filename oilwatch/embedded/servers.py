"""Both servers together: started by the first process that needs them, stopped by the last one.

Every process that uses them holds a shared lock on `servers.users`; a process that ends and gets that lock for itself
alone was the last. The kernel drops a dead process's lock, so a kill -9 never leaves the count wrong.
"""

import atexit
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oilwatch.embedded import postgres, redis_server
from oilwatch.embedded.home import home


def ensure() -> bool:
    """Make sure DATABASE_URL and REDIS_URL name running servers, starting the embedded ones where they name none.

    Returns whether the embedded database is in use.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return False
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    _write_secret_key(folder)
    embedded_database = not os.environ.get("DATABASE_URL")
    with _starting(folder):
        server = None
        if embedded_database:
            server, os.environ["DATABASE_URL"] = postgres.start(folder / "postgres")
        embedded_redis = not os.environ.get("REDIS_URL")
        if embedded_redis:
            os.environ["REDIS_URL"] = redis_server.start(folder / "redis")
        users = os.open(folder / "servers.users", os.O_CREAT | os.O_RDWR)
        fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_leave, folder, users, server, embedded_redis, os.getpid())
    return embedded_database


def _write_secret_key(folder: Path) -> None:
    path = folder / "secret_key"
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:  # noqa: PTH123 - mode at birth
            file.write(secrets.token_urlsafe(50))


@contextmanager
def _starting(folder: Path) -> Iterator[None]:
    with (folder / "servers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _leave(folder: Path, users: int, server: postgres.Server | None, embedded_redis: bool, owner: int) -> None:
    if os.getpid() != owner:  # a forked child ends: its parent still counts
        return
    with _starting(folder):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # somebody else still uses them
        if embedded_redis:
            redis_server.stop(folder / "redis")
        if server is not None:
            server.stop()
