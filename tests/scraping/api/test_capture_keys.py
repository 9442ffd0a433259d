"""Who may send pages: a browser with a key, or somebody who signed in; and a key that opens nothing else."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from rest_framework.settings import api_settings
from rest_framework.test import APIClient

from scraping.api.capture_authentication import CaptureTokenAuthentication
from scraping.models import CaptureToken, Product, Visit
from scraping.services.capture_tokens import create_token, find_token, revoke_token
from tests.factories import UserFactory
from tests.scraping.api.test_captures import client_of, key, page_now, product, rows

__all__ = ["key", "product"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("header", [None, "Capture", "Capture owc_wrong", "Capture " + "x" * 5000, "Token owc_wrong"])
def test_without_a_valid_key_nothing_is_taken(product: Product, header: str | None) -> None:
    before = rows()
    client = APIClient()
    if header:
        client.credentials(HTTP_AUTHORIZATION=header)
    answer = client.post("/api/captures/", page_now())
    assert (answer.status_code, rows()) == (401, before)
    assert answer["WWW-Authenticate"] == "Capture"
    assert answer.json()["detail"]


def test_a_revoked_key_and_one_of_a_person_who_left_are_refused(product: Product) -> None:
    user = UserFactory()
    token, key = create_token(user=user, name="old")
    _, second = create_token(user=user, name="new")
    assert not revoke_token(user=UserFactory(), token_id=token.pk), "nobody revokes another's"
    assert revoke_token(user=user, token_id=token.pk)
    assert client_of(key).post("/api/captures/", page_now()).status_code == 401
    user.is_active = False
    user.save()
    before = rows()
    assert client_of(second).post("/api/captures/", page_now()).status_code == 401
    assert rows() == before


def test_only_a_hash_of_the_key_is_stored(key: str) -> None:
    token = find_token(key=key)
    assert token is not None
    assert key.startswith("owc_")
    assert not any(key in str(value) for row in CaptureToken.objects.values() for value in row.values())


def test_a_session_needs_its_csrf_token(product: Product) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    before = rows()
    body = json.dumps(page_now())
    answer = client.post("/api/captures/", body, content_type="application/json")
    assert (answer.status_code, rows()) == (403, before)
    client.cookies["csrftoken"] = "a" * 32
    headers = {"X-CSRFToken": "a" * 32}
    assert client.post("/api/captures/", body, content_type="application/json", headers=headers).status_code == 202


def test_nobody_sees_what_another_person_sent(product: Product, key: str) -> None:
    url = client_of(key).post("/api/captures/", page_now()).json()["url"]
    _, other = create_token(user=UserFactory(), name="other")
    assert client_of(other).get(url).status_code == 404
    assert APIClient().get(url).status_code == 401
    fetched = Visit.objects.create(product=product, due_at=timezone.now(), dispatch_at=timezone.now())
    assert client_of(key).get(f"/api/captures/{fetched.pk}/").status_code == 404


def views_of(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    """Every view of the URL configuration with its address."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views_of(pattern.url_patterns)
        else:
            yield str(pattern.pattern), getattr(pattern.callback, "cls", pattern.callback)


def test_only_the_capture_endpoints_know_the_key() -> None:
    views = list(views_of(get_resolver().url_patterns))
    knowing = [
        address
        for address, view in views
        if CaptureTokenAuthentication
        in getattr(view, "authentication_classes", api_settings.DEFAULT_AUTHENTICATION_CLASSES)
    ]
    assert knowing == ["captures/", "captures/<int:pk>/", "captures/panel/"]
    assert len(views) > 100, "the admin, the pages and the API"


def test_a_key_opens_no_other_door() -> None:
    client = client_of(create_token(user=UserFactory(staff=True), name="laptop")[1])
    for path in ("scraper", "retrain", "alerts", "channels", "addresses"):
        assert client.post(f"/api/{path}/", {}).status_code in {401, 403}, path
        assert client.get(f"/api/{path}/").status_code == APIClient().get(f"/api/{path}/").status_code, path
    for path in ("/alerts/", "/operations/", "/add/", "/admin/", "/capture/", "/capture/extension.zip"):
        assert client.get(path).status_code == 302, path
