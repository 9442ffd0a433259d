"""Ready-made rows of the dashboard's tests."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from dashboard.models import MailAddress
from forecasting.models import Forecast, Training
from tests.factories import ProductFactory, SpellFactory

LEVELS = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975]


def priced_product(*, price="40", days=60, seen=None, **values):
    """A product whose price has stood for some days and was seen just now (or at `seen`)."""
    values.setdefault("litres", Decimal(5))
    product = ProductFactory(**values)
    last = seen or timezone.now() - timedelta(minutes=5)
    spell = SpellFactory(product=product, price=Decimal(price), first_seen=last - timedelta(days=days), last_seen=last)
    product.latest_spell, product.last_visit_at = spell, last
    product.save()
    return product


def forecast_of(product, *, standing="served", **values):
    """A forecast from the product's latest price, with advice to wait."""
    now = timezone.now()
    training = Training.objects.create(
        status="done", standing=standing, artefact="a", checksum="b", dispatch_at=now, finished_at=now
    )
    price = float(product.latest_spell.price)
    defaults = {
        "cutoff": now.date(),
        "last_price": price,
        "method": "event model",
        "levels": LEVELS,
        "quantiles": [[price * (0.9 + 0.2 * level) for level in LEVELS] for _ in range(30)],
        "point": [price * 0.99] * 30,
        "skill": {"30": {"rel_mae": 0.89, "coverage_80": 0.79, "coverage_95": 0.94}},
        "advice": {
            "word": "wait",
            "until": (now + timedelta(days=14)).date().isoformat(),
            "limit_price": 37.2,
            "expected_saving_pct": 1.1,
            "chance_of_regret": 0.29,
            "reason": "Past windows like this one.",
        },
    }
    return Forecast.objects.create(product=product, training=training, **{**defaults, **values})


def confirmed(user, email):
    """An address whose holder agreed that this person's alerts go there."""
    result = {"confirmed_at": timezone.now(), "confirmed_by": "link"}
    return MailAddress.objects.update_or_create(user=user, email=email, defaults=result)[0]
