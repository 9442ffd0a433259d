"""Whether the platform is well: for load balancers, and for people who wonder why nothing moves."""

from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """200 if well."""
    return JsonResponse({"ok": True})
