"""Prophet's forecast on a product's page: off at first, switched on by a link, with its own record beside it."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from dashboard.dash_apps.framed_chart import figure_of
from dashboard.dash_apps.price import draw
from forecasting.models import MethodForecast
from scraping.models import Product
from tests.dashboard.rows import LEVELS, forecast_of, priced_product

pytestmark = pytest.mark.django_db
SWITCH = "nav[aria-label='Other lines in the chart'] a"


def _with_curve(price: float = 40.0, **values: Any) -> Product:
    product: Product = priced_product(price=str(price))
    published = forecast_of(product)
    fields = {name: getattr(published, name) for name in ("product", "training", "cutoff", "last_price", "levels")}
    quantiles = [[price * (0.7 + 0.2 * level) for level in LEVELS] for _ in range(30)]
    MethodForecast.objects.create(**{**fields, "method": "prophet", "quantiles": quantiles, **values})
    return product


def _page(client: Any, product: Product, query: str = "", language: str = "en") -> BeautifulSoup:
    answer = client.get(f"/products/{product.pk}/{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def _uids(product: Product, query: str = "") -> set[str]:
    return {trace["uid"] for trace in figure_of(draw, f"?product={product.pk}{query}")["data"]}


def test_it_is_off_at_first_and_a_link_switches_it_on(client: Any) -> None:
    product = _with_curve()
    soup = _page(client, product)
    assert [link["href"] for link in soup.select(SWITCH)] == ["?show=-fan#chart", "?show=prophet#chart"]
    assert "Prophet expects" not in soup.text
    assert not soup.select(".plot .line-prophet")
    assert not _uids(product) & {"prophet", "prophet80"}

    soup = _page(client, product, "?show=prophet")
    assert len(soup.select(".plot .line-prophet")) == 1
    assert soup.select_one(f"{SWITCH} .line-prophet")
    assert _uids(product, "&show=prophet") >= {"prophet", "prophet80", "fan", "fan80"}
    assert "Prophet’s track record for this product: not enough data yet" in " ".join(soup.text.split())
    first = soup.select("section[aria-labelledby=forecast] tbody tr")[0]
    assert first.select("td")[-1].text == "€32.00"


def test_it_is_drawn_per_litre(client: Any) -> None:
    traces = figure_of(draw, f"?product={_with_curve().pk}&show=prophet")["data"]
    line = next(trace for trace in traces if trace["uid"] == "prophet")
    assert (line["y"][0], line["y"][-1]) == (8.0, 6.4)


def test_it_is_said_in_spanish(client: Any) -> None:
    text = _page(client, _with_curve(), "?show=prophet", language="es").text
    assert "Previsión de Prophet" in text
    assert "Ni nuestra previsión ni nuestro consejo la siguen" in text


@pytest.mark.parametrize("change", [{"method": "other"}, {"last_price": 400.0}])
def test_one_that_does_not_hold_is_not_offered(client: Any, change: dict[str, Any]) -> None:
    product = _with_curve(**change)
    assert not _page(client, product, "?show=prophet").select(f"{SWITCH}[data-key=prophet]")
    assert "prophet" not in _uids(product, "&show=prophet")


def test_an_old_one_is_not_offered(client: Any) -> None:
    old = _with_curve().method_forecasts.get()
    product = priced_product()
    MethodForecast.objects.create(
        product=product, training=old.training, method="prophet", cutoff=old.cutoff - timedelta(days=8),
        last_price=40.0, levels=old.levels, quantiles=old.quantiles,
    )  # fmt: skip
    assert not _page(client, product, "?show=prophet").select(SWITCH)
