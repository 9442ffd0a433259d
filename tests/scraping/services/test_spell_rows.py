"""A volume is written to the product's own spells, and to no others."""

from decimal import Decimal

import pytest
from django.test import Client

from scraping.models import PriceSpell
from scraping.offer import Offer
from scraping.services.describe_product import describe_product
from scraping.services.record_offer import record_offer
from scraping.spells import Terms
from scraping.volume import read_volume
from tests.factories import ProductFactory, SpellFactory, UserFactory
from tests.record_rows import DAY, NOW

pytestmark = pytest.mark.django_db
TITLE = "Aceite de oliva virgen extra, botella 1 L"


@pytest.fixture
def admin_client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_new_products_volume_leaves_the_spells_of_the_one_before_alone() -> None:
    product = ProductFactory(litres=Decimal(5))
    SpellFactory(product=product, first_seen=NOW - 60 * DAY, last_seen=NOW - 60 * DAY, litres=Decimal(5))
    own = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, litres=None)
    product.series_since, product.litres = NOW - 30 * DAY, None
    product.save()
    describe_product(product=product, offer=Offer("B0", TITLE, volume=read_volume(TITLE)))
    assert PriceSpell.objects.get(product=product, first_seen=NOW - 60 * DAY).litres == Decimal(5)
    own.refresh_from_db()
    assert own.litres == Decimal(1)


def test_a_late_price_of_the_product_before_gets_no_volume() -> None:
    product = ProductFactory(litres=Decimal(1), series_since=NOW - 30 * DAY)
    record_offer(product_id=product.pk, at=NOW - 60 * DAY, terms=Terms("in_stock", Decimal(40)))
    assert PriceSpell.objects.get(product=product).litres is None


def test_a_volume_corrected_in_the_admin_corrects_the_price_per_litre(admin_client: Client) -> None:
    product = ProductFactory(litres=Decimal(25))
    spell = SpellFactory(product=product, first_seen=NOW - DAY, last_seen=NOW, price=Decimal(40), litres=Decimal(25))
    address = f"/admin/scraping/product/{product.pk}/change/"
    initial = admin_client.get(address).context["adminform"].form.initial
    data = {name: "" if value is None else value for name, value in initial.items()}
    data |= {"litres": "2.5", "identity": "{}", "watched": "on", "series_since_0": "", "series_since_1": ""}
    data.pop("series_since", None)
    assert admin_client.post(address, data).status_code == 302
    spell.refresh_from_db()
    assert spell.price_per_litre == Decimal(16)
