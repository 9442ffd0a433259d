"""The chart's frame: what it answers to honest and to odd questions, and what it may run."""

import base64
import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from dashboard.chart_data import read_price_chart
from dashboard.dash_apps.content_policy import CHART_POLICY, RENDERER
from dashboard.dash_apps.framed_chart import figure_of, parameters
from dashboard.dash_apps.price import draw, product_number
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import SpellFactory

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("search", "number"),
    [
        ("?product=42", 42),
        ("?product=42&x=1", 42),
        ("", None),
        ("?product=", None),
        ("?product=-1", None),
        ("?product=0", None),
        ("?product=4²", None),
        (f"?product={10**30}", None),
        ("?product=1;DROP", None),
        (None, None),
        (["?product=1"], None),
        ("?product=1" + "0" * 500, None),
    ],
)
def test_the_address_is_read_with_care(search, number):
    assert product_number(parameters(search).get("product", "")) == number


@pytest.mark.django_db
@pytest.mark.parametrize("over", ["90", "365", "all", "century", ""])
def test_any_range_draws(over):
    product = priced_product(title=HOSTILE)
    forecast_of(product)
    figure = figure_of(draw, f"?product={product.pk}&over={over}")
    assert {trace.get("uid") for trace in figure["data"]} >= {"price", "low", "fan95", "fan"}
    assert "<img" not in json.dumps(figure, default=str)


@pytest.mark.django_db
@pytest.mark.parametrize("search", ["?product=999999", "?product=x", "", None, 7, {"a": 1}])
def test_an_unknown_product_draws_an_empty_chart(search):
    assert figure_of(draw, search)["layout"]["annotations"][0]["text"] == "No price yet."


@pytest.mark.django_db
def test_prices_are_per_litre_and_a_short_range_is_clipped():
    product = priced_product(price="40", days=300)
    figure = figure_of(draw, f"?product={product.pk}&over=90")
    line = next(trace for trace in figure["data"] if trace["uid"] == "price")
    assert set(line["y"]) == {8.0}
    assert len(line["y"]) == 301, "all of it, to zoom out to"
    assert timezone.now().date() - figure["layout"]["xaxis"]["range"][0] < timedelta(days=93)


@pytest.mark.django_db
def test_a_gap_says_why():
    product = priced_product(days=20)
    first = timezone.now() - timedelta(days=40)
    SpellFactory(product=product, price=30, first_seen=first, last_seen=first + timedelta(days=5))
    data = read_price_chart(product.pk)
    (gap,) = data.chart.gaps
    assert gap.reason.startswith("not checked, ")
    assert (gap.last - gap.first).days == 13  # whole days between the last of one price and the first of the next
    assert len(figure_of(draw, f"?product={product.pk}&over=all")["layout"]["shapes"]) == 1


@pytest.mark.django_db
def test_a_usual_chart_of_three_years_is_small():
    """Hourly visits without a change make no rows: three years are some forty prices."""
    product = priced_product(days=1)
    begin = timezone.now() - timedelta(days=3 * 365)
    for number in range(42):
        first = begin + timedelta(days=26 * number)
        SpellFactory(product=product, price=30 + number % 7, first_seen=first, last_seen=first + timedelta(days=25))
    forecast_of(product)
    assert len(json.dumps(figure_of(draw, f"?product={product.pk}&over=all"), default=str)) < 20_000


@pytest.mark.django_db
def test_over_http(client):
    product = priced_product()
    question = {
        "output": "chart.figure",
        "outputs": {"id": "chart", "property": "figure"},
        "inputs": [{"id": "address", "property": "search", "value": f"?product={product.pk}"}],
        "changedPropIds": [],
    }
    answer = client.post(
        "/charts/app/price/_dash-update-component",
        json.dumps(question),
        content_type="application/json",
        headers={"host": "localhost"},
    )
    assert answer.status_code == 200
    assert answer.json()["response"]["chart"]["figure"]["data"]


@pytest.mark.django_db
def test_the_frame_may_run_its_own_inline_script_and_no_other(client):
    answer = client.get("/charts/app/price/?product=1", headers={"host": "localhost"})
    assert answer.status_code == 200
    without_comments = re.sub(r"<!--.*?-->", "", answer.content.decode(), flags=re.DOTALL)
    inline = [
        body
        for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", without_comments, flags=re.DOTALL)
        if body.strip() and "application/json" not in attributes
    ]
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in inline]
    assert hashes == [RENDERER]
    policy = answer.headers["Content-Security-Policy"]
    for name, values in CHART_POLICY.items():
        assert f"{name} {' '.join(values)}" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


@pytest.mark.django_db
def test_a_kind_of_price_is_drawn_per_litre_when_it_is_switched_on():
    product = priced_product(price="40")
    product.spells.update(prime_price=35)
    for show, drawn in (("", set()), ("&show=prime,used", {"prime"}), ("&show=nonsense", set())):
        figure = figure_of(draw, f"?product={product.pk}{show}")
        traces = {trace["uid"]: trace for trace in figure["data"]}
        assert set(traces) & {"prime", "subscription", "coupon", "used"} == drawn
    figure = figure_of(draw, f"?product={product.pk}&show=prime")
    (prime,) = [trace for trace in figure["data"] if trace["uid"] == "prime"]
    assert prime["y"][0] == 7.0
    assert prime["name"] == "Price for Prime members"
