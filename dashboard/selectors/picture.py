"""The picture that is kept of a product."""

from scraping.models import ProductPicture


def picture_hash(product_id: int) -> str:
    """SHA-256 of the picture, empty where none is kept."""
    kept = ProductPicture.objects.filter(product=product_id).values_list("content_hash", flat=True).first()
    return kept or ""


def picture_content(product_id: int) -> bytes | None:
    """The picture as WebP; None where none is kept."""
    kept = ProductPicture.objects.filter(product=product_id).exclude(content_hash="")
    content = kept.values_list("content", flat=True).first()
    return None if content is None else bytes(content)
