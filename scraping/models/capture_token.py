"""A key with which a browser may send pages, and do nothing else."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class CaptureToken(models.Model):
    """Belongs to a person; only the SHA-256 of the key is stored, the key itself is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="capture_tokens")
    name = models.CharField(max_length=64, help_text="which browser it is for")
    key_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key_hash"], name="a_capture_key_is_of_one_token"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
