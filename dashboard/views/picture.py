"""The picture of a product, served by us: readers' browsers do not call the shop."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from dashboard.selectors.picture import picture_content, picture_hash

A_DAY = 86_400  # seconds


def _etag(_request: HttpRequest, pk: int, **_kwargs: Any) -> str | None:
    kept = picture_hash(pk)
    return f'"{kept}"' if kept else None


@require_safe
@cache_control(public=True, max_age=A_DAY)
@condition(etag_func=_etag)
def product_picture(_request: HttpRequest, pk: int) -> HttpResponse:
    """WebP, or 404 where none is kept."""
    content = picture_content(pk)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/webp")
