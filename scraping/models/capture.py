"""Who sent the page of a captured visit, and which page it was."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from scraping.models.capture_token import CaptureToken
from scraping.models.visit import Visit


class Capture(models.Model):
    """Goes with its visit; the hash of the page tells a page that is sent again, after the page itself is gone."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="capture")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="captures")
    token = models.ForeignKey(
        CaptureToken, null=True, blank=True, on_delete=models.SET_NULL, related_name="captures", editable=False
    )
    content_hash = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the stripped page")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["content_hash", "created_at"], name="captures_by_page")]

    def __str__(self) -> str:
        return f"page captured for visit {self.visit_id}"
