"""Every unhealthy check names its cause and the setting, command or page that puts it right."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse
from django.utils.translation import override

from dashboard.texts import health as texts
from dashboard.texts.health import HealthLine, health_lines, with_cures
from dashboard.texts.states import FAILED_VISITS

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WELL: dict[str, dict[str, Any]] = {
    "redis": {"ok": True},
    "database": {"ok": True},
    "beat": {"ok": True, "last_ring": NOW},
    "looks": {"ok": True, "late": {}, "failing": {}},
    "queue": {"ok": True, "visits_open": 2, "trainings_open": 1},
}
ILL: dict[str, dict[str, Any]] = {
    "beat": {"ok": False, "last_ring": NOW - HOUR, "why": ""},
    "queue": {"ok": False, "why": "", "waiting": 3, "oldest": NOW - HOUR, "visits_open": 3, "trainings_open": 0},
    "looks": {"ok": False, "late": {"demo": NOW - HOUR}, "failing": {"amazon.es": "blocked", "b": "gone"}},
}


def failed(**checks: dict[str, Any]) -> list[HealthLine]:
    return [line for line in health_lines({**WELL, **checks}, NOW) if not line.ok]


def everything(line: HealthLine) -> str:
    cures = [f"{cure.text} {' '.join(cure.commands)}" for cure in line.cures]
    return " ".join([line.text, str(line.cause), *cures, line.setting])


def test_all_is_well() -> None:
    assert failed() == []
    assert len(health_lines(WELL, NOW)) == len(WELL)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        ("ConnectionError", "Redis is stopped"),
        ("AuthenticationError", "refuses the password"),
        ("TimeoutError", "No answer within a second"),
        ("ResponseError", "an error: ResponseError"),
    ],
)
def test_redis(settings: Any, error: str, cause: str) -> None:
    settings.REDIS_URL = "redis://me:secret@cache.example:6380/2"
    [line] = failed(redis={"ok": False, "why": error})
    assert cause in str(line.cause)
    assert line.setting == "REDIS_URL=cache.example:6380/2"
    assert "Correct REDIS_URL" in everything(line)
    assert "make up docker compose -f docker/compose.yaml up -d redis" in everything(line)


@pytest.mark.parametrize(
    ("error", "cause", "cure"),
    [
        ("OperationalError", "PostgreSQL is stopped", "Correct DATABASE_URL"),
        ("OperationalError", "DATABASE_URL is wrong", "up -d postgres"),
        ("ProgrammingError", "not those of this version", "python manage.py migrate"),
        ("InternalError", "an error: InternalError", "Correct DATABASE_URL"),
    ],
)
def test_the_database(settings: Any, error: str, cause: str, cure: str) -> None:
    checks: dict[str, dict[str, Any]] = {"redis": {"ok": True}, "database": {"ok": False, "why": error}}
    [line] = [line for line in health_lines(checks, NOW) if not line.ok]
    assert cause in str(line.cause)
    assert cure in everything(line)
    password = settings.DATABASES["default"].get("PASSWORD")
    assert line.setting.startswith("DATABASE_URL=")
    assert not password or password not in line.setting


def test_a_silent_scheduler() -> None:
    [line] = failed(beat=ILL["beat"])
    assert "Its last tick was 1 h ago" in str(line.cause)
    assert "Start the scheduler: celery --app oilwatch beat" in everything(line)
    [line] = failed(beat={**ILL["beat"], "last_ring": None})
    assert "never run" in str(line.cause)


def test_no_worker() -> None:
    [line] = failed(queue=ILL["queue"])
    assert line.text == "No worker is running."
    assert "3 jobs wait, the oldest since 1 h ago" in str(line.cause)
    assert "Start a worker: celery --app oilwatch worker" in everything(line)


def test_shops_that_fail_are_shown_beside_those_that_are_late() -> None:
    lines = [everything(line) for line in failed(looks=ILL["looks"])]
    assert len(lines) == 3
    assert "demo (1 h ago)" in lines[0]
    assert "amazon.es was checked on time, but no page gave a price: the shop showed a robot check." in lines[1]
    assert "b was checked" in lines[2]


@pytest.mark.parametrize(
    ("cause", "name", "cure"),
    [
        ("while Redis does not answer", "redis", "up -d redis"),
        ("the scheduler is not running", "beat", "celery --app oilwatch beat"),
        ("no worker makes them", "queue", "celery --app oilwatch worker"),
        ("more checks to make than they manage", "", "OILWATCH_WORKERS"),
    ],
)
def test_why_a_shop_is_late(cause: str, name: str, cure: str) -> None:
    ill = {"redis": {"ok": False, "why": "ConnectionError"}, **ILL}
    late = {"ok": False, "late": {"demo": None}, "failing": {}}
    line = next(line for line in failed(**({name: ill[name]} if name else {}), looks=late) if "demo" in line.text)
    assert "never checked" in line.text
    assert cause in str(line.cause)
    assert cure in everything(line)


@pytest.mark.parametrize("outcome", [*FAILED_VISITS, "something new"])
def test_every_way_a_shop_fails_has_a_cure(outcome: str) -> None:
    [line] = failed(looks={"ok": True, "late": {}, "failing": {"demo": outcome}})
    [cure] = line.cures
    assert cure.text
    if cure.page:
        assert reverse(cure.page)


def test_a_cure_is_named_in_spanish_too() -> None:
    lines = failed(redis={"ok": False, "why": "ConnectionError"}, **ILL)

    def texts_shown() -> set[str]:
        return {str(text) for line in lines for text in (line.cause, *(cure.text for cure in line.cures)) if text}

    english = texts_shown()
    with override("es"):
        lines = failed(redis={"ok": False, "why": "ConnectionError"}, **ILL)
        assert not english & texts_shown()


def test_the_commands_are_those_of_the_procfile_and_of_docker() -> None:
    procfile = (ROOT / "Procfile").read_text().replace("--quiet ", "")
    services = yaml.safe_load((ROOT / "docker/compose.yaml").read_text())["services"]
    for plain, docker in (texts.WORKER, texts.SCHEDULER):
        assert f": {plain} " in procfile
        assert docker.rsplit(" ", 1)[1] in services
    for _plain, docker in (texts.REDIS, texts.DATABASE):
        assert docker.rsplit(" ", 1)[1] in services


def test_json_keeps_its_keys_and_names_no_address(settings: Any) -> None:
    settings.REDIS_URL = "redis://cache.example:6380/2"
    checks = {**WELL, **ILL, "redis": {"ok": False, "why": "ConnectionError"}}
    named = with_cures(checks, NOW)
    assert "cache.example" not in str(named)
    for name, check in checks.items():
        assert named[name].items() >= check.items()
        assert ("cure" in named[name]) is not check["ok"]
    assert named["queue"]["cure"] == [f"Start a worker: {' | '.join(texts.WORKER)}"]
