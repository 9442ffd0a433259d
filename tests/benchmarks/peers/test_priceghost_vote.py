"""PriceGhost's vote: the most frequent price of the page wins, whichever product it belongs to."""

from decimal import Decimal

from benchmarks.peers.priceghost_vote import price
from tests.benchmarks.peers.small_pages import box, offscreen, page, product


def test_candidates_that_agree_win() -> None:
    assert price(page(box("corePrice_feature_div", offscreen("63,42 €")))) == Decimal("63.42")


def test_a_shelf_of_other_products_outvotes_the_amazon_rules() -> None:
    shelf = "".join(offscreen(text) for text in ("20,00 €", "20,10 €", "20,20 €"))
    assert price(page(box("corePrice_feature_div", offscreen("63,42 €")) + shelf)) == Decimal("20.00")


def test_without_agreement_the_most_trusted_candidate_is_taken() -> None:
    others = offscreen("20,00 €") + offscreen("30,00 €")
    assert price(page(box("corePrice_feature_div", offscreen("63,42 €")) + others)) == Decimal("63.42")


def test_three_generic_amounts_are_enough_to_leave_the_looser_selectors_out() -> None:
    strict = "".join(f'<b class="price">{amount} €</b>' for amount in ("10,00", "20,00", "30,00"))
    loose = "".join(offscreen(text) for text in ("50,00 €", "50,10 €", "50,20 €"))
    assert price(page(strict + loose)) == Decimal("10.00")
    assert price(page(strict.replace("30,00", "20,00") + loose)) == Decimal("50.00")


def test_of_two_groups_the_more_trusted_wins() -> None:
    html = '<b class="price">20,00 €</b>' + box("corePrice_feature_div", offscreen("63,42 €"))
    assert price(page(html)) == Decimal("63.42")


def test_former_prices_do_not_vote_and_structured_data_does() -> None:
    html = product('{"price": "8.00"}') + '<b class="was-price">99</b><b class="price" content="7.90">x</b>'
    assert price(page(html)) == Decimal("8.00")


def test_no_candidate_no_price() -> None:
    assert price(page("<p>nothing</p>")) is None
