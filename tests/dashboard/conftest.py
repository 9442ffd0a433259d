"""Fixtures of the dashboard's tests."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

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
