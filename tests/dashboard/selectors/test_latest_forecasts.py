"""Pages and the public record know only forecasts that were said to people: held back ones are nobody's."""

import pytest

from dashboard.selectors.latest_forecasts import latest_outlook, latest_outlooks
from forecasting.models import Standing, Training
from forecasting.selectors.public_record import first_due
from tests.dashboard.rows import forecast_of, priced_product

pytestmark = pytest.mark.django_db


def _unsaid(product, standing):
    """A newer forecast that says to buy, of a training that is not served."""
    forecast_of(product, advice={"word": "buy"}, method="another method", standing=standing)


@pytest.mark.parametrize("standing", [Standing.HELD_BACK, Standing.ROLLED_BACK])
def test_the_older_one_that_is_served_is_shown(client, standing):
    product = priced_product(price="44.95")
    forecast_of(product)
    _unsaid(product, standing)
    assert latest_outlook(product.pk).advice.action == "wait"
    assert latest_outlooks([product.pk])[product.pk].advice.action == "wait"
    for path in ("/", f"/products/{product.pk}/"):
        assert "another method" not in client.get(path, headers={"host": "localhost"}).content.decode()
    page = client.get(f"/products/{product.pk}/", headers={"host": "localhost"}).content.decode()
    assert "or until it costs €37.20" in page


def test_without_one_that_is_served_there_is_none():
    product = priced_product()
    _unsaid(product, Standing.HELD_BACK)
    assert latest_outlook(product.pk) is None
    assert latest_outlooks([product.pk]) == {}


def test_the_public_record_counts_what_was_said_at_the_time():
    product = priced_product()
    _unsaid(product, Standing.HELD_BACK)
    assert first_due(simulated=True) is None
    Training.objects.update(standing=Standing.SERVED)
    Training.objects.update(standing=Standing.ROLLED_BACK)
    assert first_due(simulated=True) is not None
