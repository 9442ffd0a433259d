"""`manage.py demo_shop`: serve the simulated shop on loopback."""

import signal
import threading
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from scraping.demo.server import DemoShopServer, madrid_today


class Command(BaseCommand):
    """Serve sixty invented oils at prices that move as on real shelves."""

    help = "Serve the simulated shop on loopback; it needs neither database nor Redis."
    requires_system_checks: list[str] = []  # it must start before anything else does

    def add_arguments(self, parser: CommandParser) -> None:
        """Port and day can be chosen, for tests."""
        named = urlsplit(settings.OILWATCH_DEMO_SHOP_URL)
        parser.add_argument("--port", type=int, default=named.port or 8101, help="0 takes any free port")
        parser.add_argument("--today", type=date.fromisoformat, help="stand still on this day (YYYY-MM-DD)")

    def handle(self, *args: Any, port: int, today: date | None, **options: Any) -> None:
        """Serve until SIGTERM or SIGINT."""
        clock = (lambda: today) if today else madrid_today
        try:
            server = DemoShopServer(("127.0.0.1", port), today=clock)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or "a port is a number from 0 to 65535"
            raise CommandError(f"Port {port} cannot be used ({why}); choose another with --port.") from error

        def end(number: int, frame: object) -> None:
            # shutdown() waits for the serving loop, which this very thread runs
            threading.Thread(target=server.shutdown).start()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        self.stdout.write(f"The demo shop serves {len(server.simulation.products)} oils at {server.url}")
        self.stdout.flush()
        with server:
            server.serve_forever(poll_interval=0.1)
