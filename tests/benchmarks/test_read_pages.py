"""The tables: counted by rule, dashes for a rule that does not exist, every page where oilwatch is not right."""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import read_pages
from benchmarks.labelled_pages import Answer, LabelledPage
from benchmarks.read_pages import Answers, list_price_table, not_right, price_table

HEAD = "file\tkind\tmarketplace\tprice\tnote\n"
OFFER = """<html lang="es-es"><head><link rel="canonical" href="https://www.amazon.es/dp/B0OIL00001"></head><body>
<span id="productTitle">Aceite de oliva virgen extra 5 L</span><input type="hidden" id="ASIN" value="B0OIL00001">
<div id="corePriceDisplay_desktop_feature_div"><span class="a-price priceToPay"><span class="a-offscreen">39,95 €</span>
<span aria-hidden="true"><span class="a-price-whole">39,</span><span class="a-price-fraction">95</span>€</span></span>
</div><div id="availability"><span>En stock</span></div><input id="add-to-cart-button"></body></html>"""


def labelled(price: str, list_price: str = "", kind: str = "product") -> LabelledPage:
    """A page with one right answer each."""
    prices = frozenset({Decimal(price) if price else None})
    return LabelledPage("oil", b"", kind, "es", prices, frozenset({Decimal(list_price) if list_price else None}))


def answer(page: LabelledPage, price: str, list_price: str = "", rule: str = "peer") -> Answers:
    """What a rule gave for a page."""
    return Answers(rule, page, _amount(price), _amount(list_price))


def _amount(text: str) -> Answer:
    return Decimal(text) if text else None


def test_prices_are_counted_by_rule() -> None:
    sold, sold_out = labelled("8.00"), labelled("")
    answers = [answer(sold, "8"), answer(sold, "8.0"), answer(sold, "800"), answer(sold, ""), answer(sold_out, "5")]
    rows = price_table([*answers, answer(sold_out, "", rule="other")], "price")
    assert rows[0] == "| rule, price | right | wrong | invented | missed |"
    assert rows[2:] == ["| peer | 2 | 1 | 1 | 1 |", "| other | 1 | 0 | 0 | 0 |"]


def test_a_list_price_that_is_another_or_none_at_all_is_false() -> None:
    shown, none = labelled("8", "10"), labelled("8")
    answers = [answer(shown, "", "10"), answer(none, ""), answer(shown, "", "57.14"), answer(none, "", "9")]
    rows = list_price_table([*answers, answer(shown, "")])
    assert rows[2:] == ["| peer | 2 | 2 | 1 |"]


def test_a_rule_that_does_not_exist_has_dashes() -> None:
    rows = list_price_table([Answers("peer", labelled("8", "10"), None, None, reads_list_price=False)])
    assert rows[2:] == ["| peer | - | - | - |"]


@pytest.mark.parametrize(
    ("page", "given", "kind", "lines"),
    [
        (labelled("8", "10"), ("8", "10"), "product", []),
        (labelled("8"), ("", "57.14"), "product", ["price none; it is 8", "list price 57.14; it is none"]),
        (labelled("", kind="captcha"), ("", ""), "other", ["kind other; it is blocked"]),
        (labelled("", kind="search"), ("", "9"), "search", []),
    ],
)
def test_each_thing_that_is_not_right_has_a_line(
    page: LabelledPage, given: tuple[str, str], kind: str, lines: list[str]
) -> None:
    assert not_right(answer(page, *given), kind) == [f"- oil: {line}" for line in lines]


def test_the_section_of_a_tiny_folder(tmp_path: Path) -> None:
    (tmp_path / "oil.html.gz").write_bytes(gzip.compress(OFFER.encode()))
    (tmp_path / "home.html.gz").write_bytes(gzip.compress(b"<html><body><b class='a-price'>hello</b></body></html>"))
    (tmp_path / "manifest.tsv").write_text(HEAD + "oil.html.gz\tproduct\tes\t39.95\t\nhome.html.gz\thome\tes\t\t\n")
    text = read_pages.section([tmp_path])
    assert "2 labelled pages, 2016-2026: 1 of products, 0 of them with a list price" in text
    products, everything, list_prices = text.split("| rule, ")[1:]
    for name in ("**oilwatch, both readers**", "Discount-Bandit", "common selectors and price-parser"):
        assert f"| {name} | 1 | 0 | 0 | 0 |" in products
        assert f"| {name} | 2 | 0 | 0 | 0 |" in everything
    assert "| changedetection.io (JSON-LD, microdata, OpenGraph) | 0 | 0 | 0 | 1 |" in products
    assert "| **oilwatch, both readers** | 1 | 0 | 0 |" in list_prices
    assert "| Discount-Bandit | - | - | - |" in list_prices
    assert "oilwatch is right on every page." in text
    assert "No page is large enough to time." in text


def test_a_large_page_is_timed(tmp_path: Path) -> None:
    html = OFFER.replace("</body>", "<p>oil</p>" * 12_000 + "</body>")
    (tmp_path / "oil.html.gz").write_bytes(gzip.compress(html.encode()))
    (tmp_path / "manifest.tsv").write_text(HEAD + "oil.html.gz\tproduct\tes\t39.95\t\n")
    assert "(median of 1 pages, worst " in read_pages.section([tmp_path])


def test_without_pages_the_section_says_so(tmp_path: Path) -> None:
    assert "Skipped" in read_pages.section([tmp_path])
