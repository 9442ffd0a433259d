"""Keepa's API: the past and the present price of listings, within the operator's budget of tokens.

One product costs one token; tokens come back at `refillRate` a minute, the next in `refillIn` milliseconds. Every
answer says how many are left: {"tokensLeft": 41, "refillIn": 23000, "refillRate": 5, "products": [...]}; an empty
budget is HTTP 429. (keepa.com/#!discuss, "Request Products"; `structs/Response.java` of keepacom/api_backend.)
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from scraping.amazon.marketplaces import Marketplace
from scraping.grade import read_grade
from scraping.offer import Offer, OfferState, SellerKind
from scraping.sources.base import ListingHistory, SourceFailed
from scraping.sources.exchange import JsonAnswer, exchange
from scraping.sources.keepa_history import NotKeepa, domain_of, read_product
from scraping.volume import read_volume

MOST_AT_ONCE = 100
LONGEST_WAIT = 1800.0  # seconds, in all: a longer one is for another day
PAID, TIRED, OK = 402, 429, 200
SELLERS = {"shop": SellerKind.AMAZON, "third_party": SellerKind.THIRD_PARTY}


@dataclass(slots=True)
class Budget:
    """How many tokens are left, and how fast they come back."""

    left: int = 0
    refill_in: float = 60.0  # seconds until the next ones
    per_minute: int = 1

    def hear(self, data: Mapping[str, Any]) -> None:
        """Note what an answer says of the budget."""
        self.left = int(data.get("tokensLeft", self.left))
        self.refill_in = float(data.get("refillIn", self.refill_in * 1000)) / 1000
        self.per_minute = max(1, int(data.get("refillRate", self.per_minute)))

    def seconds_until(self, tokens: int) -> float:
        """How long until so many tokens are there."""
        refills = math.ceil((tokens - self.left) / self.per_minute)
        return self.refill_in + 60.0 * (refills - 1) if refills > 0 else 0.0


class KeepaApi:
    """The API with the operator's key; `sleep` waits for tokens."""

    name = "keepa"

    def __init__(self, *, sleep: Callable[[float], object] = time.sleep) -> None:
        """Args: how to wait (tests do not)."""
        self._sleep = sleep
        self._budget = Budget()
        self._waited = 0.0

    def why_off(self) -> str | None:
        """Keepa needs a key."""
        if settings.OILWATCH_KEEPA_KEY:
            return None
        return "Keepa is off: set OILWATCH_KEEPA_KEY to the key of your Keepa API subscription (keepa.com/#!api)."

    def offers(self, asins: Sequence[str], marketplace: Marketplace) -> Mapping[str, Offer]:
        """The last step of each history, as an offer."""
        histories = self.histories(asins, marketplace)
        return {history.asin: _offer(history) for history in histories if history.steps}

    def histories(
        self,
        asins: Sequence[str],
        marketplace: Marketplace,
        *,
        done: Callable[[int], object] = lambda _count: None,
    ) -> list[ListingHistory]:
        """The past of these listings, as many at once as there are tokens; SourceFailed if they do not suffice."""
        domain = domain_of(marketplace)
        if domain is None:
            raise SourceFailed(f"Keepa does not watch amazon.{marketplace.code}.")
        waiting, histories = list(dict.fromkeys(asins)), list[ListingHistory]()
        self._ask("token", {})  # costs nothing, and tells the budget
        while waiting:
            self._wait_for_tokens()
            batch = waiting[: min(MOST_AT_ONCE, self._budget.left)]
            answer = self._ask("product", {"domain": str(domain), "asin": ",".join(batch), "history": "1"})
            if answer.status == TIRED:
                continue  # somebody else spends from the same key: wait again
            histories.extend(_histories(answer.data, batch))
            del waiting[: len(batch)]
            done(len(batch))
        return histories

    def _wait_for_tokens(self) -> None:
        if self._budget.left > 0:
            return
        seconds = self._budget.seconds_until(1)
        self._waited += max(seconds, 1.0)
        if self._waited > LONGEST_WAIT:
            raise SourceFailed(
                f"Keepa's tokens do not suffice: {self._budget.left} left, {self._budget.per_minute} more a minute."
            )
        self._sleep(max(seconds, 1.0))
        self._budget.left = max(1, self._budget.left + self._budget.per_minute)

    def _ask(self, what: str, query: Mapping[str, str]) -> JsonAnswer:
        answer = exchange(f"{settings.OILWATCH_KEEPA_URL}/{what}", query={"key": settings.OILWATCH_KEEPA_KEY, **query})
        self._budget.hear(answer.data)
        if answer.status == TIRED:
            self._budget.left = min(0, self._budget.left)
        elif answer.status != OK:
            raise SourceFailed(f"Keepa refused ({answer.status}): {_why(answer)}")
        return answer


def _why(answer: JsonAnswer) -> str:
    error = answer.data.get("error")
    message = str(error.get("message") or error.get("type") or "") if isinstance(error, dict) else ""
    return message or ("the key is unknown or unpaid" if answer.status == PAID else "no reason given")


def _histories(data: Mapping[str, Any], asins: Sequence[str]) -> list[ListingHistory]:
    """The histories in an answer; only those that were requested."""
    try:
        histories = [read_product(product) for product in data.get("products") or []]
    except NotKeepa as error:
        raise SourceFailed(f"Keepa answered in a form that is not known: {error}") from error
    return [history for history in histories if history.asin in asins]


def _offer(history: ListingHistory) -> Offer:
    terms = history.steps[-1].terms
    return Offer(
        asin=history.asin,
        title=history.title,
        brand=history.brand or None,
        state=OfferState(terms.state),
        price=terms.price,
        currency=history.marketplace.currency,
        list_price=terms.list_price,
        seller_kind=SELLERS.get(terms.seller_kind, SellerKind.UNKNOWN),
        volume=read_volume(history.title),
        grade=read_grade(history.title),
    )
