"""One guarded HTTP session: public addresses only, no environment, one deadline; every client of shops uses it."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3

from scraping.client.address_guard import guarded_adapter
from scraping.client.deadline import deadline
from scraping.client.errors import FetchFailed
from scraping.client.policy import Policy


@contextmanager
def guarded_session(policy: Policy) -> Iterator[requests.Session]:
    """A session under the policy's budget of time; whatever breaks in it is FetchFailed with the reason."""
    with requests.Session() as session, deadline(policy.page_seconds) as expired:
        session.trust_env = False  # no proxy, no .netrc from the environment
        if policy.proxy:  # the proxy resolves the name; the shop's own hosts are all it is asked for
            session.proxies = {"http": policy.proxy, "https": policy.proxy}
        else:
            session.mount("http://", guarded_adapter(private_ok=policy.private_ok))
            session.mount("https://", guarded_adapter(private_ok=policy.private_ok))
        session.headers.update({"User-Agent": policy.user_agent, **policy.headers})
        session.cookies.update(policy.cookies)
        try:
            yield session
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if expired.is_set():
                raise _late(policy) from error
            raise FetchFailed(f"no answer: {error}") from error
        if expired.is_set():  # a shut socket can look like a polite end
            raise _late(policy)


def _late(policy: Policy) -> FetchFailed:
    return FetchFailed(f"no whole answer within {policy.page_seconds:.0f} s")
