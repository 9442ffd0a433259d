"""Apprise's HTTP under a guard: public addresses only, no redirects, one deadline, and the response stored.

Apprise's plugins call `requests.post` and its like, which make a session of their own. Inside `guarded()` (this thread
only) that session is ours: every connection is checked where the socket is made, so neither a name that resolves
differently the second time nor a redirect leads into the operator's network. Outside of it nothing is changed.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import requests
from django.conf import settings
from requests import api, sessions
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome, Reason
from scraping.client.address_guard import guarded_adapter
from scraping.client.deadline import Exchange, deadline
from scraping.client.errors import AddressForbidden, FetchFailed

SECONDS = 12.0  # the whole exchange; and each single wait of it:
WAIT = (4.0, 8.0)
LONGEST_ANSWER = 65_536
_outcomes: ContextVar[list[Outcome] | None] = ContextVar("outcomes_of_this_message", default=None)


class Everywhere(frozenset[str]):
    """The hosts that may be private where the operator allows all of them."""

    def __contains__(self, host: object) -> bool:
        """Every one."""
        return True


class GuardedSession(requests.Session):
    """A session that asks the guard, follows nobody, and writes down how each exchange ended."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # a proxy of the environment would resolve the name unseen, and .netrc holds secrets
        allowed = Everywhere() if settings.OILWATCH_ALERT_PRIVATE_HOSTS else frozenset[str]()
        adapter = guarded_adapter(private_ok=allowed)
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """As requests', but never redirected and never waiting longer than ours."""
        outcomes = _outcomes.get()
        kwargs |= {"allow_redirects": False, "timeout": WAIT, "stream": True}
        try:
            answer = super().request(*args, **kwargs)
        except (requests.RequestException, FetchFailed) as error:
            if outcomes is not None:
                outcomes.append(_of_error(error))
            if isinstance(error, FetchFailed):  # Apprise's plugins catch what requests raises, nothing else
                raise requests.ConnectionError(str(error)) from error
            raise
        _read_some(answer)
        if outcomes is not None:
            outcomes.append(of_status(answer.status_code))
        return answer


def _read_some(answer: requests.Response) -> None:
    """Keep the beginning of the answer: a server that never stops talking is not listened to."""
    content = b""
    with contextlib.suppress(HTTPError, OSError):
        content = answer.raw.read(LONGEST_ANSWER, decode_content=True)
    answer._content = content
    answer.close()


def of_status(status: int) -> Outcome:
    """Say what an HTTP status means for a message: only 429 and 503 say for certain that a later try may help."""
    if 200 <= status < 300:
        return Outcome(DeliveryResult.SENT)
    if status in {429, 503}:
        return Outcome(DeliveryResult.LATER, Reason.TRY_LATER.of(f"HTTP {status}"))
    if status >= 500:
        return Outcome(DeliveryResult.UNKNOWN, Reason.SERVICE_FAILED.of(f"HTTP {status}"))
    if status in {401, 403}:
        return Outcome(DeliveryResult.REFUSED, Reason.ACCESS_REFUSED.of(f"HTTP {status}"))
    if status in {404, 410}:
        return Outcome(DeliveryResult.REFUSED, Reason.ADDRESS_UNKNOWN.of(f"HTTP {status}"))
    if 300 <= status < 400:
        return Outcome(DeliveryResult.REFUSED, Reason.REDIRECTED.of(f"HTTP {status}"))
    return Outcome(DeliveryResult.REFUSED, Reason.MESSAGE_REFUSED.of(f"HTTP {status}"))


def _of_error(error: Exception) -> Outcome:
    if isinstance(error, AddressForbidden):
        return Outcome(DeliveryResult.REFUSED, Reason.PRIVATE_ADDRESS)
    if isinstance(error, FetchFailed):
        return Outcome(DeliveryResult.LATER, Reason.NO_SUCH_SERVER)
    if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
        return Outcome(DeliveryResult.LATER, Reason.NO_CONNECTION)
    if isinstance(error, requests.exceptions.SSLError):
        return Outcome(DeliveryResult.REFUSED, Reason.BAD_CERTIFICATE)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return Outcome(DeliveryResult.REFUSED, Reason.UNUSABLE_ADDRESS)
    return Outcome(DeliveryResult.UNKNOWN, Reason.CONNECTION_LOST)


def _never_connected(error: Exception) -> bool:
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


@contextlib.contextmanager
def guarded() -> Iterator[tuple[list[Outcome], Exchange]]:
    """Put what Apprise sends in this thread under the guard; the list fills with how each exchange ended."""
    outcomes: list[Outcome] = []
    token = _outcomes.set(outcomes)
    try:
        with deadline(SECONDS) as exchange:
            yield outcomes, exchange
    finally:
        _outcomes.reset(token)


def _session() -> requests.Session:
    return requests.Session() if _outcomes.get() is None else GuardedSession()


# `requests.post` and its like make `sessions.Session()`; of the module's names they use this one alone.
vars(api)["sessions"] = SimpleNamespace(**{**vars(sessions), "Session": _session})
