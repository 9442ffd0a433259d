"""A product's picture as we serve it: fetched once, made small, kept in the database."""

from typing import ClassVar

from django.db import models


class ProductPicture(models.Model):
    """The picture at `source_url`, made small (WebP), or the reason why there is none.

    Empty `content` says that it was tried at `tried_at` and failed for `reason`.
    """

    product = models.OneToOneField("scraping.Product", on_delete=models.CASCADE, related_name="picture")
    source_url = models.URLField(max_length=512)
    content = models.BinaryField(default=b"", editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256 of what is served")
    reason = models.CharField(max_length=255, blank=True)
    tried_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(content_hash="") | models.Q(reason=""), name="a_picture_is_there_or_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reason or f"picture {self.content_hash[:12]}"
