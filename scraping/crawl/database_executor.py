"""Where the crawl does its paperwork: one thread beside the reactor, with one database connection of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection

Args = ParamSpec("Args")
Result = TypeVar("Result")


class DatabaseExecutor:
    """Rows and Redis are asked here, one thing after the other, while pages are on their way."""

    def __init__(self) -> None:
        """The thread begins with its first task."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="crawl-desk")

    async def do(self, work: Callable[Args, Result], *args: Args.args, **named: Args.kwargs) -> Result:
        """Do this work at the desk and come back with its result."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(_fresh, work, *args, **named))

    def close(self) -> None:
        """Finish what was begun, and hang up."""
        self._thread.submit(connection.close)
        self._thread.shutdown(wait=True)


def _fresh(work: Callable[..., Result], *args: object, **named: object) -> Result:
    close_old_connections()  # a restarted PostgreSQL costs one task at most
    return work(*args, **named)
