"""Prices that are not what anyone pays: each is kept as what it is, and none of them becomes the price."""

from decimal import Decimal

import pytest

from scraping.amazon.page import read_page
from scraping.offer import Agreement, Candidate, Condition, Offer, OfferState, PageReading, PriceKind
from tests.scraping.amazon.made_pages import (
    BUTTON,
    DE,
    ES,
    US,
    Grocery,
    Shop,
    html,
    old_page,
    options_json,
    price_row,
    price_span,
    shown,
    struck,
)

PT = Shop(
    "com.br", "pt-br", "R$ {}", ",", "Em estoque", "Indisponível.", "Ver todas", "Selecione", "Vendido por", ("", "")
)
TITLE = "Aceite de oliva virgen extra, garrafa 5 L"


def offer_of(page: str) -> Offer:
    offer = read_page(page).offer
    assert offer is not None
    return offer


def seen(reading: PageReading, kind: PriceKind) -> set[Decimal]:
    return {candidate.amount for candidate in reading.candidates if candidate.kind is kind}


def twister(value: str) -> str:
    return f'<input type="hidden" id="twister-plus-price-data-price" value="{value}" />'


def row(name: str, inner: str) -> str:
    return f'<div id="{name}"><div id="corePrice_feature_div">{inner}</div></div>'


def boxes(shop: Shop, *rows: str, centre: str = "", title: str = TITLE) -> str:
    box = f'<div id="desktop_buybox"><div id="buybox">{"".join(rows)}</div></div>'
    return html(shop, centre + f'<div id="rightCol">{box}</div>', title=title)


def form_price(amount: str, currency: str = "USD") -> str:
    return (
        f'<input type="hidden" name="items[0.base][customerVisiblePrice][amount]" value="{amount}">'
        f'<input type="hidden" name="items[0.base][customerVisiblePrice][currencyCode]" value="{currency}">'
    )


def test_the_price_of_prime_members_is_not_the_price() -> None:
    prime = row("primeSavingsUpsellAccordionRow", price_span(US, "35.99", read_aloud=True))
    regular = row("newAccordionRow_1", price_span(US, "45.99", read_aloud=True)) + form_price("45.99") + BUTTON
    centre = (
        '<div id="apex_desktop_primeSavingsUpsellAccordionRow"><div id="corePriceDisplay_desktop_feature_div">'
        f"{price_span(US, '35.99', 'priceToPay')}{struck(US, '45.99')}</div></div>"
    )
    reading = read_page(boxes(US, prime, regular, twister("35.99"), centre=centre))
    assert reading.offer is not None
    assert (reading.offer.price, reading.offer.prime_price) == (Decimal("45.99"), Decimal("35.99"))
    assert reading.offer.list_price is None
    assert reading.agreement is Agreement.AGREE
    assert seen(reading, PriceKind.PRIME) == {Decimal("35.99")}
    assert seen(reading, PriceKind.REGULAR) == {Decimal("45.99")}


def test_a_price_shown_to_members_alone_is_no_price_for_anyone() -> None:
    box = row("newAccordionRow_0", "Precio exclusivo para miembros Prime " + price_span(ES, "35.99", read_aloud=True))
    offer = offer_of(boxes(ES, box, BUTTON))
    assert (offer.price, offer.prime_price) == (None, Decimal("35.99"))


@pytest.mark.parametrize(
    "text",
    [
        "FREE delivery exclusively for Prime members",
        "5% back, exclusively for Prime members, with the Prime card",
        "Envío GRATIS exclusivo para miembros Prime",
        "Prezzo Prime Day",
        "Join Prime to buy this item at $35.99",
    ],
)
def test_what_else_members_get_does_not_make_the_price_theirs(text: str) -> None:
    box = row("newAccordionRow_0", f"{price_span(US, '45.99', read_aloud=True)} {text}")
    assert offer_of(boxes(US, box, BUTTON)).price == Decimal("45.99")


@pytest.mark.parametrize(
    "text",
    [
        "Prime Member Price",
        "This price is exclusively for Amazon Prime members.",
        "Exclusive Prime price",
        "Prime Exklusivpreis",
        "Prix Prime exclusif",
        "Prezzo esclusivo Prime",
        "Precio exclusivo Prime",
        "プライム会員限定価格",
    ],
)
def test_a_members_price_in_every_language(text: str) -> None:
    box = row("newAccordionRow_0", f"{text} {price_span(US, '35.99', read_aloud=True)}")
    offer = offer_of(boxes(US, box, BUTTON))
    assert (offer.price, offer.prime_price) == (None, Decimal("35.99"))


def test_a_row_for_members_in_the_old_price_table_says_nothing_of_the_others() -> None:
    rows = price_row("ourprice", "$45.99") + "<tr><td>Prime member price: see in the app</td></tr>"
    assert offer_of(old_page(US, rows)).price == Decimal("45.99")


def test_paying_at_once_costs_less_than_by_card() -> None:
    core = price_span(PT, "303.05", "priceToPay").replace("€", "R$")
    centre = (
        f'<div id="corePriceDisplay_desktop_feature_div">{core}{struck(PT, "459.00")} à vista no Pix</div>'
        '<div id="installmentCalculator_feature_div">ou R$ 319,00 em até 12x de R$ 26,62 sem juros</div>'
    )
    data = options_json(PT, NEW="319.00").replace("€", "R$") + twister("319") + form_price("303.05", "BRL")
    reading = read_page(boxes(PT, data, BUTTON, centre=centre))
    assert reading.offer is not None
    assert (reading.offer.price, reading.offer.instant_price) == (Decimal("303.05"), Decimal("303.05"))
    assert reading.offer.list_price == Decimal("459.00")
    assert seen(reading, PriceKind.INSTANT_PAYMENT) == {Decimal("303.05")}
    assert Decimal("319.00") in seen(reading, PriceKind.REGULAR)


def test_where_only_renewed_ones_are_sold_the_first_of_them_is_the_offer() -> None:
    rows = [
        row(f"renewedTier{tier}AccordionRow", price_span(US, price, read_aloud=True))
        for tier, price in ((2, "260.00"), (3, "229.99"))
    ]
    offer = offer_of(boxes(US, *rows, title="Phone, 64 GB (Renewed)"))
    assert (offer.price, offer.state, offer.condition) == (Decimal("260.00"), OfferState.IN_STOCK, Condition.RENEWED)


def test_beside_a_new_one_the_renewed_one_is_a_used_price() -> None:
    new = row("newAccordionRow_0", price_span(US, "300.00", read_aloud=True))
    renewed = row("renewedTier2AccordionRow", price_span(US, "260.00", read_aloud=True))
    offer = offer_of(boxes(US, new, renewed, BUTTON))
    assert (offer.price, offer.used_price, offer.condition) == (Decimal("300.00"), Decimal("260.00"), Condition.NEW)


@pytest.mark.parametrize(
    ("title", "condition"),
    [
        ("Mill, 64 GB (Renewed)", Condition.RENEWED),
        ("Mill (Renewed Premium)", Condition.RENEWED),
        ("Molino (Reacondicionado)", Condition.RENEWED),
        ("Renewed: A Novel", Condition.NEW),
        ("Olive oil of renewed groves, 1 L", Condition.NEW),
    ],
)
def test_a_title_names_the_condition(title: str, condition: Condition) -> None:
    offer = offer_of(Grocery(shop=US, title=title).build())
    assert (offer.condition, offer.price) == (condition, Decimal("42.95"))


@pytest.mark.parametrize(
    ("value", "agreement"), [("800", Agreement.SINGLE), ("8.00", Agreement.AGREE), ("9.00", Agreement.DISAGREE)]
)
def test_a_value_that_lost_its_comma_is_no_witness(value: str, agreement: Agreement) -> None:
    page = Grocery(shop=DE, price="8.00", unit_price=None, hidden=None).build()
    reading = read_page(page.replace("</body>", twister(value) + "</body>"))
    assert reading.agreement is agreement
    assert reading.offer is not None
    assert reading.offer.price == (None if agreement is Agreement.DISAGREE else Decimal("8.00"))


def test_yen_have_no_comma_to_lose() -> None:
    shop = Shop("co.jp", "ja-jp", "￥{}", ".", "在庫あり", "", "", "", "販売元", ("", ""))
    page = html(shop, f'{twister("3980")}<div id="availability">在庫あり</div>{BUTTON}', title="オリーブオイル 1 L")
    assert offer_of(page).price == Decimal(3980)


def test_buying_options_without_groups_are_read() -> None:
    page = (
        Grocery(shop=DE, price="8.00")
        .build()
        .replace('{"desktop_buybox_group_1":[', "[")
        .replace("]}</div>", "]</div>")
    )
    assert "buying_options" in read_page(page).rules["price"]


def test_a_deal_is_a_kind_of_its_own() -> None:
    badge = '<div id="dealBadge_feature_div"><span>Oferta flash</span></div>'
    reading = read_page(Grocery().build().replace("</body>", badge + "</body>"))
    assert seen(reading, PriceKind.DEAL) == {Decimal("42.95")}


def test_every_price_of_the_page_is_a_candidate_with_its_place() -> None:
    page = Grocery(list_price="49.99", subscribe="38.66", used="30.00", coupon="Aplicar cupón del 10 %").build()
    reading = read_page(page)
    kinds = {
        PriceKind.REGULAR,
        PriceKind.SUBSCRIPTION,
        PriceKind.USED,
        PriceKind.LIST,
        PriceKind.UNIT,
        PriceKind.COUPON,
    }
    amounts = {kind: seen(reading, kind) for kind in kinds}
    assert amounts == {
        PriceKind.REGULAR: {Decimal("42.95")},
        PriceKind.SUBSCRIPTION: {Decimal("38.66")},
        PriceKind.USED: {Decimal("30.00")},
        PriceKind.LIST: {Decimal("49.99")},
        PriceKind.UNIT: {Decimal("8.59")},
        PriceKind.COUPON: {Decimal("38.66")},
    }
    assert all(candidate.where for candidate in reading.candidates)
    assert not any(candidate.amount in {Decimal("3.49"), Decimal("129.00")} for candidate in reading.candidates)
    assert any(isinstance(candidate, Candidate) and candidate.text for candidate in reading.candidates)


def test_what_is_saved_is_not_paid() -> None:
    cell = '<td class="kindle-price"><span>EUR 10,88</span> <span>Bespaar EUR 8,48 (44%)</span></td>'
    page = html(DE, f"<table><tr>{cell}</tr></table>{BUTTON}", title="Olivenöl, das Buch")
    assert offer_of(page).price == Decimal("10.88")


@pytest.mark.parametrize(
    ("text", "price"),
    [("$9.99 includes VAT. You save: $6.01", Decimal("9.99")), ("Was $16.00 Save $6.01 Now $9.99", None)],
)
def test_only_the_amount_right_after_the_word_is_saved(text: str, price: Decimal | None) -> None:
    page = html(
        US, f'<table><tr><td class="kindle-price">{text}</td></tr></table>{BUTTON}', title="Olive oil, the book"
    )
    assert offer_of(page).price == price


def test_two_prices_in_one_cell_are_none() -> None:
    cell = f'<td class="kindle-price">{shown(DE, "10.88")} {shown(DE, "8.48")}</td>'
    page = html(DE, f"<table><tr>{cell}</tr></table>{BUTTON}", title="Olivenöl, das Buch")
    assert offer_of(page).price is None
