"""Which requests django-plotly-dash gets to answer: those that the frame of one of our charts makes.

It looks an app up by whatever name the address has and hands a body to it as it came, so that a wrong name or a wrong
body is an error of the server. Here it is refused before, with what is wrong.
"""

import json
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from scraping.http.problems import problem_response

UPDATE, ROUTES = "update-component", "routes"  # django-plotly-dash's names of its addresses
OUTPUT, INPUT = "chart.figure", ("address", "search")  # of the one callback that a chart has: see framed_chart


def refusal(request: HttpRequest, address: str, chart: str, *, stateless: bool) -> HttpResponse | None:
    """The answer to a request that no chart makes; None where it may be answered. Raises Http404."""
    if not stateless or address == ROUTES or chart not in _chart_names():
        raise Http404
    if address != UPDATE:
        return None
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    problem = body_problem(request.body)
    if problem is None:
        return None
    return problem_response(HTTPStatus.BAD_REQUEST, problem)


def body_problem(raw: bytes) -> str | None:
    """Say why a body does not ask for a chart; None where it does."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return "The body is not JSON."
    if not isinstance(body, dict) or body.get("output") != OUTPUT:
        return f'The body must be an object whose "output" is "{OUTPUT}".'
    if not _is_the_address(body.get("inputs")) or body.get("state"):
        return f'"inputs" must be one object with the "id" "{INPUT[0]}" and the "property" "{INPUT[1]}"; no "state".'
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return '"changedPropIds" must be a list of names.'
    return None


def _is_the_address(inputs: Any) -> bool:
    if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], dict):
        return False
    return (inputs[0].get("id"), inputs[0].get("property")) == INPUT


def _chart_names() -> list[str]:
    from django_plotly_dash.dash_wrapper import get_local_stateless_list  # it imports what imports this module

    names: list[str] = get_local_stateless_list()
    return names
