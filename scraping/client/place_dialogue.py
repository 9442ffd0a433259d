"""Set the place a shop's prices are for, by the shop's own dialogue: three requests in one session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import requests

from scraping.amazon.place_dialogue import (
    CHANGE,
    HOME,
    TOKEN_HEADER,
    DialogueChanged,
    change_request,
    is_accepted,
    read_modal,
    read_token,
)
from scraping.client.errors import FetchFailed
from scraping.client.fetch import CONNECT_SECONDS, read_body
from scraping.client.policy import Policy
from scraping.client.session import guarded_session

OK = 200


def set_place(base: str, postcode: str, policy: Policy, *, before: Callable[[str], object]) -> dict[str, str]:
    """The cookies of a session whose prices are for the postcode; FetchFailed says why the shop did not set it.

    `before` is called with each address first: to ask robots.txt.
    """
    with guarded_session(policy) as session, _read_as_failure():
        path, first = read_modal(_ask(session, base + HOME, policy, before))
        token = read_token(_ask(session, base + path, policy, before, headers={TOKEN_HEADER: first}))
        wanted = change_request(postcode)
        answer = _ask(session, base + CHANGE, policy, before, headers={TOKEN_HEADER: token}, wanted=wanted)
        if not is_accepted(answer):
            raise FetchFailed(f"the shop refused the postcode {postcode}")
        return {name: value for name, value in session.cookies.items() if value is not None}


def _ask(
    session: requests.Session,
    url: str,
    policy: Policy,
    before: Callable[[str], object],
    *,
    headers: dict[str, str] | None = None,
    wanted: dict[str, str] | None = None,
) -> bytes:
    before(url)
    method = "POST" if wanted else "GET"
    limits = (CONNECT_SECONDS, policy.page_seconds)
    response = session.request(
        method, url, headers=headers, json=wanted, stream=True, allow_redirects=False, timeout=limits
    )
    if response.status_code != OK:
        response.close()
        raise FetchFailed(f"the dialogue for the place answered {response.status_code}")
    return read_body(response, policy)


@contextmanager
def _read_as_failure() -> Iterator[None]:
    try:
        yield
    except DialogueChanged as error:
        raise FetchFailed(str(error)) from error
