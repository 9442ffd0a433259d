"""Fixtures of the dashboard's tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.dashboard.browsing import CHROMIUM, FLAGS
from tests.dashboard.sinks import MailSink, WebSink, mail_sink, web_sink
from tests.factories import UserFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language in the thread: the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture
def operator() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(staff=True), backend=BACKEND)
    return client


@pytest.fixture
def person() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(UserFactory(), backend=BACKEND)
    return client


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    # Playwright's own event loop runs in this thread; the rows are made in it all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def web(settings: Any) -> Iterator[WebSink]:
    """A web server that takes what channels send."""
    settings.OILWATCH_ALERT_PRIVATE_HOSTS = True
    with web_sink() as sink:
        yield sink


@pytest.fixture
def post(settings: Any) -> Iterator[MailSink]:
    """A mail server that takes what is mailed."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 3
        yield sink


@pytest.fixture
def stranger() -> Client:
    """Whoever reads the mail: no account, no cookie."""
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})
