"""Which price of a page a rule picks, and when it picks none."""

from decimal import Decimal

import pytest

from scraping.offer import Candidate, PriceKind
from scraping.price_choice import LONGEST_PLACE, chosen_candidate

TOP, BOX = "#corePriceDisplay_desktop_feature_div .priceToPay", "#corePrice_feature_div .a-price"


def price(amount: str, kind: PriceKind = PriceKind.REGULAR, where: str = TOP) -> Candidate:
    return Candidate(Decimal(amount), "EUR", kind, where)


def amount_of(*candidates: Candidate, kind: str, where: str = "") -> Decimal | None:
    chosen = chosen_candidate(candidates, kind=kind, where=where)
    return chosen.amount if chosen else None


def test_the_only_amount_of_its_kind_is_taken_wherever_it_stands() -> None:
    seen = (price("42.95"), price("39.95", PriceKind.DEAL, BOX), price("39.95", PriceKind.DEAL, "metrics"))
    assert amount_of(*seen, kind="deal") == Decimal("39.95")
    assert amount_of(*seen, kind="deal", where="a place that this page lacks") == Decimal("39.95")


def test_of_two_amounts_of_a_kind_the_place_decides() -> None:
    seen = (price("42.95", where=TOP), price("39.95", where="buying_options"))
    assert amount_of(*seen, kind="regular", where="buying_options") == Decimal("39.95")
    assert amount_of(*seen, kind="regular") is None
    assert amount_of(*seen, kind="regular", where="a place that this page lacks") is None


def test_two_amounts_at_the_place_are_no_choice() -> None:
    assert amount_of(price("42.95"), price("39.95"), kind="regular", where=TOP) is None


def test_without_that_kind_there_is_none() -> None:
    assert amount_of(price("42.95"), kind="deal", where=TOP) is None
    assert amount_of(kind="deal") is None


def test_a_place_is_compared_as_far_as_it_is_stored() -> None:
    where = "x" * (LONGEST_PLACE + 1)
    seen = (price("42.95"), price("39.95", where=where))
    assert amount_of(*seen, kind="regular", where=where[:LONGEST_PLACE]) == Decimal("39.95")


def test_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="sale"):
        amount_of(price("42.95"), kind="sale")
