"""pytest plugin: the embedded PostgreSQL and Redis are up before Django's settings load, in a home of their own."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

os.environ.setdefault("OILWATCH_HOME", str(PROJECT / "var" / "test"))
os.environ["OILWATCH_PLAIN_HTTP"] = "true"
os.environ.setdefault("OMP_NUM_THREADS", "1")

from oilwatch.embedded.servers import ensure  # noqa: E402 - after the home is named

ensure()
# Suites side by side must not flush each other's Redis: each has a database number of its own.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if "?db=" in os.environ["REDIS_URL"]:
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].split('?db=')[0]}?db={int(_worker) + 1}"
