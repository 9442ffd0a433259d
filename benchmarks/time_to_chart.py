"""How long a reader waits for a chart: from the start of the navigation to the first line drawn in the frame."""

import shutil
import statistics
from dataclasses import dataclass
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
ROUNDS = 5
# In the page and in its frame: notes in the page when the first line of a chart stands.
WATCH = """(() => {
    const look = () => {
        const line = document.querySelector('.scatterlayer .trace path.js-line');
        if (!line) { requestAnimationFrame(look); return; }
        window.top.chartDrawn ??= performance.timeOrigin + performance.now() - window.top.performance.timeOrigin;
    };
    if (window.parent !== window) { look(); }
})()"""
# A promise of it: the page's policy forbids what Playwright's own waiting needs (eval).
DRAWN = """() => new Promise(done => {
    const look = () => window.chartDrawn ? done(window.chartDrawn) : requestAnimationFrame(look);
    look();
})"""
SENT = """() => [window, ...Array.from(window.frames)].flatMap(
    frame => [...frame.performance.getEntriesByType('resource'), ...frame.performance.getEntriesByType('navigation')]
).reduce((sum, entry) => sum + entry.transferSize, 0)"""


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds to the first paint and to the chart (medians), and kB over the wire."""

    paint: float
    chart: float
    kilobytes: float


def waits(address: str) -> tuple[Wait, Wait] | str:
    """A first visit and a later one, with a browser's cache; or why they cannot be measured here."""
    if not CHROMIUM:
        return "no chromium on this machine (Debian: apt install chromium)"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "playwright is not installed (it is one of the dev dependencies)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _visits(browser, address)  # the browser's own start is nobody's fault
        rounds = [_visits(browser, address) for _ in range(ROUNDS)]
        browser.close()
    first, later = (_middle([pair[place] for pair in rounds]) for place in (0, 1))
    return first, later


def _visits(browser: Any, address: str) -> tuple[Wait, Wait]:
    context = browser.new_context(viewport={"width": 1440, "height": 1600}, locale="en")
    context.add_init_script(WATCH)
    pair = _visit(context, address), _visit(context, address)
    context.close()
    return pair


def _visit(context: Any, address: str) -> Wait:
    page = context.new_page()
    page.goto(address)
    page.locator("iframe").scroll_into_view_if_needed()
    chart = page.evaluate(DRAWN)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    wait = Wait(paint, chart, page.evaluate(SENT) / 1000)
    page.close()
    return wait


def _middle(result: list[Wait]) -> Wait:
    return Wait(*(statistics.median(getattr(wait, name) for wait in result) for name in Wait.__slots__))
