"""Fetch a product's page at the shop's pace, within robots.txt and budgets: for visits and previews alike."""

from dataclasses import replace

from django.conf import settings

from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import Answer
from scraping.client.robots import check_robots
from scraping.client.transport import ask
from scraping.client.waiting import wait_for_slot
from scraping.models import Product
from scraping.services.delivery_place import with_delivery_place
from scraping.services.page_source import PageSource
from scraping.services.watch_product import why_not_scraped

LONGEST_WAIT = 2.0  # seconds to wait for a slot here; a visit that must wait longer goes back into the queue


def fetch_page(*, product: Product, source: PageSource) -> Answer | FetchFailed:
    """The product's page, or why there is none; NotNow if the request must wait."""
    if why_not := why_not_scraped(product):
        return AddressForbidden(why_not)
    try:
        wait_for_slot(source.host, source.seconds_between, longest_wait=LONGEST_WAIT)
        source = with_delivery_place(source=source, shop=product.shop)
        if settings.OILWATCH_OBEY_ROBOTS:
            check_robots(source.url, source.policy)
        return replace(ask(source.url, source.policy), place_note=source.place_note)
    except FetchFailed as error:
        return error
