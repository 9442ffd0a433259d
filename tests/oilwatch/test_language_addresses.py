"""Every page stands below /en/ and /es/ too, links to pages of its own language, and names its other languages."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_urlconf, resolve, reverse
from django.utils import translation

from dashboard.urls import urlpatterns
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OUTSIDE = ("/api/", "/admin/", "/static/", "/charts/", "http", "#", "javascript:", "mailto:")
ENGLISH = {"accept-language": "en", "host": "localhost"}


@pytest.fixture(autouse=True)
def own_language() -> Any:
    yield
    translation.deactivate()


@pytest.fixture
def client() -> Client:
    return Client(headers=ENGLISH)


def page_of(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", ["/", "/accuracy/", "/compare/", "/login/", "/api/docs/", "/deals.atom"])
def test_a_page_speaks_the_language_of_its_address(client: Client, path: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    spanish, english = page_of(client, f"/es{path}"), page_of(client, f"/en{path}")
    assert 'lang="es"' in spanish
    assert 'lang="en"' in english
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    assert 'lang="en"' in page_of(client, f"/en{path}")
    assert 'lang="es"' in page_of(client, path), "without a language the cookie decides, as before"


def test_every_page_has_an_address_in_each_language() -> None:
    for language in ("en", "es"):
        with translation.override(language):
            for pattern in urlpatterns:
                values = {"pk": "7", "token": "abc", "form": "atom"}
                named = {name: values[name] for name in pattern.pattern.regex.groupindex}
                path = reverse(pattern.name, kwargs=named, urlconf=settings.OILWATCH_LANGUAGE_URLS)
                assert path.startswith(f"/{language}/")
                assert resolve(path, urlconf=settings.OILWATCH_LANGUAGE_URLS).url_name == pattern.name


def test_its_links_and_forms_stay_in_the_language() -> None:
    client = Client(headers=ENGLISH)
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    product = priced_product()
    forecast_of(product)
    for path in ("/", f"/products/{product.pk}/", "/accuracy/", "/alerts/", "/operations/", "/add/", "/capture/"):
        page = page_of(client, f"/es{path}")
        links = re.findall(r'(?:href|action)="(/[^"]*|[?][^"]*)"', page)
        links = [link for link in links if not link.startswith((*OUTSIDE, "?", "/en/"))]
        assert links
        assert [link for link in links if not link.startswith("/es/")] in ([], ["/capture/extension.zip"]), path


def test_machine_addresses_have_no_language(client: Client) -> None:
    for path in ("/es/health/live/", "/es/products/1/picture.webp", "/es/capture/extension.zip", "/es/api/schema/"):
        assert client.get(path).status_code == 404
    assert client.get("/health/live/").status_code == 200


def test_an_unknown_address_is_refused_in_its_language(client: Client) -> None:
    response = client.get("/es/nonsense")
    assert response.status_code == 404
    assert '<html lang="es">' in response.content.decode()
    assert 'hreflang="x-default"' not in response.content.decode(), "there is no such page in any language"
    assert client.get("/fr/").status_code == 404
    assert client.get("/espresso/").headers["Content-Language"] == "en"


def test_a_language_alone_leads_to_its_market(client: Client) -> None:
    assert client.get("/es").headers["Location"] == "/es/"


def test_a_page_names_its_languages_and_its_own_address(client: Client, settings: Any) -> None:
    settings.OILWATCH_SITE_URL = "https://oil.example"
    page = page_of(client, "/es/?grade=virgin&tour=1")
    links = dict(re.findall(r'hreflang="([^"]+)"\s+href="(https:[^"]+)"', page))
    assert links == {
        "x-default": "https://oil.example/?grade=virgin",
        "en": "https://oil.example/en/?grade=virgin",
        "es": "https://oil.example/es/?grade=virgin",
    }
    assert '<link rel="canonical" href="https://oil.example/es/?grade=virgin">' in page
    assert '<link rel="canonical" href="https://oil.example/accuracy/">' in page_of(client, "/accuracy/")


def test_the_switch_leads_to_the_same_page_by_a_link(client: Client) -> None:
    for path in ("/compare/?product=1&product=2", "/en/compare/?product=1&product=2"):
        page = page_of(client, path)
        switch = page[page.index('class="languages"') :]
        assert 'href="/es/compare/?product=1&amp;product=2"' in switch[:600]


def test_the_language_one_chose_here_is_kept_and_a_link_from_elsewhere_is_not(client: Client) -> None:
    client.get("/es/", headers={"referer": "https://search.example/"})
    client.get("/es/")
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
    client.get("/es/deals.atom", headers={"referer": "http://localhost/"})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies, "a feed is no page"
    client.get("/es/", headers={"referer": "http://localhost/en/"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "es"
    assert 'lang="es"' in page_of(client, "/")


def test_redirects_and_the_login_keep_the_language(client: Client) -> None:
    response = client.get("/es/alerts/")
    assert response.headers["Location"] == "/es/login/?next=/es/alerts/"
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/es/tour/end/").headers["Location"] == "/es/"
    assert client.post("/es/logout/").headers["Location"] == "/es/"


def test_a_request_leaves_no_language_in_the_addresses(client: Client) -> None:
    client.get("/es/")
    assert get_urlconf() is None
    assert reverse("accuracy") == "/accuracy/"
    client.get("/es/nonsense")
    assert reverse("accuracy") == "/accuracy/"


def test_one_language_is_never_served_from_the_other(client: Client) -> None:
    """What is computed once for some minutes holds figures, no words and no addresses."""
    product = priced_product()
    forecast_of(product)
    client.get("/es/")
    page = page_of(client, "/en/")
    assert "/es/products/" not in page
    assert f'href="/en/products/{product.pk}/"' in page
    assert "Comprar" not in page


def test_the_frame_of_a_chart_speaks_the_language_of_its_page(client: Client) -> None:
    product = priced_product()
    page = page_of(client, f"/es/products/{product.pk}/")
    frame = re.search(r'data-address="([^"]+)"', page)
    assert frame
    assert urlsplit(frame.group(1).replace("&amp;", "&")).query == f"product={product.pk}&language=es"


def test_a_failure_is_shown_in_the_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("for the test")

    monkeypatch.setattr("dashboard.views.compare.compared_products", broken)
    client.raise_request_exception = False
    page = client.get("/es/compare/?product=1")
    assert page.status_code == 500
    assert "Algo ha fallado" in page.content.decode()
    assert get_urlconf() is None
