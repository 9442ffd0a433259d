"""The picture that a link to a page shows where it is shared (Open Graph)."""

import base64
from dataclasses import replace
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dashboard.cache import get_or_compute
from dashboard.charts.share_picture import ShareCard, share_picture
from dashboard.share_cards import market_card, product_card

AN_HOUR, A_DAY = 3600, 86_400  # seconds


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def product_share(request: HttpRequest, pk: int) -> HttpResponse:
    """A product's price, advice and path: PNG of 1200 x 630 pixels in the page's language."""
    return _picture(request, product_card(pk, timezone.now()))


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def market_share(request: HttpRequest) -> HttpResponse:
    """The index of extra virgin olive oil; 404 while there is none."""
    return _picture(request, market_card(timezone.now()))


def _picture(request: HttpRequest, card: ShareCard | None) -> HttpResponse:
    """Draw a card once for what it says; a reader who has it gets a 304."""
    if card is None:
        raise Http404
    name = _name(card)
    response = get_conditional_response(request, etag=f'"{name}"')
    if response is None:
        drawn = get_or_compute(f"share:{name}", lambda: base64.b64encode(share_picture(card)).decode(), seconds=A_DAY)
        response = HttpResponse(base64.b64decode(drawn), content_type="image/png", headers={"ETag": f'"{name}"'})
    return response


def _name(card: ShareCard) -> str:
    """The same for cards that look the same: by what they say and the line they draw."""
    line = (card.chart.lines[0], card.chart.end) if card.chart else None
    return sha256(repr((get_language(), replace(card, chart=None), line)).encode()).hexdigest()[:32]
