"""Why no page came, and what follows from it."""


class FetchFailed(Exception):
    """No whole answer came: no route, too slow, too large, too many redirects."""


class AddressForbidden(FetchFailed):
    """The address may not be asked: a private network, another host, robots.txt."""


class NotNow(Exception):
    """Wait: it is not our turn, or the shop wants to be left alone."""

    def __init__(self, seconds: float, reason: str) -> None:
        """Args: how long to wait, and why."""
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason
