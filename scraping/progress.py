"""Wait for rows to be done, with a progress bar on a terminal."""

import sys
import time
from collections.abc import Callable

from django.core.management.base import CommandError
from tqdm import tqdm

POLL_SECONDS = 0.5


def wait_for(progress: Callable[[], tuple[int, int, bool]], *, what: str, at_most: float) -> None:
    """Ask `progress` (done, total, finished) until it is finished; CommandError after `at_most` seconds."""
    deadline = time.monotonic() + at_most
    with tqdm(desc=what, disable=None if sys.stderr.isatty() else True) as bar:
        while True:
            done, total, finished = progress()
            bar.total = total
            bar.update(done - bar.n)
            if finished:
                return
            if time.monotonic() > deadline:
                raise CommandError(
                    f"{what}: {done} of {total} after {at_most:.0f} s. It goes on in the workers; is one running?"
                )
            time.sleep(POLL_SECONDS)
