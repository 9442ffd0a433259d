"""How long a reader waits for a chart: until it is seen, until it answers the pointer, until the full one is drawn.

At a desktop without limits, and on a phone: 1.6 Mbit/s with 150 ms to the server, and a processor four times slower
(Chromium's own throttling, as Lighthouse's "slow 4G" has it).
"""

import shutil
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
ROUNDS = 5
MOST_KILOBYTES, MOST_CHART, MOST_FULL = 150.0, 3_000.0, 12_000.0  # of a phone's first visit
SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
FULL = ".js-plotly-plot .scatterlayer .js-line"
# In the page and in its frame: notes in the page when each thing is there.
WATCH = f"""(() => {{
    const now = () => performance.timeOrigin + performance.now() - window.top.performance.timeOrigin;
    const look = () => {{
        const seen = window.top.seen ??= {{}};
        if (window.parent !== window) {{
            if (document.querySelector("{FULL}")) {{ seen.full ??= now(); return; }}
        }} else {{
            if (document.querySelector(".plot .timeline")?.closest("body")) seen.chart ??= now();
            if (document.querySelector(".plot[role=slider]")) {{ seen.answers ??= now(); return; }}
        }}
        requestAnimationFrame(look);
    }};
    look();
}})()"""
# A promise of it: the page's policy forbids what Playwright's own waiting needs (eval).
SEEN = """name => new Promise(done => {
    const look = () => window.seen[name] ? done(window.seen[name]) : requestAnimationFrame(look);
    look();
})"""
SENT = """() => [window, ...Array.from(window.frames)].flatMap(
    frame => [...frame.performance.getEntriesByType('resource'), ...frame.performance.getEntriesByType('navigation')]
).reduce((sum, entry) => sum + entry.transferSize, 0)"""


@dataclass(frozen=True, slots=True)
class Wait:
    """Milliseconds to the first paint, to the chart and until it answers; from the request to the full chart; kB sent.

    `kilobytes` are those of the page with its chart, `full_kilobytes` of what "Explore" loads after.
    """

    paint: float
    chart: float
    answers: float
    kilobytes: float
    full: float
    full_kilobytes: float

    @property
    def holds(self) -> bool:
        """Whether a first visit on a phone keeps to the goals."""
        return (
            self.kilobytes <= MOST_KILOBYTES and max(self.chart, self.answers) <= MOST_CHART and self.full <= MOST_FULL
        )


@dataclass(frozen=True, slots=True)
class Waits:
    """The medians of a first visit and a later one at a desktop, and of a first one on a phone."""

    first: Wait
    later: Wait
    phone: Wait


def waits(address: str, *, rounds: int = ROUNDS) -> Waits | str:
    """The waits for the chart at an address; or why they cannot be measured here."""
    if not CHROMIUM:
        return "no chromium on this machine (Debian: apt install chromium)"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "playwright is not installed (it is one of the dev dependencies)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _desktop_waits(browser, address)  # the browser's own start is nobody's fault
        desktop = [_desktop_waits(browser, address) for _ in range(rounds)]
        phone = [_phone(browser, address) for _ in range(rounds)]
        browser.close()
    return Waits(_middle(first for first, _ in desktop), _middle(later for _, later in desktop), _middle(phone))


def _desktop_waits(browser: Any, address: str) -> tuple[Wait, Wait]:
    context = browser.new_context(viewport={"width": 1440, "height": 1600}, locale="en")
    context.add_init_script(WATCH)
    pair = _visit(context.new_page(), address), _visit(context.new_page(), address)
    context.close()
    return pair


def _phone(browser: Any, address: str) -> Wait:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en", has_touch=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    wait = _visit(page, address)
    context.close()
    return wait


def _visit(page: Any, address: str) -> Wait:
    page.goto(address)
    chart, answers = page.evaluate(SEEN, "chart"), page.evaluate(SEEN, "answers")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    kilobytes = page.evaluate(SENT) / 1000
    page.locator(".explore").scroll_into_view_if_needed()
    requested = page.evaluate("performance.now()")
    page.evaluate("document.querySelector('.explore').click()")
    full = page.evaluate(SEEN, "full") - requested
    more = page.evaluate(SENT) / 1000 - kilobytes
    page.close()
    # What is in the document but not painted yet is not seen.
    return Wait(paint, max(chart, paint), max(answers, paint), kilobytes, full, more)


def _middle(result: Iterable[Wait]) -> Wait:
    rounds = list(result)
    return Wait(*(statistics.median(getattr(wait, name) for wait in rounds) for name in Wait.__slots__))
