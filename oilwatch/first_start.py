"""What the first start does that later ones need not: an administrator, and realistic data."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import close_old_connections

from forecasting.models import Training, TrainingSource, TrainingStatus
from forecasting.services.order_training import order_training
from scraping.selectors import run_progress
from scraping.services.seed_demo import seed_demo

LONGEST_WAIT = 180.0  # seconds for the first visits, and again for the first training
OVER = (TrainingStatus.DONE, TrainingStatus.FAILED, TrainingStatus.CANCELLED, TrainingStatus.DEAD)


def ensure_administrator(home: Path) -> str:
    """Make the user `admin` with a random password if there is no administrator; returns how to log in."""
    users = get_user_model().objects
    path = home / "admin_password"
    if not users.filter(is_superuser=True).exists():
        password = secrets.token_urlsafe(9)
        users.create_superuser("admin", "admin@localhost", password)
        path.touch(mode=0o600)
        path.write_text(password)
    if not path.exists():
        return "your own administrator"
    return f"user admin, password {path.read_text()}"


def is_first(home: Path) -> bool:
    """Whether the demo shop was never seeded here; once removed it does not come back by itself."""
    return not (home / "demo_seeded").exists()


def fill(home: Path, say: Callable[[str], None]) -> None:
    """Seed from the demo shop, let the workers visit everything once, and train."""
    say("first start: reading the demo shop's shelves (simulated prices) ...")
    run = seed_demo()
    (home / "demo_seeded").touch()
    _wait(lambda: run_progress(run).status == "done")
    progress = run_progress(run)
    say(f"first start: {progress.outcomes.get('ok', 0)} of {progress.total} pages read; training forecasts ...")
    training = order_training(source=TrainingSource.FIRST_START)
    _wait(lambda: Training.objects.filter(pk=training.pk, status__in=OVER).exists())
    training.refresh_from_db()
    say(f"first start: {training.reason or 'the training goes on in the background'}")


def _wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while not done() and time.monotonic() < deadline:
        time.sleep(0.25)
    close_old_connections()
