"""System checks: settings that cannot work, each with an id and what to change."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

POSITIVE = (
    *("OILWATCH_PAGE_BYTES", "OILWATCH_PAGE_SECONDS", "OILWATCH_RING_AGAIN_SECONDS"),
    *("OILWATCH_VISIT_LEASE_SECONDS", "OILWATCH_TRAINING_LEASE_SECONDS", "OILWATCH_TRAINING_MINUTES"),
    *("OILWATCH_TRAINING_SPREAD_FROM", "OILWATCH_TRAINING_SHARES", "OILWATCH_TRAINING_SERIES"),
    *("OILWATCH_VISIT_DAYS", "OILWATCH_SNAPSHOT_DAYS", "OILWATCH_ALERT_DAYS", "OILWATCH_ARTEFACT_DAYS"),
    *("OILWATCH_TRAINING_DAYS",),
    *("OILWATCH_CAPTURE_BYTES", "OILWATCH_CAPTURES_PER_MINUTE"),
)
URLS = (
    *("OILWATCH_DEMO_SHOP_URL", "OILWATCH_KEEPA_URL", "OILWATCH_CREATORS_URL"),
    *("OILWATCH_CREATORS_TOKEN_URL", "OILWATCH_EU_PRICES_URL"),
)


@checks.register
def check_settings(app_configs: Any, **_named: Any) -> list[CheckMessage]:
    """All findings about oilwatch's own settings."""
    return [*_numbers(), *_addresses(), *_leases(), *_identity(), *_contenders()]


def _numbers() -> Iterator[CheckMessage]:
    for name in POSITIVE:
        if getattr(settings, name) <= 0:
            yield Error(f"{name} is {getattr(settings, name)}.", hint="Give a number above 0.", id="oilwatch.E001")


def _addresses() -> Iterator[CheckMessage]:
    for name in URLS:
        if not _is_http(getattr(settings, name)):
            yield Error(f"{name} is no HTTP address.", hint="Write it as https://host/path.", id="oilwatch.E002")
    if not all(map(_is_http, settings.OILWATCH_PROXIES)):
        hint = "Write each as http://user:password@host:port, separated by commas."
        yield Error("OILWATCH_PROXIES holds something that is no HTTP address.", hint=hint, id="oilwatch.E003")


def _leases() -> Iterator[CheckMessage]:
    if settings.OILWATCH_VISIT_LEASE_SECONDS <= settings.OILWATCH_PAGE_SECONDS:
        hint = "Make the lease longer, or the time for a page shorter: another worker would begin the visit again."
        yield checks.Warning("A visit's lease ends before its page may be complete.", hint=hint, id="oilwatch.W004")
    if settings.OILWATCH_SNAPSHOT_DAYS > settings.OILWATCH_VISIT_DAYS:
        hint = "Give OILWATCH_SNAPSHOT_DAYS at most OILWATCH_VISIT_DAYS: a page without its visit proves nothing."
        yield checks.Warning("Pages are kept longer than the visits that fetched them.", hint=hint, id="oilwatch.W001")


def _identity() -> Iterator[CheckMessage]:
    if settings.OILWATCH_SCRAPE_AMAZON and "example.org" in settings.OILWATCH_USER_AGENT:
        hint = "Set OILWATCH_USER_AGENT with an address at which the shop can reach you."
        yield checks.Warning("Amazon is scraped under the placeholder User-Agent.", hint=hint, id="oilwatch.W002")
    if settings.OILWATCH_SCRAPE_AMAZON and not settings.OILWATCH_OBEY_ROBOTS:
        hint = "Set OILWATCH_OBEY_ROBOTS=true unless you have the shop's consent."
        yield checks.Warning("Amazon is scraped without regard to robots.txt.", hint=hint, id="oilwatch.W003")


def _contenders() -> Iterator[CheckMessage]:
    if not settings.OILWATCH_CONTENDERS:
        return
    from forecasting.forecasters.registry import usable_forecasters

    usable = {one.name for one in usable_forecasters()}
    for name in settings.OILWATCH_CONTENDERS:
        if name not in usable:
            hint = f"Name some of {', '.join(sorted(usable))}; the LSTM needs its extra: pip install .[lstm]"
            yield Error(f"OILWATCH_CONTENDERS names {name!r}, which cannot run here.", hint=hint, id="oilwatch.E004")


def _is_http(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
