"""How well and how fast saved Amazon pages are read, beside the rules of others: `python -m benchmarks.read_pages`.

The labelled pages stand beside the project (`OILWATCH_SHARED`); without them: no figures.
"""

import statistics
import time
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bs4 import BeautifulSoup

from benchmarks.labelled_pages import FOLDERS, PRODUCT_KINDS, Answer, LabelledPage, judge, labelled_pages
from benchmarks.peers import PEERS
from benchmarks.peers.rule import Page, Rule
from scraping.amazon.page_record import Record, page_record

OILWATCH = "**oilwatch, both readers**"
GOAL = 0.30
_ROUNDS = 3
# Under this size parsing is over before the clock has moved; block pages are 2-20 KB.
_SMALL = 100_000
_KINDS = {"unavailable": "product", "home": "other", "captcha": "blocked", "error503": "error"}
_SKIPPED = "## Reading Amazon pages\n\nSkipped: the labelled pages are not beside the project (OILWATCH_SHARED).\n"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one rule gave for one page; `reads_list_price` is False where the project has no such rule."""

    rule: str
    page: LabelledPage
    price: Answer
    list_price: Answer
    reads_list_price: bool = True


def oilwatch_answers(page: LabelledPage, record: Record) -> Answers:
    """Return what this project's two readers gave."""
    return Answers(OILWATCH, page, _decimal(record["price"]), _decimal(record["list_price"]))


def peer_answers(page: LabelledPage) -> Iterable[Answers]:
    """Yield what each peer's rules give; all share one parse."""
    text = page.html.decode("utf-8", errors="replace")
    parsed = Page(text, BeautifulSoup(page.html, "lxml"), page.marketplace)
    for peer in PEERS:
        yield Answers(peer.name, page, peer.price(parsed), _read(peer.list_price, parsed), peer.list_price is not None)


def _read(rule: Rule | None, page: Page) -> Answer:
    """Apply a rule, if there is one."""
    return rule(page) if rule else None


def _decimal(value: object) -> Answer:
    """Read a record's money, which is text."""
    return None if value is None else Decimal(str(value))


def price_table(answers: Collection[Answers], what: str) -> list[str]:
    """Count prices by rule."""
    lines = [f"| rule, {what} | right | wrong | invented | missed |", "|---|---|---|---|---|"]
    for rule in dict.fromkeys(answer.rule for answer in answers):
        count = Counter(judge(a.page.prices, a.price) for a in answers if a.rule == rule)
        lines.append(_row(rule, [count[name] for name in ("right", "wrong", "invented", "missed")]))
    return lines


def list_price_table(answers: Collection[Answers]) -> list[str]:
    """Count list prices by rule; none where none is shown is right."""
    lines = ["| rule, list price | right | false | missed |", "|---|---|---|---|"]
    for rule in dict.fromkeys(answer.rule for answer in answers):
        own = [answer for answer in answers if answer.rule == rule]
        count = Counter(judge(a.page.list_prices, a.list_price) for a in own)
        figures = [count["right"], count["wrong"] + count["invented"], count["missed"]]
        lines.append(_row(rule, figures if own[0].reads_list_price else ["-"] * 3))
    return lines


def _row(rule: str, figures: Iterable[object]) -> str:
    """Lay out one row of a table."""
    return " | ".join([f"| {rule}", *map(str, figures)]) + " |"


def not_right(answer: Answers, kind: object) -> list[str]:
    """Return a line for each thing this project did not read as a person did: kind, price, list price."""
    page = answer.page
    lines = []
    if kind != _KINDS.get(page.kind, page.kind):
        lines.append(f"- {page.name}: kind {kind}; it is {_KINDS.get(page.kind, page.kind)}")
    if judge(page.prices, answer.price) != "right":
        lines.append(f"- {page.name}: price {_text(answer.price)}; it is {_any_of(page.prices)}")
    if page.kind in PRODUCT_KINDS and judge(page.list_prices, answer.list_price) != "right":
        lines.append(f"- {page.name}: list price {_text(answer.list_price)}; it is {_any_of(page.list_prices)}")
    return lines


def _text(answer: Answer) -> str:
    """Write an amount, or that there is none."""
    return "none" if answer is None else str(answer)


def _any_of(answers: Collection[Answer]) -> str:
    """Write the answers that are right."""
    return " or ".join(sorted(map(_text, answers)))


def speed_ratios(pages: Iterable[bytes]) -> list[float]:
    """Return, per page, the time of both readers against one full BeautifulSoup parse; the best of three each."""
    ratios = []
    for page in pages:
        readers, parse = [], []
        for _ in range(_ROUNDS):
            start = time.process_time()
            page_record("", page)
            middle = time.process_time()
            BeautifulSoup(page, "lxml")
            readers.append(middle - start)
            parse.append(time.process_time() - middle)
        ratios.append(min(readers) / min(parse))
    return ratios


def _speed(pages: Iterable[LabelledPage]) -> str:
    """Say what the readers cost, and whether the goal is held."""
    ratios = speed_ratios(page.html for page in pages if len(page.html) > _SMALL)
    if not ratios:
        return "No page is large enough to time."
    median = statistics.median(ratios)
    outcome = "held" if median <= GOAL else "MISSED"
    return (
        f"Both readers, the kind of page and all fields cost {median:.2f} of one full BeautifulSoup-lxml parse "
        f"(median of {len(ratios)} pages, worst {max(ratios):.2f}; goal {GOAL:.2f}: {outcome})."
    )


def section(folders: Collection[Path] = FOLDERS) -> str:
    """Return the figures as a section of the benchmark report."""
    pages = list(labelled_pages(folders))
    if not pages:
        return _SKIPPED
    own: list[Answers] = []
    peers: list[Answers] = []
    misses: list[str] = []
    for page in pages:
        record = page_record("", page.html)
        own.append(oilwatch_answers(page, record))
        peers += peer_answers(page)
        misses += not_right(own[-1], record["kind"])
    of_products = [answer for answer in [*own, *peers] if answer.page.kind in PRODUCT_KINDS]
    lines = ["## Reading Amazon pages", "", _introduction(pages), ""]
    lines += [*price_table(of_products, "price on product pages"), ""]
    lines += [*price_table([*own, *peers], "price on all pages"), ""]
    lines += [*list_price_table(of_products), ""]
    lines += ["Where oilwatch is not right:", "", *misses, ""] if misses else ["oilwatch is right on every page.", ""]
    return "\n".join([*lines, _speed(pages), ""])


def _introduction(pages: Collection[LabelledPage]) -> str:
    """Say what was read, and how kindly the peers are treated."""
    products = [page for page in pages if page.kind in PRODUCT_KINDS]
    searches = sum(page.kind == "search" for page in pages)
    shown = sum(page.list_prices != {None} for page in products)
    return (
        f"{len(pages)} labelled pages, 2016-2026: {len(products)} of products, {shown} of them with a list price; "
        f"{searches} of search results, where the price is that of the first tile nobody paid for and the peers have "
        f"no rule of their own; {len(pages) - len(products) - searches} others, where any price is invented. The "
        "peers' rules are re-expressed from their public sources (`benchmarks/peers/`), with no model, no browser and "
        "nobody choosing among candidates. `-`: the project reads no list price. oilwatch's rules were made with these "
        "pages at hand, the peers' were not: expect less of it on others."
    )


def main() -> str:
    """Print the section and return it."""
    text = section()
    print(text)
    return text


if __name__ == "__main__":
    main()
