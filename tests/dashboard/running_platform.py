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
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, VisitFactory

LONG = "Aceitedeolivavirgenextra" * 6


@dataclass(frozen=True, slots=True)
class Address:
    """One address, what it answers, and whether it shows prices."""

    path: str
    status: int = 200
    prices: bool = False


EMPTY = [Address(path) for path in ("/", "/accuracy/", "/compare/", "/compare/?product=1", "/alerts/", "/operations/")]
REFUSED = [Address(path, 403) for path in ("/operations/", "/add/")]


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
    set_alert(user=user, product=product, kind="price_below", threshold=Decimal(20), email="anna@example.org")
    check_alerts()
    address = confirm_token(MailAddress.objects.get())
    token = signing.dumps([1], salt=STOP_SALT)
    shown = f"/products/{product.pk}/"
    priced = [
        *("/", "/?grade=virgin&sort=-change", shown, f"/products/{dear.pk}/"),
        *(f"/compare/?product={product.pk}&product={dear.pk}", "/?tour=1", f"{shown}?tour=2"),
    ]
    plain = [
        *("/?q=nothing-matches-this", f"/products/{bare.pk}/", "/compare/", "/accuracy/", "/accuracy/?prices=real"),
        *(
            "/add/",
            "/alerts/",
            "/operations/",
            "/login/",
            f"/alerts/stop/{token}/",
            f"/alerts/confirm/{address}/",
            "/accuracy/?tour=3",
            "/add/?tour=4",
        ),
    ]
    return [
        *(Address(path, prices=True) for path in priced),
        *(Address(path) for path in plain),
        Address("/nothing/", 404),
    ]
