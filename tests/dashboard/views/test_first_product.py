"""The guided page to the first real product: for operators, with what is done on this server."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from scraping.models import Adapter
from tests.dashboard.rows import priced_product
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
PATH = "/operations/first-product/"


def _done(client: Client) -> list[str]:
    soup = BeautifulSoup(client.get(PATH).content, "lxml")
    return [step.text for step in soup.select(".step-done")]


def test_each_step_is_done_when_it_is(admin_client: Client, settings: Any) -> None:
    priced_product()  # simulated: not what is meant
    assert not any("real" in text or "reads Amazon" in text for text in _done(admin_client))
    settings.OILWATCH_SCRAPE_AMAZON = True
    assert "✓ Done: this server reads Amazon." in _done(admin_client)
    shop = ShopFactory(adapter=Adapter.AMAZON, name="amazon.test")
    ProductFactory(shop=shop)
    assert "✓ Done: a real product is watched." in _done(admin_client)
    assert not any("price is stored" in text for text in _done(admin_client))
    priced_product(shop=shop)
    assert "✓ Done: a real price is stored." in _done(admin_client)


def test_it_names_the_setting_the_pace_and_the_user_agent(admin_client: Client, settings: Any) -> None:
    page = admin_client.get(PATH).content.decode()
    assert "OILWATCH_SCRAPE_AMAZON=true make up" in page
    assert "every 6 hours" in page
    assert settings.OILWATCH_USER_AGENT in BeautifulSoup(page, "lxml").text
    settings.OILWATCH_OBEY_ROBOTS = False
    assert "robots.txt is not followed" in admin_client.get(PATH).content.decode()


def test_operations_and_add_lead_to_it(admin_client: Client) -> None:
    assert f'href="{PATH}"' in admin_client.get("/operations/").content.decode()
