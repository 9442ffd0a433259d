"""Pages and the API at 1,000 products with three years of prices each: `python -m benchmarks.page_costs`.

Prices come in by the import, forecasts by one real training; then gunicorn answers as the Procfile starts it, and a
real browser opens the charts. The same pages of a platform with one product say what the other 999 cost.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.data_folder import fresh_platform
from benchmarks.priced_catalogue import DAYS, HOURLY, HOURLY_DAYS, PRODUCTS, write_catalogue
from benchmarks.served_platform import Cost, cost, once, served
from benchmarks.time_to_chart import MOST_CHART, MOST_FULL, MOST_KILOBYTES, waits

MOST_MS, MOST_QUERIES, MOST_RATIO = 100.0, 10, 2.0
PAGES = {
    "market": "/",
    "market, by the change of a year": "/?sort=-change365",
    "market, searched": "/?q=virgen",
    "product": "/products/{id}/",
    "product changing by the hour": "/products/{hourly}/",
    "comparison of two": "/compare/?product={id}&product={hourly}",
    "accuracy": "/accuracy/",
    "deals, Atom": "/deals.atom",
    "product, Atom": "/products/{id}/feed.atom",
    "`/api/products/`": "/api/products/",
    "`/api/predict/`": "/api/predict/?product={id}",
    "`/api/index/`": "/api/index/?grade=extra_virgin",
}
DATA = {
    "a product's days": "product={id}",
    "a product's spells": "product={id}&resolution=spell",
    "a grade's days": "grade=extra_virgin",
}
FORMS = ("json", "columns", "csv", "parquet")


def fill(products: int) -> float:
    """Import that many products; returns the seconds."""
    from scraping.services.import_prices import import_prices

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prices.csv"
        write_catalogue(path, products=products, until=datetime.now(tz=UTC).date())
        begun = time.perf_counter()
        import_prices(path=path)
        return time.perf_counter() - begun


def trained() -> float:
    """Train everything there is, here; returns the seconds."""
    from forecasting.services.order_training import order_training
    from forecasting.services.train import train

    begun = time.perf_counter()
    if train(training_id=order_training(source="command", enqueue=False).pk) != "done":
        raise RuntimeError("the training was not done")
    return time.perf_counter() - begun


def queries(path: str) -> list[str]:
    """The SQL of one answer, when everything cached is cached."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path).getvalue()
    return [query["sql"] for query in captured]


def bare(statement: str) -> tuple[float, int]:
    """Milliseconds psycopg and orjson take for the same rows (median), and how many they are."""
    import orjson
    import psycopg

    took, rows = [], []
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for _ in range(9):
            begun = time.perf_counter()
            rows = connection.execute(statement.replace("%", "%%")).fetchall()  # no parameters, yet psycopg's rule
            orjson.dumps(rows, default=str)
            took.append(1000 * (time.perf_counter() - begun))
    return median(took), len(rows)


def first_visit(address: str, ready: Callable[[], object]) -> float:
    """Milliseconds of the market page with an empty cache (median), after `ready` was done."""
    from django.core.cache import cache

    took = []
    for _ in range(9):
        cache.clear()
        ready()
        connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        begun = time.perf_counter()
        once(connection, "/")
        took.append(1000 * (time.perf_counter() - begun))
    return median(took)


def page_rows(address: str, alone: dict[str, Cost], ids: dict[str, int]) -> list[str]:
    """The table of pages beside those of the platform with one product."""
    rows = [
        f"| page | ms, median | ms, worst | queries | kB | kB packed | {PRODUCTS:,} products / 1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, pattern in PAGES.items():
        path = pattern.format(**ids)
        result = cost(address, path)
        rows.append(
            f"| {name} | {result.median:.0f} | {result.worst:.0f} | {len(queries(path))} | {result.body / 1000:.0f} "
            f"| {result.wire / 1000:.1f} | {result.median / alone[name].median:.1f} |"
        )
        if name == "market":
            good = result.median <= MOST_MS and len(queries(path)) <= MOST_QUERIES
            outcome = f"Goal for the market page, {MOST_MS:.0f} ms and {MOST_QUERIES} queries: "
            outcome += "held." if good else "MISSED."
    return [*rows, "", outcome]


def data_rows(address: str, ids: dict[str, int]) -> list[str]:
    """The table of histories beside psycopg and orjson with the same SQL."""
    rows = [
        "| `/api/data/` | form | rows | ms | rows a second | kB | over psycopg and orjson |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, pattern in DATA.items():
        requested = pattern.format(**ids)
        floor, count = bare(queries(f"/api/data/?{requested}&format=columns")[-1])
        for form in FORMS:
            result = cost(address, f"/api/data/?{requested}&format={form}&page_size=20000", rounds=9)
            rows.append(
                f"| {name} | {form} | {count:,} | {result.median:.1f} | {1000 * count / result.median:,.0f} "
                f"| {result.body / 1000:.0f} | {result.median / floor:.1f} |"
            )
            if form == "columns" and name == "a product's days":
                ratio = result.median / floor
    outcome = "held" if ratio <= MOST_RATIO else "MISSED"
    about = "HTTP, Django and the throttle cost some milliseconds however few the rows"
    return [*rows, "", f"Goal for a product's days as columns, at most {MOST_RATIO:.1f}: {outcome} ({about})."]


def chart_rows(address: str, ids: dict[str, int]) -> list[str]:
    """The table of times to the chart, and whether a first visit on a phone keeps to its goals."""
    rows = [
        "| chart of | visit | first paint, ms | chart seen, ms | it answers, ms | kB | full chart, ms | kB more |",
        "|---|---|---|---|---|---|---|---|",
    ]
    pages = {
        "product": f"/products/{ids['id']}/",
        "market (index)": "/",
        "comparison": f"/compare/?product={ids['id']}&product={ids['hourly']}",
    }
    missed = []
    for name, path in pages.items():
        result = waits(address + path)
        if isinstance(result, str):
            return [f"Time to chart was not measured: {result}."]
        visits = {"first": result.first, "later": result.later, "first, on a phone": result.phone}
        for visit, wait in visits.items():
            rows.append(
                f"| {name} | {visit} | {wait.paint:.0f} | {wait.chart:.0f} | {wait.answers:.0f} | "
                f"{wait.kilobytes:,.0f} | {wait.full:,.0f} | {wait.full_kilobytes:,.0f} |"
            )
        if not result.phone.holds:
            missed.append(name)
    goal = (
        f"Goal on a phone (1.6 Mbit/s, 150 ms, a processor four times slower), first visit: at most "
        f"{MOST_KILOBYTES:.0f} kB, seen and answering within {MOST_CHART / 1000:.0f} s, the full chart "
        f"{MOST_FULL / 1000:.0f} s after it was asked for: "
    )
    return [*rows, "", goal + (f"MISSED by {', '.join(missed)}." if missed else "held.")]


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    fresh_platform()
    load = os.getloadavg()[0]
    from dashboard.tasks import keep_market
    from scraping.models import PriceSpell, Product

    with served() as address:
        fill(1)
        trained()
        only = Product.objects.get().pk
        alone = {name: cost(address, pattern.format(id=only, hourly=only)) for name, pattern in PAGES.items()}
        imported, training = fill(PRODUCTS), trained()
        ids = {"hourly": only, "id": Product.objects.filter(grade="extra_virgin").order_by("id")[HOURLY].pk}
        cold, warm = first_visit(address, lambda: None), first_visit(address, keep_market)
        lines = [
            f"## Pages at {PRODUCTS:,} products of {DAYS:,} days",
            "",
            (
                f"{PriceSpell.objects.count():,} spells, {HOURLY} products hourly for {HOURLY_DAYS} days; "
                f"imported in {imported:.0f} s, forecast by one real training in {training:.0f} s. Asked over HTTP, "
                f"one at a time, of gunicorn as the Procfile starts it; queries counted in Django. "
                f"Load before: {load:.1f}."
            ),
            "",
            *page_rows(address, alone, ids),
            (
                f"Whoever comes when nothing is kept waits {cold:.0f} ms for the market page; {warm:.0f} ms when the "
                "task has it ready."
            ),
            "",
            *data_rows(address, ids),
            "",
            *chart_rows(address, ids),
            "",
            (
                "Chromium without a GPU on the same cores; from the start of navigation until the chart is painted and "
                'answers the pointer, and from "Explore" to the first line that Plotly drew.'
            ),
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(section())
