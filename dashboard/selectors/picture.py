"""The picture that is kept of a product."""

from collections.abc import Collection

from django.db.models import F, Func

from scraping.models import ProductPicture


def picture_hash(product_id: int) -> str:
    """SHA-256 of the picture, empty where none is kept."""
    kept = ProductPicture.objects.filter(product=product_id).values_list("content_hash", flat=True).first()
    return kept or ""


def picture_sizes(product_ids: Collection[int]) -> dict[int, int]:
    """The size in bytes of each picture that is kept: one query."""
    kept = ProductPicture.objects.filter(product__in=product_ids).exclude(content_hash="")
    return dict(kept.annotate(size=Func(F("content"), function="octet_length")).values_list("product", "size"))


def picture_content(product_id: int) -> bytes | None:
    """The picture as WebP; None where none is kept."""
    kept = ProductPicture.objects.filter(product=product_id).exclude(content_hash="")
    content = kept.values_list("content", flat=True).first()
    return None if content is None else bytes(content)
