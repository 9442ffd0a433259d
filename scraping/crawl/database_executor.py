"""Database and Redis work of a crawl: one thread beside the reactor, with one connection of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection

Args = ParamSpec("Args")
Result = TypeVar("Result")


class DatabaseExecutor:
    """Runs blocking calls one after the other while pages are being fetched."""

    def __init__(self) -> None:
        """The thread starts with its first call."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crawl-database")

    async def run(self, function: Callable[Args, Result], *args: Args.args, **named: Args.kwargs) -> Result:
        """Run the function in the thread and return its result."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(_fresh, function, *args, **named))

    def close(self) -> None:
        """Finish running calls and close the connection."""
        self._thread.submit(connection.close)
        self._thread.shutdown(wait=True)


def _fresh(function: Callable[..., Result], *args: object, **named: object) -> Result:
    close_old_connections()  # a restarted PostgreSQL costs one task at most
    return function(*args, **named)
