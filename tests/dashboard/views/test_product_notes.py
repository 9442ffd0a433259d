"""What the product's page tells beside its price: reductions, siblings, what was held back, a chosen time."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from scraping.models import Decision, QuarantinedOffer
from tests.dashboard.rows import priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory, VisitFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"
DAY = timedelta(days=1)


def _soup(client, product, query="", **more):
    answer = client.get(f"/products/{product.pk}/{query}", headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _reduced(listed="60", before="41", **values):
    product = priced_product(price="40", days=5, **values)
    spell = product.latest_spell
    spell.list_price = Decimal(listed)
    spell.save()
    SpellFactory(
        product=product,
        price=Decimal(before),
        first_seen=spell.first_seen - 50 * DAY,
        last_seen=spell.first_seen - timedelta(hours=1),
    )
    return product


def test_a_reduction_that_is_none_is_called_so(client):
    text = _soup(client, _reduced(before="39")).select_one("p.discount-none").text
    assert text.startswith("The “33% off” is not real: it was as low as €39.00 in the 30 days before ")
    assert "(change since then: +3%)." in text
    assert _soup(client, _reduced(before="60")).select_one("p.discount-true")
    assert _soup(client, _reduced(before="41"), HTTP_ACCEPT_LANGUAGE="es").select_one("p.discount-smaller")


def test_nothing_is_said_of_a_reduction_nobody_can_take(client):
    product = _reduced(before="39")
    spell = product.latest_spell
    spell.state = "backorder"
    spell.save()
    assert _soup(client, product).select_one("p.discount") is None


def test_the_same_oil_in_another_pack_is_shown_and_another_oil_is_not(client):
    title = "Oro del Sur aceite de oliva virgen extra picual"
    product = priced_product(title=f"{title}, 5 l", brand="Oro del Sur")
    priced_product(title=f"{title} 3 x 5 L", brand="ORO DEL SUR", litres=Decimal(15), pack=3, price="105")
    priced_product(title=f"{title} sin filtrar, 5 l", brand="Oro del Sur")
    priced_product(title=f"{title}, 2 l", brand="Oro del Norte", litres=Decimal(2))
    priced_product(title=f"{title}, 1 l", brand="Oro del Sur", litres=Decimal(1), proposal="waiting", watched=False)
    priced_product(title=f"{title}, 1 l", brand="Oro del Sur", shop=ShopFactory(currency="GBP"), litres=Decimal(1))
    priced_product(title=f"{title}, 1 l", brand="Oro del Sur", shop=ShopFactory(imported=True), litres=Decimal(1))
    rows = _soup(client, product).select("section[aria-labelledby=siblings] tbody tr")
    assert [row.select_one("td.num").text for row in rows] == ["€8.00/l", "€7.00/l"]
    assert "this one" in rows[0].text
    assert "15\N{NO-BREAK SPACE}l (3 × 5\N{NO-BREAK SPACE}l)" in rows[1].text


def test_without_siblings_there_is_no_table(client):
    assert _soup(client, priced_product()).select_one("section[aria-labelledby=siblings]") is None


def _held(product, decision, **values):
    now = timezone.now()
    visit = VisitFactory(
        product=product,
        status="implausible",
        due_at=now - len(decision) * DAY,
        dispatch_at=now,
        started_at=datetime(2026, 11, 3, 9, tzinfo=UTC),
        finished_at=now,
    )
    decided = None if decision == Decision.WAITING else now
    return QuarantinedOffer.objects.create(visit=visit, why=HOSTILE, decision=decision, decided_at=decided, **values)


def test_what_was_held_back_is_told_in_plain_words(client):
    product = priced_product(title=HOSTILE, brand=HOSTILE)
    _held(product, Decision.REFUSED, price=Decimal("4.99"), state="in_stock", confirmable=True)
    _held(product, Decision.CONFIRMED, price=Decimal(4000), state="in_stock")
    _held(product, Decision.WAITING, new_identity=True)
    soup = _soup(client, product)
    notes = [note.text for note in soup.select(".notes li")]
    assert sorted(notes) == [
        (
            "A price of €4,000.00 on 3 Nov 2026 was held for review because no oil costs that: "
            "confirmed by a later check."
        ),
        (
            "A price of €4.99 on 3 Nov 2026 was held for review because it is far from the usual price: "
            "refused by an operator."
        ),
        "On 3 Nov 2026 the page showed another product, so the price was held for review: not decided yet.",
    ]
    assert soup.find("img") is None
    assert "quedó pendiente de revisión" in _text(_soup(client, product, HTTP_ACCEPT_LANGUAGE="es"))


def test_a_changed_product_and_a_found_one_say_so(client):
    product = priced_product(series_since=datetime(2026, 11, 3, tzinfo=UTC), proposal="accepted")
    notes = [note.text for note in _soup(client, product).select(".notes li")]
    assert notes == [
        "The product on this page changed on 3 Nov 2026. Older prices belong to another product and are not shown.",
        "Found by a saved search and accepted.",
    ]


@time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
def test_moves_stand_beside_the_age(client):
    product = priced_product(price="40", days=5)
    began = product.latest_spell.first_seen
    SpellFactory(product=product, price=50, first_seen=began - 40 * DAY, last_seen=began - timedelta(hours=1))
    text = _text(_soup(client, product))
    assert "−20.0% in 7 days" in text
    assert "−20.0% in 30 days" in text
    assert "in a year" not in text


def test_never_looked_at_has_no_story(client):
    assert _soup(client, ProductFactory()).select_one(".notes") is None
