"""Fixtures for the whole suite: no network beyond loopback, a clean Redis, the demo shop, ready-made rows."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_socket import enable_socket, socket_allow_hosts

from scraping.client.shared_redis import shared_redis
from scraping.demo.server import DemoShopServer

# A busy machine is slow, not wrong: no example fails for its duration.
hypothesis_settings.register_profile("oilwatch", deadline=None, max_examples=50)
hypothesis_settings.load_profile("oilwatch")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests with transactions of their own empty the published record; any other database refuses that."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET oilwatch.test_database = 'on'")
        cursor.execute("SET oilwatch.test_database = 'on'")


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Nothing leaves this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """Breakers, turns and cached robots.txt of an earlier test are forgotten."""
    shared_redis().flushdb()


@pytest.fixture
def demo_server(settings: Any) -> Iterator[DemoShopServer]:
    """The demo shop over real HTTP on a free port, known to the settings."""
    server = DemoShopServer(("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.OILWATCH_DEMO_SHOP_URL = server.url
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
