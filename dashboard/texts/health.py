"""The health checks in the reader's language: what is wrong, its cause, and which setting or command puts it right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dashboard.texts.formats import age
from dashboard.texts.states import FAILED_VISITS, Text

Check = dict[str, Any]
DOCKER = "docker compose -f docker/compose.yaml up -d"
WORKER = ("celery --app oilwatch worker --queues default,scrape,train", f"{DOCKER} worker")
SCHEDULER = ("celery --app oilwatch beat", f"{DOCKER} beat")
REDIS = ("make up", f"{DOCKER} redis")
DATABASE = ("make up", f"{DOCKER} postgres")
TABLES = ("python manage.py migrate",)

REDIS_CAUSES: dict[str, Text] = {
    "AuthenticationError": _("It refuses the password in REDIS_URL."),
    "ConnectionError": _("Nothing accepts connections there: Redis is stopped, or REDIS_URL is wrong."),
    "TimeoutError": _("No answer within a second: Redis is overloaded, or REDIS_URL is wrong."),
}
DATABASE_CAUSES: dict[str, Text] = {
    "OperationalError": _("No connection: PostgreSQL is stopped, or DATABASE_URL is wrong."),
    "ProgrammingError": _("The tables are not those of this version."),
}


@dataclass(frozen=True, slots=True)
class Cure:
    """What to do: a sentence, commands of which one is enough, and the name of the page where it is done."""

    text: Text
    commands: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One check; where it is not well, its cause and its cures."""

    text: str
    ok: bool = True
    cause: Text = ""
    cures: tuple[Cure, ...] = ()
    setting: str = ""  # name and value, without its password: for the operator alone


START_WORKER = Cure(_("Start a worker:"), WORKER)
START_SCHEDULER = Cure(_("Start the scheduler:"), SCHEDULER)
SHOPS = "admin:scraping_shop_changelist"
_PLACE = Cure(
    _("Set the shop’s delivery place, or let it accept pages that name none (accepts unknown place)."), page=SHOPS
)
SHOP_CURES: dict[str, Cure] = {
    "blocked": Cure(
        _("Check this shop less often: a longer visit interval and more seconds between requests."), page=SHOPS
    ),
    "gone": Cure(_("Stop watching the products that are gone."), page="admin:scraping_product_changelist"),
    "unreadable": Cure(_("See which rule no longer fits the shop’s pages."), page="admin:scraping_visit_selectors"),
    "wrong_location": _PLACE,
    "unknown_location": _PLACE,
    "wrong_product": Cure(_("Decide which product these pages show."), page="held_offers"),
    "implausible": Cure(_("Decide on the prices held for review."), page="held_offers"),
    "unreachable": Cure(
        _("Check this server’s network and OILWATCH_PROXIES. The demo shop is started by:"),
        ("python manage.py demo_shop",),
    ),
    "forbidden": Cure(
        _(
            "Read the shop’s terms. OILWATCH_SCRAPE_AMAZON=true allows Amazon; "
            "OILWATCH_OBEY_ROBOTS decides on robots.txt."
        )
    ),
    "dead": Cure(_("Workers stopped in the middle of these checks: see their log and this server’s memory.")),
    "cancelled": Cure(_("The checks were cancelled. Start them again with “Check all now”.")),
}
SEE_VISITS = Cure(_("See why its last checks ended so."), page="admin:scraping_visit_changelist")


def health_lines(checks: dict[str, Check], now: datetime) -> list[HealthLine]:
    """Every check as a line; shops nobody checked, and each shop that gives no price, have lines of their own."""
    lines: list[HealthLine] = []
    for name, check in checks.items():
        lines += _shops(checks, now) if name == "looks" else [LINES[name](check, now)]
    return lines


def with_cures(checks: dict[str, Check], now: datetime) -> dict[str, Check]:
    """The checks as JSON has them: each that failed with its cause and its cures in words."""
    result = {}
    for name, check in checks.items():
        result[name] = check
        if not check["ok"]:
            line = _shops(checks, now)[0] if name == "looks" else LINES[name](check, now)
            result[name] = {**check, "cause": str(line.cause), "cure": [_in_words(cure) for cure in line.cures]}
    return result


def _in_words(cure: Cure) -> str:
    return f"{cure.text} {' | '.join(cure.commands)}".strip()


def _redis(check: Check, _now: datetime) -> HealthLine:
    if check["ok"]:
        return HealthLine(gettext("Redis answers."))
    return HealthLine(
        gettext("Redis does not answer: no page is checked until it does."),
        ok=False,
        cause=_cause(REDIS_CAUSES, check["why"]),
        cures=(
            Cure(_("Correct REDIS_URL for the website, the workers and the scheduler.")),
            Cure(_("Or start Redis:"), REDIS),
        ),
        setting=f"REDIS_URL={_without_password(settings.REDIS_URL)}",
    )


def _database(check: Check, _now: datetime) -> HealthLine:
    if check["ok"]:
        return HealthLine(gettext("PostgreSQL answers."))
    text = gettext("PostgreSQL does not answer.")
    cures: tuple[Cure, ...] = (
        Cure(_("Correct DATABASE_URL for the website, the workers and the scheduler.")),
        Cure(_("Or start PostgreSQL:"), DATABASE),
    )
    if check["why"] == "ProgrammingError":
        text = gettext("PostgreSQL answers, but a table or a column is missing.")
        cures = (Cure(_("Bring the tables up to date:"), TABLES),)
    named = settings.DATABASES["default"]
    address = f"{named.get('HOST') or 'localhost'}:{named.get('PORT') or 5432}/{named.get('NAME', '')}"
    cause = _cause(DATABASE_CAUSES, check["why"])
    return HealthLine(text, ok=False, cause=cause, cures=cures, setting=f"DATABASE_URL={address}")


def _beat(check: Check, now: datetime) -> HealthLine:
    last = check["last_ring"]
    if check["ok"]:
        return HealthLine(gettext("Scheduler OK (last tick %(age)s).") % {"age": age(last, now)})
    cause = gettext("It has never run on this database.")
    if last is not None:
        cause = gettext("Its last tick was %(age)s: it has stopped, or it does not reach the database.") % {
            "age": age(last, now)
        }
    return HealthLine(gettext("Scheduler: no tick for five minutes."), ok=False, cause=cause, cures=(START_SCHEDULER,))


def _queue(check: Check, now: datetime) -> HealthLine:
    if check["ok"]:
        counts = {"visits": check["visits_open"], "trainings": check["trainings_open"]}
        return HealthLine(gettext("Open checks: %(visits)s; open trainings: %(trainings)s.") % counts)
    waiting = check["waiting"]
    cause = ngettext(
        "%(count)s job waits, the oldest since %(age)s, and no worker has taken any for 15 minutes.",
        "%(count)s jobs wait, the oldest since %(age)s, and no worker has taken any for 15 minutes.",
        waiting,
    )
    return HealthLine(
        gettext("No worker is running."),
        ok=False,
        cause=cause % {"count": waiting, "age": age(check["oldest"], now)},
        cures=(START_WORKER,),
    )


def _shops(checks: dict[str, Check], now: datetime) -> list[HealthLine]:
    check = checks["looks"]
    lines = [_late(checks, now)] if check["late"] else []
    lines += [_failing(shop, outcome) for shop, outcome in check["failing"].items()]
    return lines or [HealthLine(gettext("Every shop was checked on time."))]


def _late(checks: dict[str, Check], now: datetime) -> HealthLine:
    shops = [
        f"{shop} ({age(last, now) if last else gettext('never checked')})"
        for shop, last in checks["looks"]["late"].items()
    ]
    cause, cure = _why_late(checks)
    text = gettext("Not checked on time: %(shops)s.") % {"shops": ", ".join(shops)}
    return HealthLine(text, ok=False, cause=cause, cures=(cure,))


def _why_late(checks: dict[str, Check]) -> tuple[Text, Cure]:
    """Whatever fails before the visit is the cause; where nothing does, there are too few workers."""
    if not checks["redis"]["ok"]:
        return _("No order reaches a worker while Redis does not answer."), Cure(_("Start Redis:"), REDIS)
    if not checks["beat"]["ok"]:
        return _("Nobody plans the checks: the scheduler is not running."), START_SCHEDULER
    if not checks["queue"]["ok"]:
        return _("The checks are planned, but no worker makes them."), START_WORKER
    more = _("Raise OILWATCH_WORKERS and start the workers again, or check these shops less often:")
    return _("The workers have more checks to make than they manage."), Cure(more, WORKER, page=SHOPS)


def _failing(shop: str, outcome: str) -> HealthLine:
    why = FAILED_VISITS.get(outcome, outcome)
    text = gettext("%(shop)s was checked on time, but no page gave a price: %(why)s.") % {"shop": shop, "why": why}
    return HealthLine(text, ok=False, cures=(SHOP_CURES.get(outcome, SEE_VISITS),))


def _cause(causes: dict[str, Text], why: str) -> str:
    return str(causes[why]) if why in causes else gettext("It answers with an error: %(error)s.") % {"error": why}


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


LINES: dict[str, Callable[[Check, datetime], HealthLine]] = {
    "redis": _redis,
    "database": _database,
    "beat": _beat,
    "queue": _queue,
}
