"""Rows behind every page, and the addresses of those pages: what is full, what is empty, what is refused."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing

from dashboard.models import MailAddress
from dashboard.services.alert_events import check_alerts
from dashboard.services.alerts import set_alert
from dashboard.services.channels import add_channel
from dashboard.texts.alert_message import STOP_SALT
from dashboard.texts.confirm_message import confirm_token
from scraping.services.capture_tokens import create_token
from scraping.services.preview_lists import paste_previews
from scraping.services.settle import settle
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, VisitFactory
from tests.scraping.amazon.made_pages import ASIN, Grocery
from tests.scraping.disagreements import held_offer, oil, spanish_shop

OTHER = "B0OLIVA002"
LONG = "Aceitedeolivavirgenextra" * 6


@dataclass(frozen=True, slots=True)
class Address:
    """One address, what it answers, and whether it shows prices."""

    path: str
    status: int = 200
    prices: bool = False


EMPTY = [
    *(Address(path) for path in ("/", "/accuracy/", "/compare/", "/compare/?product=1", "/alerts/", "/operations/")),
    *(Address(path) for path in ("/capture/", "/capture/send/")),
]
EMPTY += [Address(path) for path in ("/operations/held/", "/operations/rules/")]
REFUSED = [Address(path, 403) for path in ("/operations/", "/add/", "/operations/held/", "/operations/first-product/")]


def doubts(user: Any) -> tuple[int, int]:
    """A held price that was settled with a rule, and one that waits; both from pages whose readers disagree."""
    shop = spanish_shop(accepts_unknown_place=True)
    settled = held_offer(oil(shop))
    settle(held=settled, choice=0, by=user, rule_for="product")
    page = Grocery(hidden="39.95", list_price="49.95", used="30.00").build().replace(ASIN, OTHER)
    return settled.pk, held_offer(oil(shop, sku=OTHER), page).pk


def furnish(user: Any) -> list[Address]:
    """Make rows of every kind for this person; return the addresses that show them."""
    shop = ShopFactory(name="demo")
    product = priced_product(shop=shop, title="Aceite de oliva virgen extra, garrafa de 5 L", brand="Uno")
    dear = priced_product(shop=shop, price="49.9", title=f"{LONG} 5 L", brand="Dos")
    bare = ProductFactory(shop=shop, title="Sin precio todavía")
    for grade, price in (("virgin", "30"), ("pomace", "15"), ("sunflower", "8")):
        priced_product(shop=shop, grade=grade, price=price)
    training = forecast_of(product).training
    training.reason = training.standing_reason = "60 forecasts, none skipped; a reason as long as they come"
    training.save()
    VisitFactory(product=bare)
    add_channel(user=user, name=LONG[:40], address="ntfy://a-topic")
    set_alert(user=user, product=dear, kind="price_below", threshold=Decimal(60), email="anna@example.org")
    rule = set_alert(user=user, product=product, kind="price_below", threshold=Decimal(20), email="anna@example.org")
    check_alerts()
    create_token(user=user, name=LONG[:60])
    address = confirm_token(MailAddress.objects.get())
    token = signing.dumps([1], salt=STOP_SALT)
    shown = f"/products/{product.pk}/"
    settled, waiting = doubts(user)
    previews = paste_previews(text=f"https://www.amazon.es/dp/{OTHER}\nnot an address", user=user)
    priced = [
        *("/", "/?grade=virgin&sort=-change", shown, f"/products/{dear.pk}/", f"{shown}embed/"),
        *(f"/compare/?product={product.pk}&product={dear.pk}", "/?tour=1", f"{shown}?tour=2"),
    ]
    plain = [
        *("/?q=nothing-matches-this", f"/products/{bare.pk}/", "/compare/", "/accuracy/", "/accuracy/?prices=real"),
        *(
            "/add/",
            f"/add/lists/{previews.pk}/",
            "/alerts/",
            "/profile/",
            "/operations/first-product/",
            "/profile/password/",
            f"/alerts/{rule.pk}/",
            "/capture/",
            "/operations/",
            "/operations/rules/",
            "/login/",
            f"/alerts/stop/{token}/",
            f"/alerts/confirm/{address}/",
            "/accuracy/?tour=3",
            "/add/?tour=4",
        ),
    ]
    priced.append("/operations/held/")
    offers = [f"/operations/held/{number}/" for number in (settled, waiting)]
    plain += [*offers, f"{offers[1]}page/"]  # they quote the shop's page, as it writes its prices
    return [
        *(Address(path, prices=True) for path in priced),
        *(Address(path) for path in plain),
        Address("/nothing/", 404),
    ]
