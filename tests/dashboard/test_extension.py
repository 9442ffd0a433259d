"""The extension and the bookmark in a real Chromium, against the demo shop and a live server."""

import gzip
import re
from pathlib import Path

import pytest

from scraping.amazon.block import classify
from scraping.amazon.document import open_document
from scraping.capture_page import strip_page
from scraping.demo.catalogue import BY_ASIN
from scraping.demo.misbehaviour import Mode
from scraping.models import Capture, PriceSpell, Product, Snapshot, Visit
from scraping.offer import PageKind
from scraping.services.capture_tokens import create_token, revoke_token
from scraping.services.snapshots import page_of
from scraping.services.visit_product import visit
from tests.dashboard.browsing import CHROMIUM, FLAGS, IN_A_BROWSER
from tests.factories import ProductFactory, ShopFactory, UserFactory
from tests.long_form import sampled
from tests.scraping.captured_pages import ASIN, SECRETS, day_in_stock, personal_page
from tests.scraping.test_capture_page import LABELLED, core_of

pytestmark = IN_A_BROWSER
READ = re.compile(r"/api/captures/\d+/$")  # asks what was read from a page that was sent
EXTENSION = Path(__file__).resolve().parents[2] / "extension"


@pytest.fixture
def watched(demo_server, settings, monkeypatch):
    """The demo shop's product on a day when it is in stock; a message to a worker is a visit at once."""
    settings.OILWATCH_SCRAPE_AMAZON = False
    demo_server.today = lambda: day_in_stock(BY_ASIN[ASIN])
    monkeypatch.setattr(
        "scraping.jobs.dispatch._enqueue", lambda _task, ids, _countdown: [visit(visit_id=pk) for pk in ids]
    )
    shop = ShopFactory(name="demo", delivery_place="28008", country="ES", language="es")
    return ProductFactory(shop=shop, sku=ASIN, title="", litres=None, grade="other")


@pytest.fixture
def chromium(monkeypatch, tmp_path):
    """Chromium with the unpacked extension."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    loaded = [f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}"]
    with sync.sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=CHROMIUM,
            args=[*FLAGS, *loaded, "--disable-features=DisableLoadExtensionCommandLineSwitch"],
            ignore_default_args=["--disable-extensions"],
            locale="en-GB",
        )
        yield context
        context.close()


class Extension:
    """The extension as its user meets it."""

    def __init__(self, context):
        self.context = context
        worker = next(iter(context.service_workers), None) or context.wait_for_event("serviceworker")
        self.root = worker.url.removesuffix("background.js")

    def page(self, name):
        page = self.context.new_page()
        page.goto(self.root + name)
        return page

    def set_up(self, address, key, *, automatic=False):
        """Fill in the settings; returns what they say."""
        page = self.page("options.html")
        page.fill("#address", address)
        page.fill("#key", key)
        page.set_checked("#automatic", automatic)
        page.click("button[type=submit]")
        page.locator("#status:not(:empty)").wait_for()
        text = page.inner_text("#status")
        page.close()
        return text

    def send(self, page):
        """Press the button of the toolbar while this page is open; returns what the popup says."""
        popup = self.page("popup.html")
        page.bring_to_front()
        popup.evaluate("document.getElementById('send').click()")
        popup.locator("#send:not([disabled])").wait_for(state="attached")
        text = popup.inner_text("#status")
        popup.close()
        return text


def texts_of(page):
    """All words of a page, those of the closed panel too, which its own scripts cannot read."""
    root = page.context.new_cdp_session(page).send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    text, nodes = [], [root]
    while nodes:
        node = nodes.pop()
        text += [node["nodeValue"]] if node["nodeName"] == "#text" else []
        nodes += [*node.get("children", ()), *node.get("shadowRoots", ())][::-1]
    return " ".join(text)


def wait_for_panel(page):
    page.wait_for_selector("oilwatch-panel", state="attached")


def new_key(**values):
    return create_token(user=UserFactory(**values), name="laptop")[1]


def test_a_page_in_a_real_browser_becomes_a_spell_in_one_click(chromium, live_server, demo_server, watched):
    extension = Extension(chromium)
    assert extension.set_up(live_server.url, new_key()) == "Saved. oilwatch answers."
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    wait_for_panel(page)
    requests = demo_server.requests[ASIN]
    assert extension.send(page).startswith("Recorded: €")
    spell = PriceSpell.objects.get()
    assert spell.price == demo_server.simulation.offer(ASIN, demo_server.today()).price
    assert (Visit.objects.get().source, demo_server.requests[ASIN]) == ("capture", requests), (
        "the shop was not asked again"
    )
    page.reload()
    wait_for_panel(page)
    panel = texts_of(page)
    assert f"€{spell.price_per_litre:.2f}/l" in panel
    assert "Lowest of 90 days" in panel
    assert "No advice: 1 day of history is not enough" in panel


def test_nothing_personal_leaves_the_browser(chromium, live_server, demo_server, watched):
    extension = Extension(chromium)
    extension.set_up(live_server.url, new_key())
    sent = []
    chromium.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page = chromium.new_page()
    page.route("**/dp/*", lambda route: route.fulfill(body=personal_page(), content_type="text/html"))
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    assert extension.send(page).startswith("Recorded")
    bodies = [request.post_data for request in sent if request.url.endswith("/api/captures/")]
    kept = [page_of(Snapshot.objects.get()).decode(), *bodies]
    assert [secret for secret in SECRETS for text in kept if secret in text] == []


def test_pages_are_sent_by_themselves_only_where_that_was_chosen(chromium, live_server, demo_server, watched):
    extension = Extension(chromium)
    key = new_key()
    extension.set_up(live_server.url, key)
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    wait_for_panel(page)
    assert not Visit.objects.exists()
    extension.set_up(live_server.url, key, automatic=True)
    with chromium.expect_event("requestfinished", lambda request: READ.search(request.url)):
        page.reload()
    assert PriceSpell.objects.count() == 1
    page.reload()
    wait_for_panel(page)
    assert Visit.objects.count() == 1, "once in half an hour"


@pytest.mark.parametrize(
    ("mode", "text"), [(Mode.CAPTCHA, "not a product page"), (Mode.OTHER_ASIN, "Refused: The address names")]
)
def test_what_cannot_be_taken_is_said_and_stores_nothing(chromium, live_server, demo_server, watched, mode, text):
    extension = Extension(chromium)
    extension.set_up(live_server.url, new_key())
    demo_server.switchboard.switch(ASIN, mode)
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    assert text in extension.send(page)
    assert not Visit.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_price_that_is_held_back_is_said_to_be(chromium, live_server, demo_server, watched):
    extension = Extension(chromium)
    extension.set_up(live_server.url, new_key())
    demo_server.switchboard.switch(ASIN, Mode.DECIMAL_SLIP)
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    assert extension.send(page).startswith("Held for review: ")
    assert not PriceSpell.objects.exists()


def test_a_revoked_key_and_a_strange_address_are_said(chromium, live_server, demo_server, watched):
    extension = Extension(chromium)
    user = UserFactory()
    token, key = create_token(user=user, name="laptop")
    assert extension.set_up("http://oilwatch.example", key) == "Give an https:// address, or http:// on this computer."
    assert extension.set_up(live_server.url, "owc_wrong") == "oilwatch does not accept this key."
    extension.set_up(live_server.url, key)
    revoke_token(user=user, token_id=token.pk)
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    assert "unknown or revoked" in extension.send(page)
    assert not Capture.objects.exists()


def test_the_page_of_a_new_product_starts_watching_it_for_who_may_add(chromium, live_server, demo_server, watched):
    Product.objects.all().delete()
    extension = Extension(chromium)
    extension.set_up(live_server.url, new_key(staff=True))
    page = chromium.new_page()
    page.goto(f"{demo_server.url}/dp/{ASIN}")
    wait_for_panel(page)
    assert "not watched yet" in texts_of(page)
    assert extension.send(page).startswith("Recorded")
    assert Product.objects.get().watched


@pytest.mark.skipif(not LABELLED, reason="the labelled Amazon pages are not beside the project (set OILWATCH_SHARED)")
def test_real_pages_stripped_in_the_browser_are_read_as_before(browser):
    page = browser.new_page()
    for name in ("strip_rules.js", "strip.js"):
        page.evaluate(f"(() => {{ {(EXTENSION / name).read_text(encoding='utf-8')} }})()")
    changed = {}
    for path in sampled(LABELLED, 4):
        document = open_document(gzip.decompress(path.read_bytes()))
        text = document.data.decode("utf-8", errors="replace")
        parsed = "(html) => oilwatchStrip.strip(new DOMParser().parseFromString(html, 'text/html'))"
        stripped = page.evaluate(parsed, text)
        if classify(document).kind is not PageKind.PRODUCT:
            assert stripped is None, "nothing of other pages is sent"
            continue
        market = document.marketplace.code if document.marketplace else "com"
        before, after = core_of(document.data, market), core_of(strip_page(stripped.encode()), market)
        if before != after:
            changed[path.name] = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == {}
