"""When two readers saw different prices, and only one of them can be the price."""

from decimal import Decimal

import pytest

from scraping.amazon.agreement import agree
from scraping.amazon.evidence import OtherPrices, Sighting
from scraping.offer import Agreement


@pytest.mark.parametrize(
    ("rule", "metric", "price"),
    [
        ("deal_price", "75.99", Decimal("64.59")),  # the metrics still hold the price before the deal
        ("sale_price", "75.99", Decimal("64.59")),
        ("deal_price", "59.99", None),  # a lower one cannot be the price before a deal
        ("our_price", "75.99", None),
    ],
)
def test_only_a_higher_metric_beside_a_deal_is_the_price_before_it(
    rule: str, metric: str, price: Decimal | None
) -> None:
    visible = Sighting(Decimal("64.59"), "EUR", rule)
    agreed = agree(visible, (Sighting(Decimal(metric), "EUR", "metrics"),), OtherPrices({}))
    assert (agreed.price.amount if agreed.price else None) == price
    assert agreed.agreement is (Agreement.DISAGREE if price is None else Agreement.SINGLE)
