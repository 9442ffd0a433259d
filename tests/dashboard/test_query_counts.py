"""How many queries each page and each list of the API costs: the same for 3 products and for 30."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import RunFactory, ShopFactory, UserFactory, VisitFactory

COUNTS = Path(__file__).with_name("query_counts.json")
EXPECTED = json.loads(COUNTS.read_text(encoding="utf-8"))
BACKEND = "django.contrib.auth.backends.ModelBackend"

pytestmark = pytest.mark.django_db


def _fill(products):
    """Products over three shops, each with a forecast and a visit that failed; an alert of the person's each."""
    shops = [ShopFactory() for _ in range(3)]
    person = UserFactory(staff=True)
    run, now = RunFactory(), timezone.now()
    result = []
    for place in range(products):
        product = priced_product(shop=shops[place % 3], price=str(40 + place), days=10)
        forecast_of(product)
        VisitFactory(product=product, run=run, due_at=now, status="blocked", finished_at=now, dispatch_at=now)
        person.alerts.create(product=product, kind="price_below", threshold=10)
        result.append(product)
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend=BACKEND)
    return client, result, run


@pytest.mark.parametrize("products", [3, 30])
@pytest.mark.parametrize("path", EXPECTED)
def test_a_page_costs_the_same_few_queries_however_many_products(path, products):
    client, result, run = _fill(products)
    address = path.format(product=result[0].pk, other=result[1].pk, run=run.pk)
    assert client.get(address).status_code == 200  # what is kept for some minutes is kept from now on
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert answer.status_code == 200
        answer.getvalue()
    assert len(queries) == EXPECTED[path], "\n".join(query["sql"][:200] for query in queries)
