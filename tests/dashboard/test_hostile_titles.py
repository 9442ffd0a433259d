"""What strangers call a product does no harm: on no page, in no chart, feed, message or export."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from dashboard.models import Alert, NotificationPreferences
from dashboard.notifications.harmless_text import harmless
from dashboard.services.alert_events import check_alerts
from dashboard.services.channels import add_channel
from scraping.services.spell_rows import point_to_latest
from tests.dashboard.browsing import IN_A_BROWSER, complaining, signed_in, violations
from tests.dashboard.rows import confirmed, forecast_of, priced_product
from tests.dashboard.sinks import mail_sink, web_sink
from tests.factories import ProductFactory, ShopFactory, SpellFactory
from tests.long_form import sampled

TITLES = [
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("x")',
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "'-alert(4)-'",
    "{{7*7}}{% now 'Y' %}${7*7}",
    "\u202egnp.live\u202c oil \u2066x",
    "W" * 500,
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "javascript:alert(5)",
]
# Every element or attribute that a title could have made.
MADE = "main script:not([src], [type='application/json']), main svg[onload], "
MADE += "img[src=x], [onerror], [onload], a[href^=javascript]"


def shop_of_strangers():
    """A product for each title, with what draws it: history, a forecast, siblings in other packs."""
    shop = ShopFactory(name="demo")
    products = [
        priced_product(shop=shop, title=title, brand=title[:60], price=str(30 + place))
        for place, title in enumerate(TITLES)
    ]
    for product in products:
        forecast_of(product)
    return products


def pages_of(products, alone):
    """Pages that show all products, and the own page of some."""
    chosen = "&".join(f"product={product.pk}" for product in products[:6])
    rest = "&".join(f"product={product.pk}" for product in products[6:])
    own = [f"/products/{product.pk}/" for product in alone]
    return [
        "/",
        f"/compare/?{chosen}",
        f"/compare/?{rest}",
        "/accuracy/",
        "/alerts/",
        "/operations/",
        "/deals.atom",
        *own,
    ]


@pytest.mark.django_db
def test_every_page_holds_the_title_as_text(operator: Client):
    products = shop_of_strangers()
    for title in TITLES:
        hostile = operator.get(
            "/", {"q": title, "brand": title, "shop": title, "sort": title}, headers={"host": "localhost"}
        )
        assert not BeautifulSoup(hostile.content, "lxml").select(MADE), title
    for path in pages_of(products, products):
        answer = operator.get(path, headers={"host": "localhost"})
        assert answer.status_code == 200, path
        soup = BeautifulSoup(answer.content, "lxml")
        assert not soup.select(MADE), path
        assert "49" not in soup.title.text, path
    for path in ("/admin/scraping/product/", f"/admin/scraping/product/{products[0].pk}/change/"):
        soup = BeautifulSoup(operator.get(path, headers={"host": "localhost"}).content, "lxml")
        assert not soup.select("img[src=x], [onerror], [onload], a[href^=javascript]"), path
    for product in products:
        soup = BeautifulSoup(operator.get(f"/products/{product.pk}/", headers={"host": "localhost"}).content, "lxml")
        assert soup.h1.get_text(strip=True) == product.title.strip()


@pytest.mark.django_db
def test_feeds_carry_no_markup_of_strangers(client: Client):
    products = shop_of_strangers()
    for product in products:
        SpellFactory(
            product=product, price=Decimal(20), first_seen=product.latest_spell.last_seen + timedelta(minutes=1)
        )
        point_to_latest([product.pk])
    paths = ["/deals.atom", "/deals.rss"]
    paths += [f"/products/{product.pk}/feed.{form}" for product in products for form in ("atom", "rss")]
    for path in paths:
        answer = client.get(path, headers={"host": "localhost"})
        assert answer.status_code == 200, path
        feed = BeautifulSoup(answer.content, "xml")
        texts = [
            text for node in feed.find_all(["title", "summary", "description", "content"]) for text in node.strings
        ]
        assert texts, path
        for text in texts:
            assert not BeautifulSoup(text, "lxml").find(["img", "script", "svg"]), (path, text)
            assert len(text) <= 1100, path
            assert "\u202e" not in text, path


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["resolution=spell", "resolution=day"])
def test_no_cell_of_an_export_is_a_formula(client: Client, query, tmp_path):
    products = shop_of_strangers()
    for product in products:
        result = client.get(f"/api/data/?product={product.pk}&{query}&format=csv", headers={"host": "localhost"})
        content = b"".join(result.streaming_content).decode()
        asserted_cells(content)
        parquet = client.get(f"/api/data/?product={product.pk}&{query}&format=parquet", headers={"host": "localhost"})
        assert pq.read_table(io.BytesIO(parquet.content)).num_rows
        as_json = client.get(f"/api/data/?product={product.pk}&{query}", headers={"host": "localhost"})
        assert as_json.headers["Content-Type"].startswith("application/json")
        assert as_json.headers["X-Content-Type-Options"] == "nosniff"
        json.loads(as_json.content)
    catalogue = client.get("/api/products/?page_size=100", headers={"host": "localhost"})
    assert {row["title"] for row in catalogue.json()["results"]} == set(TITLES), "JSON tells titles as they are"
    call_command("export_prices", str(tmp_path / "all.csv"))
    asserted_cells((tmp_path / "all.csv").read_text())


def asserted_cells(content: str):
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) > 1
    for row in rows:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], row


@pytest.mark.django_db
def test_mail_and_webhook_carry_it_as_text(operator: Client, settings):
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_sink() as post, web_sink() as web:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", post.port, 3
        user = get_user_model().objects.get()
        NotificationPreferences.objects.create(user=user, most_a_day=100)
        channel = add_channel(user=user, name="hook", address=web.address)
        confirmed(user, "anna@example.org")
        for title in TITLES:
            product = ProductFactory(title=title)
            SpellFactory(product=product, price=Decimal("39.95"))
            point_to_latest([product.pk])
            rule = Alert.objects.create(
                user=user, product=product, kind="price_below", threshold=Decimal(40), email="anna@example.org"
            )
            rule.channels.add(channel)
        check_alerts()
        text = " ".join(
            part.get_content() for mail in post.mails for part in mail.walk() if part.get_content_type() == "text/plain"
        )
        text = " ".join(text.split())
        assert [title for title in TITLES if harmless(title)[:60] not in text] == []
        assert web.bodies
        for mail in post.mails:
            assert mail["To"] == "anna@example.org"
            assert "\n" not in mail["Subject"]
            assert "<" not in mail["Subject"]
            for part in mail.walk():
                if part.get_content_type() == "text/html":
                    assert not BeautifulSoup(part.get_content(), "lxml").select("img, script, svg, [onerror], [onload]")
        for body in web.bodies:
            result = json.loads(body)
            assert not BeautifulSoup(result["message"] + result["title"], "lxml").select("img, script, svg")


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_nothing_runs_and_nothing_breaks_on_a_phone(self, browser, live_server, operator):
        products = shop_of_strangers()
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en")
        page = complaining(signed_in(context, operator, live_server.url))
        for path in pages_of(products, sampled(products, 3)):
            page.goto(live_server.url + path)
            made = page.evaluate(f"[...document.querySelectorAll({json.dumps(MADE)})].map((one) => one.outerHTML)")
            assert made == [], path
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            assert wide <= 390, (path, wide)
            assert violations(page) == [], path
        page.goto(f"{live_server.url}/products/{products[0].pk}/")
        page.locator(".plot").hover()
        assert page.locator(".readout").is_visible()
        page.locator(".explore").click()
        chart = page.frame_locator("iframe")
        chart.locator(".traceprice .js-line").first.wait_for(state="attached", timeout=30_000)
        assert not chart.locator("img[src=x], [onerror], [onload]").count()
        assert page.complaints == []
        context.close()
