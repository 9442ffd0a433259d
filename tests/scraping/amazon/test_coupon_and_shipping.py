"""What a coupon takes off and what sending costs: read from their words, None where the words do not say."""

from decimal import Decimal

import pytest

from scraping.amazon.coupon import parse_coupon, read_coupon
from scraping.amazon.document import open_document
from scraping.amazon.money import Habit
from scraping.amazon.shipping import read_shipping
from scraping.offer import Coupon

ES = Habit(",", "EUR")


@pytest.mark.parametrize(
    ("text", "amount", "percent", "after"),
    [
        ("Applica coupon 40€ Termini", "40", None, "159.99"),
        ("Utiliser le coupon de 10 % Détails", None, "10", "179.99"),
        ("Ahorra un 15 % con el cupón", None, "15", "169.99"),
        ("Cupón: Aplicar cupón de 2,50 €", "2.50", None, "197.49"),
        ("Gutschein: 12,5% sparen", None, "12.5", "174.99"),
        ("Ahorra 5 % hasta 20 € con el cupón", None, None, None),
        ("Aplicar cupón del 5 % o del 10 %", None, None, None),
        ("Aplicar cupón de 300 €", "300", None, None),
        ("Cupón aplicado", None, None, None),
    ],
)
def test_what_a_coupon_takes_off(text: str, amount: str | None, percent: str | None, after: str | None) -> None:
    coupon = parse_coupon(text, ES)
    assert coupon == Coupon(text, Decimal(amount) if amount else None, Decimal(percent) if percent else None)
    assert coupon.applied_to(Decimal("199.99")) == (Decimal(after) if after else None)


def test_the_label_of_a_coupon_does_not_hide_its_words() -> None:
    page = '<i id="couponBadgeRegularVbox">Cupón:</i><label id="couponTextpctch1">Aplicar cupón del 10 %</label>'
    assert read_coupon(open_document(page), ES) == Coupon("Aplicar cupón del 10 %", percent=Decimal(10))
    label = open_document('<i id="couponBadgeRegularVbox">Cupón:</i>')
    assert read_coupon(label, ES) == Coupon("Cupón:")


def message(price: str, *, row: str = "newAccordionRow_0", condition: str = "", program: str = "cfs") -> str:
    return (
        f'<div id="{row}"><div id="deliveryBlockMessage"><span data-csa-c-delivery-price="{price}" '
        f'data-csa-c-delivery-condition="{condition}" data-csa-c-delivery-benefit-program-id="{program}"> Lunes'
        "</span></div></div>"
    )


@pytest.mark.parametrize(
    ("page", "cost"),
    [
        (message("GRATIS"), Decimal(0)),
        (message("KOSTENLOSE"), Decimal(0)),
        (message("3,99 €"), Decimal("3.99")),
        (message("GRATIS", program="prime_same_day"), None),
        (message("GRATIS", program="prime") + message("3,99 €"), Decimal("3.99")),
        (message("GRATIS", row="usedAccordionRow"), None),
        (message("más rápida"), None),
        (message("GRATIS", condition="en pedidos desde 35 €"), None),
        ('<span id="ourprice_shippingmessage">+ EUR 2,99 Versandkosten</span>', Decimal("2.99")),
        ('<span id="ourprice_shippingmessage">Envío GRATIS en pedidos superiores a 29 €</span>', None),
    ],
)
def test_what_sending_costs(page: str, cost: Decimal | None) -> None:
    document = open_document(f'<html lang="es"><body>{page}</body></html>', marketplace="es")
    assert read_shipping(document, ES)[0] == cost


def test_a_condition_is_named() -> None:
    document = open_document(message("GRATIS", condition="en pedidos desde 35 €"), marketplace="es")
    assert read_shipping(document, ES)[1] == "sending is free or cheaper only en pedidos desde 35 €"
