"""Who must sign in is sent to the site's own page; the admin keeps its own."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_sites_own_page_is_where_one_signs_in() -> None:
    assert resolve_url(settings.LOGIN_URL) == "/login/"


@pytest.mark.parametrize(
    ("path", "login"),
    [
        ("/operations/", "/login/?next=/operations/"),
        ("/add/", "/login/?next=/add/"),
        ("/alerts/", "/login/?next=/alerts/"),
        ("/admin/", "/admin/login/?next=/admin/"),
        ("/admin/scraping/product/", "/admin/login/?next=/admin/scraping/product/"),
    ],
)
def test_strangers_are_sent_to_a_login_that_opens(client: Client, path: str, login: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, login)
    assert client.get(login).status_code == 200
