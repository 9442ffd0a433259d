"""Discount-Bandit's three boxes."""

from decimal import Decimal

from benchmarks.peers.discount_bandit import price
from tests.benchmarks.peers.small_pages import box, page, split


def test_whole_and_fraction_are_joined() -> None:
    assert price(page(box("corePrice_feature_div", split("1.063", "42")))) == Decimal("1063.42")


def test_the_first_box_of_the_page_wins_be_it_the_members_price() -> None:
    html = box("corePriceDisplay_desktop_feature_div", split("35", "99")) + box(
        "corePrice_feature_div", split("45", "99")
    )
    assert price(page(html)) == Decimal("35.99")


def test_a_spoken_price_or_an_old_layout_is_none() -> None:
    assert price(page('<i id="priceblock_ourprice">39,99 €</i>' + split("20", "00"))) is None


def test_zero_is_out_of_stock() -> None:
    assert price(page(box("corePrice_feature_div", split("0", "00")))) is None
