"""The response for an unknown address or a server error: JSON below /api/, else a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oilwatch.api_addresses import API
from scraping.http.problems import problem_response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if request.path.startswith(API):
        return problem_response(404, f"There is nothing at {request.path}; see {API}docs/.")
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    if request.path.startswith(API):
        return problem_response(500, "An error of ours; it is logged.")
    return render(request, "500.html", status=500)
