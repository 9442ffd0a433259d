"""The web process of a benchmark's platform as the Procfile starts it, and what an answer of it costs."""

import gzip
import os
import shlex
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

ROUNDS = 15
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer costs: milliseconds (median and worst), bytes of its body, and bytes over the wire."""

    median: float
    worst: float
    body: int
    wire: int


@contextmanager
def served() -> Iterator[str]:
    """Start gunicorn as the Procfile does, on a free port; yields its address."""
    from django.core.management import call_command
    from honcho.environ import parse_procfile

    from oilwatch.free_port import free_port

    call_command("collectstatic", interactive=False, verbosity=0)
    target = Path(__file__).resolve().parents[1]
    port = free_port(8500)
    # The throttle is not what is measured here; the path is for gunicorn beside this Python.
    own = {"PORT": str(port), "OILWATCH_READS_PER_MINUTE": "1000000", "LOG_LEVEL": "ERROR"}
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    text = shlex.split(parse_procfile((target / "Procfile").read_text()).processes["web"])
    while "=" in text[0]:
        name, _, value = text.pop(0).partition("=")
        own[name] = value
    running = subprocess.Popen(text, cwd=target, env={**os.environ, **own})
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(30)


def cost(address: str, path: str, *, rounds: int = ROUNDS) -> Cost:
    """Ask some times over one connection, after one answer that does not count."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    once(connection, path)
    took, body, wire = [], b"", 0
    for _ in range(rounds):
        begun = time.perf_counter()
        raw, encoding = once(connection, path)
        took.append(1000 * (time.perf_counter() - begun))
        body, wire = (gzip.decompress(raw) if encoding == "gzip" else raw), len(raw)
    connection.close()
    return Cost(statistics.median(took), max(took), len(body), wire)


def once(connection: HTTPConnection, path: str) -> tuple[bytes, str]:
    """Ask as a browser does; returns the bytes that came and their encoding."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    raw = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}: {raw[:200]!r}")
    return raw, answer.headers.get("Content-Encoding", "")


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            with urllib.request.urlopen(f"{address}/health/live/", timeout=2):  # noqa: S310 - our own
                return
        except OSError:
            if running.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
