"""A limit that holds whatever is being waited for. Pure but for the thread.

A deadline on sockets does not end a look-up of a name, which waits inside the C library before there is a socket, nor
an adapter that goes round in circles. So the work is done aside, and who waits for it goes on without it.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def in_time(work: Callable[[], Result], *, seconds: float) -> Result | None:
    """Return what the work returns, or None where it has not by then; it must know by itself to do no more."""
    results: list[Result] = []
    aside = threading.Thread(target=lambda: results.append(work()), daemon=True, name="delivery")
    aside.start()
    aside.join(seconds)
    return results[0] if results else None
