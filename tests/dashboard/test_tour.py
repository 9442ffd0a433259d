"""The tour: offered while all is simulated, walked by links alone, over for good when that is said."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from dashboard.tour import COOKIE, STOPS
from scraping.models import Adapter
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    return Client(headers={"host": "localhost"})


def soup_of(client, address):
    answer = client.get(address.split("#")[0])
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "lxml")


def walked(client):
    """Follow "next stop" from the market's offer to the end; what each stop said."""
    titles, address = [], soup_of(client, "/").select_one(".invitation a")["href"]
    while address:
        soup = soup_of(client, address)
        strip = soup.select_one("#tour")
        titles.append(strip.strong.get_text())
        part = strip.select_one('a[href^="#"]')["href"]
        assert soup.select_one(part), f"{part} is not on {address}"
        following = strip.select_one("a[rel=next]")
        address = following and following["href"]
    return titles


@pytest.mark.parametrize("who", ["stranger", "operator"])
def test_every_stop_is_a_real_page_with_the_part_it_speaks_of(request, who):
    forecast_of(priced_product())
    assert walked(request.getfixturevalue(who)) == [str(stop.title) for stop in STOPS]


def test_a_stranger_is_led_to_the_login_and_through_it_to_the_page(stranger):
    product = priced_product()
    soup = soup_of(stranger, f"{reverse('accuracy')}?tour=3")
    assert soup.select_one("#tour a[rel=next]")["href"] == "/login/?tour=4&next=%2Fadd%2F%3Ftour%3D4#tour"
    soup = soup_of(stranger, "/login/?tour=4&next=%2Fadd%2F%3Ftour%3D4")
    assert soup.select_one("main input[name=next]")["value"] == "/add/?tour=4"
    assert soup.select_one("#tour a[rel=next]")["href"] == f"/products/{product.pk}/?tour=5#tour"


@pytest.mark.parametrize(("who", "leads"), [("stranger", False), ("operator", True)])
def test_the_last_stop_leads_an_operator_to_the_first_real_product(request, who, leads):
    product = priced_product()
    soup = soup_of(request.getfixturevalue(who), f"/products/{product.pk}/?tour=5")
    assert bool(soup.select_one('#tour a[href="/operations/first-product/"]')) is leads


def test_back_leads_back(stranger):
    product = priced_product()
    soup = soup_of(stranger, f"/products/{product.pk}/?tour=2")
    assert soup.select_one("#tour a[rel=prev]")["href"] == "/?tour=1#tour"
    assert not soup_of(stranger, "/?tour=1").select_one("#tour a[rel=prev]")


def test_no_more_of_it_is_remembered_by_the_browser_alone(stranger):
    priced_product()
    answer = stranger.post(reverse("end_tour"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    cookie = answer.cookies[COOKIE]
    assert cookie["max-age"] >= 300 * 24 * 3600
    assert cookie["httponly"]
    assert "sessionid" not in answer.cookies
    assert not soup_of(stranger, "/").select_one(".tour")
    assert soup_of(stranger, "/?tour=1").select_one("#tour"), "who asks for it by its address gets it"


def test_ending_is_not_done_by_a_link(stranger):
    assert stranger.get(reverse("end_tour")).status_code == 405
    assert Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post(reverse("end_tour")).status_code == 403


@pytest.mark.parametrize("adapter", [Adapter.IMPORT, Adapter.AMAZON])
def test_one_real_product_ends_the_offer_and_the_tour(stranger, adapter):
    priced_product()
    ProductFactory(shop=ShopFactory(adapter=adapter))
    assert not soup_of(stranger, "/").select_one(".tour")
    assert not soup_of(stranger, "/?tour=1").select_one(".tour")


@pytest.mark.parametrize(
    "address", ["/?tour=2", "/?tour=0", "/?tour=6", "/?tour=x", "/?tour=%C2%B2", "/compare/?tour=1"]
)
def test_a_stop_that_is_not_on_this_page_is_not_shown(stranger, address):
    priced_product()
    assert not soup_of(stranger, address).select_one("#tour")


def test_it_speaks_spanish(stranger):
    priced_product()
    stranger.cookies["django_language"] = "es"
    assert "Recorrido, 1 de 5" in soup_of(stranger, "/?tour=1").select_one("#tour").get_text()


def test_pages_that_are_not_asked_for_a_stop_pay_nothing(stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert stranger.get("/login/").status_code == 200
