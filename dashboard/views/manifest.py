"""The web manifest: oilwatch on a phone's home screen, in its reader's language."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dashboard.charts.palette import LIGHT

SIDES = (192, 512)  # pixels


@require_safe
@cache_control(public=True, max_age=86_400)
@vary_on_headers("Accept-Language", "Cookie")
def manifest(_request: HttpRequest) -> JsonResponse:
    """Name, colours, icons and where it starts, as the W3C's Web Application Manifest has them."""
    start = reverse("market")
    return JsonResponse(
        {
            "name": gettext("oilwatch: olive oil prices"),
            "short_name": "oilwatch",
            "description": gettext("Olive oil prices on Amazon: what is cheap today, and whether to buy or wait."),
            "lang": get_language(),
            "id": "/",
            "start_url": start,
            "scope": "/",
            "display": "minimal-ui",
            "background_color": LIGHT.paper,
            "theme_color": LIGHT.paper,
            "icons": [_icon(side, purpose) for side in SIDES for purpose in ("any", "maskable")],
            "shortcuts": [{"name": gettext("Price alerts"), "url": reverse("alerts")}],
        },
        content_type="application/manifest+json",
    )


def _icon(side: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"dashboard/icon-{side}.png"),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": purpose,
    }
