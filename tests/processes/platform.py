"""The whole platform as `manage.py up` starts it, in a home of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg

from oilwatch.free_port import free_port

PROJECT = Path(__file__).resolve().parents[2]


class Platform:
    """One running `up` in a home of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.port = free_port(18000)
        quick = {
            "OILWATCH_VISIT_LEASE_SECONDS": "4",
            "OILWATCH_RING_AGAIN_SECONDS": "4",
            "OILWATCH_RECONCILE_SECONDS": "2",
            "OILWATCH_TRAINING_LEASE_SECONDS": "4",
            "OILWATCH_TRAINING_SPREAD_FROM": "20",
            # The weekly comparison of forecasters takes a minute where the LSTM is installed; other tests run it.
            "OILWATCH_LEADERBOARD_DAYS": "0",
            "OILWATCH_DEMO_SHOP_URL": f"http://127.0.0.1:{free_port(18500)}",
        }
        clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        self.env = clean | quick | settings | {"OILWATCH_HOME": str(home), "PORT": str(self.port)}
        self.log = home.parent / "up.log"
        self.start()

    def start(self) -> None:
        before = self.output().count("oilwatch is ready") if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=PROJECT, env=self.env, stdout=log, stderr=log
            )
        try:
            wait(lambda: self.output().count("oilwatch is ready") > before or self.process.poll() is not None, 240)
            assert self.process.poll() is None
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"the platform did not start:\n{self.output()}") from error

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sign)
        return self.process.wait(40)

    def kill(self) -> None:
        """End `up` and everything it started, without waiting for an orderly stop."""
        with suppress(psutil.NoSuchProcess):
            below = psutil.Process(self.process.pid).children(recursive=True)
            for each in [psutil.Process(self.process.pid), *below]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
        self.process.wait(40)

    def output(self) -> str:
        return self.log.read_text()

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            body = answer.read().decode()
        return json.loads(body) if path.startswith(("/api", "/health")) else body

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.home / "postgres"), user="postgres", dbname="oilwatch") as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def command(self, *text: str) -> str:
        env = {key: value for key, value in self.env.items() if key != "PORT"}
        done = subprocess.run(
            [sys.executable, "manage.py", *text], cwd=PROJECT, env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    def workers(self) -> list[psutil.Process]:
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in below if "worker" in (line := " ".join(each.cmdline())) and "celery" in line]


def wait(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
