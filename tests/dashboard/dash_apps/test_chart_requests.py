"""What no chart asks for is refused before django-plotly-dash sees it: with a 4xx, without a row written."""

import json
from typing import Any

import pytest
from django_plotly_dash.models import StatelessApp

pytestmark = pytest.mark.django_db
NO_INPUTS: list[Any] = [None, {}, [], [None], [[]], "x"]
NO_NAMES: list[Any] = [5, [{}], [[]]]
UPDATE = "/charts/app/price/_dash-update-component"
ADDRESS: Any = {"id": "address", "property": "search", "value": "?product=1"}
REQUEST: dict[str, Any] = {
    "output": "chart.figure",
    "inputs": [ADDRESS],
    "changedPropIds": ["address.search"],
}


@pytest.mark.parametrize("name", ["price", "index", "compare"])
@pytest.mark.parametrize("part", ["", "_dash-layout", "_dash-dependencies"])
def test_the_charts_are_served(client, name, part):
    assert client.get(f"/charts/app/{name}/{part}", headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *("/charts/app/unknown/", "/charts/app/unknown/_dash-layout", "/charts/app/unknown/_dash-dependencies"),
        *("/charts/app/unknown/_dash-routes", "/charts/app/unknown/_dash-update-component"),
        *("/charts/app/unknown/assets/x.css", "/charts/app/unknown/initial/x/", "/charts/app/price/_dash-routes"),
        *("/charts/instance/x/", "/charts/instance/price/", "/charts/instance/x/_dash-routes"),
        *("/charts/instance/x/_dash-layout", "/charts/instance/x/_dash-update-component"),
        "/charts/add_stateless_apps",
    ],
)
def test_what_no_chart_has_is_not_found(client, address):
    assert client.get(address, headers={"host": "localhost"}).status_code == 404
    answer = client.post(address, json.dumps(REQUEST), content_type="application/json", headers={"host": "localhost"})
    assert answer.status_code == 404
    assert not StatelessApp.objects.exists()


def test_a_chart_is_drawn_by_post_alone(client):
    assert client.get(UPDATE, headers={"host": "localhost"}).status_code == 405
    answer = client.post(UPDATE, json.dumps(REQUEST), content_type="application/json", headers={"host": "localhost"})
    assert answer.status_code == 200
    assert answer.json()["response"]["chart"]["figure"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        *((raw, "not JSON") for raw in (b"", b"{", b"\xff", b"[" * 100_000)),
        *((raw, '"output"') for raw in (b"{}", b"[]", b"5", b"null", b'"x"', b'{"output": ["chart.figure"]}')),
        (json.dumps(REQUEST | {"output": "..chart.figure.."}).encode(), '"output"'),
        *(
            (json.dumps(REQUEST | {"inputs": inputs}).encode(), '"inputs"')
            for inputs in (*NO_INPUTS, [ADDRESS, ADDRESS], [ADDRESS | {"id": "x"}])
        ),
        (json.dumps(REQUEST | {"state": [{"id": "x", "property": "y"}]}).encode(), '"state"'),
        *((json.dumps(REQUEST | {"changedPropIds": ids}).encode(), "changedPropIds") for ids in NO_NAMES),
    ],
)
def test_a_body_that_asks_for_no_chart_says_why(client, body, problem):
    answer = client.post(UPDATE, body, content_type="application/json", headers={"host": "localhost"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert problem in answer.json()["detail"]


@pytest.mark.parametrize("search", [None, 5, {}, ["?product=1"], "?product=x", "?" * 1_000])
def test_an_address_that_makes_no_sense_draws_an_empty_chart(client, search):
    body = REQUEST | {"inputs": [{"id": "address", "property": "search", "value": search}]}
    answer = client.post(UPDATE, json.dumps(body), content_type="application/json", headers={"host": "localhost"})
    assert answer.status_code == 200
