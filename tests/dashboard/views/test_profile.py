"""The profile: password, key to the API, language and theme, each kept where it is used."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from dashboard.models import NotificationPreferences
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGES = ("/profile/", "/profile/password/")


@pytest.fixture
def person() -> Any:
    user = UserFactory()
    user.set_password("an olive a day")
    user.save()
    return user


@pytest.fixture
def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", PAGES)
def test_it_is_for_those_who_signed_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "sign in to see it" in page
    assert "manage.py changepassword" in page


def test_a_key_is_shown_once_works_and_ends(signed_in: Client) -> None:
    first = BeautifulSoup(signed_in.post("/profile/key/").content, "lxml").pre.text
    assert first not in signed_in.get("/profile/").content.decode()
    caller = Client()
    assert caller.get("/api/alerts/", headers={"authorization": f"Token {first}"}).status_code == 200
    second = BeautifulSoup(signed_in.post("/profile/key/").content, "lxml").pre.text
    assert caller.get("/api/alerts/", headers={"authorization": f"Token {first}"}).status_code == 401
    assert caller.get("/api/alerts/", headers={"authorization": f"Token {second}"}).status_code == 200
    assert "Key revoked" in signed_in.post("/profile/key/revoke/", follow=True).content.decode()
    assert caller.get("/api/alerts/", headers={"authorization": f"Token {second}"}).status_code == 401


def test_the_password_is_changed_and_the_session_goes_on(signed_in: Client, person: Any) -> None:
    wrong = {"old_password": "no", "new_password1": "green and bitter 7", "new_password2": "green and bitter 7"}
    assert signed_in.post("/profile/password/", wrong).status_code == 200
    response = signed_in.post("/profile/password/", {**wrong, "old_password": "an olive a day"}, follow=True)
    assert "Password changed" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password("green and bitter 7")


def test_language_and_theme_are_kept(signed_in: Client, person: Any) -> None:
    response = signed_in.post("/profile/display/", {"language": "es", "theme": "dark"})
    assert response["Location"] == "/es/profile/"
    assert NotificationPreferences.objects.get(user=person).language == "es"
    page = BeautifulSoup(signed_in.get("/accuracy/").content, "lxml")
    assert (page.html["lang"], page.html["data-theme"]) == ("es", "dark")
    signed_in.post("/profile/display/", {"language": "es", "theme": ""})
    assert "data-theme" not in BeautifulSoup(signed_in.get("/accuracy/").content, "lxml").html.attrs


def test_nonsense_changes_nothing(signed_in: Client, person: Any) -> None:
    response = signed_in.post("/profile/display/", {"language": "xx", "theme": '"><script>'})
    assert response["Location"] == "/en/profile/"
    assert NotificationPreferences.objects.get(user=person).language == "en"
    signed_in.cookies["theme"] = '"><script>'
    assert "data-theme" not in BeautifulSoup(signed_in.get("/profile/").content, "lxml").html.attrs
