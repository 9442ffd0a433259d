"""PriceGhost's Amazon rules: where they are right, and where their own order misleads them."""

from decimal import Decimal

from benchmarks.peers.priceghost import price
from tests.benchmarks.peers.small_pages import box, offscreen, page, split


def test_the_core_price_is_read() -> None:
    assert price(page(box("corePrice_feature_div", offscreen("63,42 €")))) == Decimal("63.42")


def test_a_blank_price_to_pay_lets_the_list_price_through() -> None:
    display = box("corePriceDisplay_desktop_feature_div", split("67", "90"), offscreen("89,90 €", "a-text-price"))
    assert price(page(display)) == Decimal("89.90")


def test_whole_and_fraction_are_the_last_resort() -> None:
    assert price(page(box("corePrice_feature_div", split("63", "42")))) == Decimal("63.42")


def test_the_deal_precedes_the_ordinary_price() -> None:
    old = '<i id="priceblock_ourprice">75,99 €</i><i id="priceblock_dealprice">64,59 €</i>'
    assert price(page(old)) == Decimal("64.59")


def test_the_low_end_of_a_range_is_taken_for_a_price() -> None:
    assert price(page('<i id="priceblock_ourprice">13,89 € - 19,89 €</i>')) == Decimal("13.89")


def test_coupons_and_amounts_below_two_are_skipped() -> None:
    inside = (
        box("couponBadge", offscreen("$5.00")) + offscreen("$1.50") + offscreen("$3.00", "youSave") + offscreen("$9.00")
    )
    assert price(page(box("corePrice_feature_div", inside))) == Decimal("9.00")
    short = f"<p>Clip {offscreen('$4.00')}</p><p>{'x' * 100} clip {offscreen('$7.00')}</p>"
    assert price(page(box("corePrice_feature_div", short))) == Decimal("7.00")


def test_two_is_a_price() -> None:
    assert price(page(box("corePrice_feature_div", offscreen("$2.00") + offscreen("$9.00")))) == Decimal("2.00")


def test_a_page_without_its_elements_has_no_price() -> None:
    assert price(page("<p>63,42 €</p>")) is None
