"""Send pages from one's own browser: keys for the extension, the bookmarklet, and the window it opens."""

import io
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dashboard.permissions import is_somebody, only
from dashboard.selectors.capture_tokens import active_tokens
from dashboard.texts.bookmarklet import bookmarklet
from scraping.amazon.marketplaces import MARKETPLACES
from scraping.models import VisitStatus
from scraping.services.capture_tokens import TooManyTokens, create_token, revoke_token

LONGEST_NAME = 64
EXTENSION = Path(settings.BASE_DIR) / "extension"


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_somebody)
@never_cache
def capture(request: HttpRequest) -> HttpResponse:
    """Show how to send pages; on POST make a key, and show it this once."""
    key = ""
    if request.method == "POST":
        name = request.POST.get("name", "").replace("\0", "").strip()[:LONGEST_NAME]
        try:
            _, key = create_token(user=request.user, name=name or gettext("My browser"))
        except TooManyTokens:
            messages.error(request, gettext("You have reached the maximum number of keys. Revoke one first."))
    context = {
        "now": timezone.now(),
        "key": key,
        "tokens": active_tokens(request.user),
        "origin": _origin(request),
        "bookmarklet": bookmarklet(_origin(request)),
    }
    return render(request, "capture.html", context)


@require_POST
@only(is_somebody)
def revoke_capture_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own keys."""
    if revoke_token(user=request.user, token_id=pk):
        messages.success(request, gettext("Key revoked. The browser that had it can no longer send pages."))
    return redirect("capture")


@require_safe
@only(is_somebody)
def capture_send(request: HttpRequest) -> HttpResponse:
    """The window that the bookmarklet opens: takes the page from the shop's tab, strips it and sends it."""
    demo = urlsplit(settings.OILWATCH_DEMO_SHOP_URL)
    origins = [f"https://{market.host}" for market in MARKETPLACES.values()]
    held = [VisitStatus.IMPLAUSIBLE, VisitStatus.WRONG_PRODUCT, VisitStatus.UNKNOWN_LOCATION]
    context = {
        "origins": " ".join([*origins, f"{demo.scheme}://{demo.netloc}"]),
        "held": " ".join(status.value for status in held),
    }
    response = render(request, "capture_send.html", context)
    # Django's "same-origin" would cut the tie to the shop's tab. Only this window, which takes nothing without asking
    # where it came from, goes without.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@require_safe
@only(is_somebody)
def capture_extension(request: HttpRequest) -> HttpResponse:
    """The extension as a zip file, as it stands in this release."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(EXTENSION.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(EXTENSION))
    headers = {"Content-Disposition": 'attachment; filename="oilwatch-extension.zip"'}
    return HttpResponse(packed.getvalue(), content_type="application/zip", headers=headers)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
