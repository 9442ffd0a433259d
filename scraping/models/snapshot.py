"""A page as it came, compressed, once per content: evidence for later readers."""

from typing import ClassVar

from django.db import models


class Snapshot(models.Model):
    """The bytes of one page (zlib), found by their SHA-256; stored where they add evidence, for a limited time."""

    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the page")
    compressed = models.BinaryField(editable=False)
    page_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_hash"], name="a_page_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"page {self.content_hash[:12]} ({self.page_bytes:,} bytes)"
