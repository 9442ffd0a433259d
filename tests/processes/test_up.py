"""`manage.py up` as a person would run it: real servers, gunicorn, workers, beat, demo shop; then disasters."""

import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis

from tests.processes.platform import PROJECT, Platform, wait

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300), pytest.mark.xdist_group("up")]


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    # Not pytest's own folder: that is closed to the user PostgreSQL runs as when the suite runs as root.
    with tempfile.TemporaryDirectory(prefix="oilwatch-up-", ignore_cleanup_errors=True) as folder:
        running = Platform(Path(folder) / "home")
        yield running
        if running.process.poll() is None:
            running.stop(signal.SIGTERM)


def test_the_first_start_shows_prices_and_forecasts(platform: Platform) -> None:
    assert platform.get("/api/products/")["count"] == 60
    forecasts = platform.sql("SELECT count(*) FROM forecasting_forecast")[0][0]
    assert forecasts >= 50
    page = platform.get("/")
    assert "€" in page
    product = platform.sql("SELECT product_id FROM forecasting_forecast LIMIT 1")[0][0]
    assert len(platform.get(f"/api/predict/?product={product}&days=7")["days"]) == 7
    assert "<svg" in platform.get(f"/products/{product}/").split('class="plot"')[1]
    assert re.search(r"user admin, password \S+", platform.output())


def test_a_worker_killed_in_the_middle_and_a_flushed_redis_lose_nothing(platform: Platform) -> None:
    platform.sql("UPDATE scraping_shop SET seconds_between_requests = 0.15")
    before = platform.sql("SELECT coalesce(max(id), 0) FROM scraping_visit")[0][0]
    out = platform.command("scrape", "--all")
    run = int(re.search(r"Run (\d+)", out).group(1))
    wait(lambda: platform.get(f"/api/scraper/{run}/")["done"] >= 10, 30)
    for worker in platform.workers():
        worker.kill()
    redis.Redis(unix_socket_path=str(platform.home / "redis" / "redis.sock")).flushall()
    done = platform.get(f"/api/scraper/{run}/")["done"]
    assert done < 60, "the kill came too late to show anything"
    wait(lambda: platform.get(f"/api/scraper/{run}/")["status"] == "done", 90)
    after = platform.get(f"/api/scraper/{run}/")
    assert (after["total"], after["outcomes"]) == (60, {"ok": 60})
    visits = platform.sql(f"SELECT count(*), count(DISTINCT product_id) FROM scraping_visit WHERE run_id = {run}")
    assert visits == [(60, 60)]
    doubles = f"""SELECT product_id, due_at FROM scraping_visit WHERE id > {before} GROUP BY 1, 2 HAVING count(*) > 1"""
    assert platform.sql(doubles) == []


def test_workers_killed_in_the_middle_of_a_training_are_replaced(platform: Platform) -> None:
    """The catalogue's cross-validation is spread over both workers; the old forecasts are served until all is done."""
    before, newest = platform.sql("SELECT count(*), max(training_id) FROM forecasting_forecast")[0]
    product = platform.sql("SELECT product_id FROM forecasting_forecast LIMIT 1")[0][0]
    out = platform.command("retrain", "--all")
    training = int(re.search(r"Training (\d+)", out).group(1))
    parts = f"SELECT kind, status FROM forecasting_trainingpart WHERE training_id = {training}"
    wait(lambda: ("cross_validate", "running") in platform.sql(parts), 30)
    for worker in platform.workers():
        worker.kill()
    served = f"SELECT training_id FROM forecasting_forecast WHERE product_id = {product} ORDER BY 1 DESC LIMIT 1"
    assert platform.sql(served)[0][0] == newest
    assert platform.get(f"/api/predict/?product={product}")["days"]
    wait(lambda: platform.get(f"/api/retrain/{training}/")["status"] not in {"queued", "running"}, 180)
    done = platform.get(f"/api/retrain/{training}/")
    assert done["status"] == "done", done
    assert {part["status"] for part in done["parts"]} == {"done"}
    assert max(part["attempts"] for part in done["parts"]) > 1, "the kill came too late to show anything"
    once = "SELECT count(*), count(DISTINCT product_id) FROM {} WHERE training_id = " + str(training)
    curves, with_curve = platform.sql(once.format("forecasting_methodforecast"))[0]
    assert curves == with_curve > 0
    count, products = platform.sql(once.format("forecasting_forecast"))[0]
    assert count == products > 0
    assert platform.sql("SELECT count(*) FROM forecasting_forecast")[0][0] == before + count


def test_ctrl_c_is_clean_and_a_second_start_finds_its_data(platform: Platform) -> None:
    forecasts = platform.sql("SELECT count(*) FROM forecasting_forecast")[0][0]
    assert platform.stop(signal.SIGINT) == 0
    assert not (platform.home / "postgres" / "postmaster.pid").exists()
    left = [
        each for each in psutil.process_iter(["cmdline"]) if str(platform.home) in " ".join(each.info["cmdline"] or [])
    ]
    assert left == []
    platform.start()
    assert platform.sql("SELECT count(*) FROM forecasting_forecast")[0][0] >= forecasts
    assert platform.get("/api/products/")["count"] == 60


def test_one_command_removes_the_simulated_data(platform: Platform) -> None:
    assert "60 simulated products" in platform.command("demo", "--remove")
    assert platform.get("/api/products/")["count"] == 0


def test_a_port_in_use_is_said_clearly(platform: Platform) -> None:
    env = platform.env | {"OILWATCH_HOME": str(platform.home)}
    done = subprocess.run(
        [sys.executable, "manage.py", "up"], cwd=PROJECT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert f"PORT={platform.port} is not a free port" in done.stderr
