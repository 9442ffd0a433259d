"""Every page in a real browser, by axe's rules: from a small phone to a wide screen, light and dark, in both languages.

In the short form three widths have one color scheme and one language each, and the narrowest screen is walked without
scripts; the long form takes every width with every scheme and language, with and without scripts.
"""

import re
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.dashboard.browsing import IN_A_BROWSER, complaining, signed_in, violations
from tests.dashboard.running_platform import EMPTY, REFUSED, Address, furnish
from tests.factories import UserFactory
from tests.long_form import LONG

pytestmark = IN_A_BROWSER
WIDTHS = (1920, 1440, 1024, 768, 720, 390, 320)  # 720 is a screen of 1440 at 200 %
ALL_VIEWS = list(product(WIDTHS, ("light", "dark"), ("en", "es")))
VIEWS = ALL_VIEWS if LONG else [(1440, "light", "en"), (768, "light", "es"), (390, "dark", "es")]
# Without scripts, in the language with the longer words.
ALL_BARE = list(product(WIDTHS, ("en", "es")))
BARE = ALL_BARE if LONG else [(320, "es")]
FOREIGN = {"en": r"\d €|\d,\d\d\b", "es": r"€\d|\d\.\d\d\b"}  # a price written in the other language's way
# Links inside a sentence are exempt (WCAG 2.2, 2.5.8), and so is what only screen readers and keyboards meet.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
    .filter((one) => !(one.matches("a") && getComputedStyle(one).display === "inline" && one.closest("p, li, th, td")))
    .filter((one) => !one.matches(".skip"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width && (box.height < 24 || box.width < 24 && one.matches("input, button")))
    .map(([one, box]) => `${one.outerHTML.slice(0, 60)} ${box.width}x${box.height}`)"""
# Not inside the charts' frames: they hold one picture drawn by Plotly, named by its title and repeated as a table.
AXE = {"resultTypes": ["violations"], "iframes": False}
SEEN = """() => ({
    heads: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    wide: document.scrollingElement.scrollWidth,
    room: document.scrollingElement.clientWidth,
    text: document.querySelector("main").innerText,
})"""


def complaints_of(page, url, address: Address, language: str) -> list[str]:
    """What is wrong with one page as it stands."""
    page.complaints.clear()
    answer = page.goto(url + address.path)
    result = [text for text in page.complaints if not (address.status >= 400 and "Failed to load resource" in text)]
    result += violations(page)
    if answer.status != address.status:
        result.append(f"it answers {answer.status}")
    seen = page.evaluate(SEEN)
    if seen["heads"] != 1:
        result.append(f"it has {seen['heads']} h1")
    if seen["lang"] != language:
        result.append(f"its lang is {seen['lang']}")
    if seen["wide"] > seen["room"]:
        result.append(f"it scrolls sideways: {seen['wide']} > {seen['room']}")
    if address.prices and (foreign := re.search(FOREIGN[language], seen["text"])):
        result.append(
            f"a price of the other language: {seen['text'][max(0, foreign.start() - 20) : foreign.end() + 20]!r}"
        )
    return result


def axe_complaints(page) -> list[str]:
    """What axe finds, every rule it has, serious or not."""
    result = Axe().run(page, options=AXE).response["violations"]
    return [f"axe: {rule['id']} {[node['html'][:120] for node in rule['nodes'][:3]]}" for rule in result]


def walk(browser, live_server, client, addresses, *, width, scheme, language):
    """Open every address as one person sees it, and let axe score it."""
    wrong = {}
    context = browser.new_context(viewport={"width": width, "height": 844}, locale=language, color_scheme=scheme)
    page = complaining(signed_in(context, client, live_server.url))
    for address in addresses:
        result = complaints_of(page, live_server.url, address, language)
        result += axe_complaints(page)
        result += page.evaluate(SMALL_TARGETS) if width < 500 else []
        if result:
            wrong[address.path] = result
    context.close()
    return wrong


@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_every_page_is_well(browser, live_server, operator, width, scheme, language):
    user = UserFactory._meta.model.objects.get()
    seen = {"width": width, "scheme": scheme, "language": language}
    assert walk(browser, live_server, operator, EMPTY, **seen) == {}, "where there is nothing yet"
    assert walk(browser, live_server, operator, furnish(user), **seen) == {}


@pytest.mark.parametrize(("width", "language"), BARE)
def test_every_page_fits_without_scripts(browser, live_server, operator, width, language):
    """No sideways scroll, no error, no violation of the content policy; axe itself is a script."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale=language, java_script_enabled=False)
    page = complaining(signed_in(context, operator, live_server.url))
    addresses = furnish(UserFactory._meta.model.objects.get())
    wrong = {each.path: complaints_of(page, live_server.url, each, language) for each in addresses}
    context.close()
    assert {path: complaints for path, complaints in wrong.items() if complaints} == {}


def test_refusals_and_failures_are_pages_too(browser, live_server, person, monkeypatch):
    assert walk(browser, live_server, person, REFUSED, width=390, scheme="dark", language="es") == {}

    def broken(*_args, **_kwargs):
        raise RuntimeError("for the test")

    monkeypatch.setattr("dashboard.views.compare.compared_products", broken)
    failed = [Address("/compare/?product=1", 500)]
    assert walk(browser, live_server, person, failed, width=390, scheme="light", language="en") == {}


def test_what_should_be_noticed_is(browser, live_server):
    """The walk's own eyes: a page that does everything wrong."""
    page = complaining(browser.new_context(viewport={"width": 390, "height": 844}, locale="es"))
    page.goto(f"{live_server.url}/login/")
    page.evaluate("""document.querySelector("main").innerHTML =
        '<p style="width: 900px">x</p><img src="/x.png"><button>go</button><input type="checkbox"><a href="/">x</a>'""")
    assert violations(page)
    assert any("image-alt" in text for text in axe_complaints(page))
    assert page.evaluate(SMALL_TARGETS)
