"""Ask the European Commission's agri-food portal for olive oil prices."""

from datetime import date
from urllib.parse import urlencode, urlsplit

from forecasting.market.eu_olive_oil import OriginPrice, read_eu_prices
from scraping.client.errors import FetchFailed
from scraping.client.fetch import fetch
from scraping.client.policy import Policy

STATES = "ES,IT,EL,PT"  # the Commission writes EL for Greece
OK = 200


def eu_policy(
    url: str, *, user_agent: str, seconds: float, page_bytes: int, private_ok: frozenset[str] = frozenset()
) -> Policy:
    """How the portal is asked: only its own host, within a budget of time and bytes."""
    return Policy(
        user_agent=user_agent,
        hosts=frozenset({urlsplit(url).netloc}),
        page_seconds=seconds,
        page_bytes=page_bytes,
        headers={"Accept": "application/json"},
        private_ok=private_ok,
    )


def ask_eu_portal(url: str, policy: Policy, *, first: date, last: date) -> list[OriginPrice]:
    """The prices of the weeks between two days; FetchFailed where none came, BadFile where they cannot be read."""
    query = {"memberStateCodes": STATES, "beginDate": f"{first:%d/%m/%Y}", "endDate": f"{last:%d/%m/%Y}"}
    answer = fetch(f"{url}?{urlencode(query)}", policy)
    if answer.status != OK:
        raise FetchFailed(f"the portal answered {answer.status}")
    return read_eu_prices(answer.body)
