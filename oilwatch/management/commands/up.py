"""`manage.py up` (what `make up` runs): everything at once, until Ctrl-C."""

import os
import sys
import threading
import time
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from honcho.environ import parse_procfile

from oilwatch.first_start import ensure_administrator, fill, is_first
from oilwatch.free_port import free_port, is_free
from oilwatch.supervisor import Supervisor

WEB_PORT, SHOP_PORT = 8000, 8101
HOST = "127.0.0.1"
LONGEST_WEB_START = 60.0


class Command(BaseCommand):
    """Migrate, seed on the first start, and run web, worker, beat and the demo shop under one supervisor."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to have the demo shop."""
        parser.add_argument("--no-demo", action="store_true", help="no simulated shop (or OILWATCH_DEMO=false)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped."""
        begun = time.monotonic()
        demo = not options["no_demo"] and os.environ.get("OILWATCH_DEMO", "true").lower() not in {
            "false",
            "0",
            "no",
        }
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        login = ensure_administrator(settings.HOME)
        env, port = _environment()
        if demo:
            settings.OILWATCH_DEMO_SHOP_URL = env["OILWATCH_DEMO_SHOP_URL"]
        supervisor = Supervisor()
        for name, command in parse_procfile(Path(settings.BASE_DIR, "Procfile").read_text()).processes.items():
            if demo or name != "shop":
                supervisor.add(name, command, env=env, cwd=str(settings.BASE_DIR))
        guide = threading.Thread(
            target=self._guide, args=(supervisor, port, login, begun, demo), name="guide", daemon=True
        )
        guide.start()
        supervisor.loop()
        if not supervisor.stopped_on_request:
            raise CommandError("A process could not be kept running; its last words are above.")

    def _guide(self, supervisor: Supervisor, port: int, login: str, begun: float, demo: bool) -> None:
        """Seed an empty database, then print the address."""
        try:
            _wait_for_web(port)
            if demo and is_first(settings.HOME):
                self._say(f"the page is already there: http://{HOST}:{port}/")
                fill(settings.HOME, self._say)
        except Exception as error:  # noqa: BLE001 - the platform stands; only its filling failed
            if not supervisor.stopping.is_set():
                self._say(f"the first start was not finished: {error}")
        finally:
            close_old_connections()
        if supervisor.stopping.is_set():
            return
        for line in (
            "",
            f"oilwatch is ready after {time.monotonic() - begun:.0f} s",
            f"  page   http://{HOST}:{port}/",
            f"  admin  http://{HOST}:{port}/admin/   {login}",
            f"  API    http://{HOST}:{port}/api/docs/",
            f"  data   {settings.HOME}   (stop with Ctrl-C; it is kept)",
            "",
        ):
            self._say(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        sys.stdout.flush()


def _environment() -> tuple[dict[str, str], int]:
    """The environment of the processes, and the port of the page."""
    wanted = os.environ.get("PORT")
    if wanted and not (wanted.isdigit() and is_free(int(wanted), HOST)):
        raise CommandError(f"PORT={wanted} is not a free port; choose another, or leave PORT out.")
    port = int(wanted) if wanted else free_port(WEB_PORT)
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        "OILWATCH_PLAIN_HTTP": os.environ.get("OILWATCH_PLAIN_HTTP", "true"),
    }
    env.setdefault("OILWATCH_SITE_URL", f"http://{HOST}:{port}")
    env.setdefault("OILWATCH_DEMO_SHOP_URL", f"http://{HOST}:{free_port(SHOP_PORT)}")
    return env, port


def _wait_for_web(port: int) -> None:
    deadline = time.monotonic() + LONGEST_WEB_START
    while True:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health/live/", timeout=2):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
