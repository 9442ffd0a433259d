"""/api/alerts/: the rules of the person who asks."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ModelViewSet

from dashboard.models import Alert


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """A rule."""

    threshold = serializers.DecimalField(max_digits=14, decimal_places=4, min_value=Decimal("0.0001"))

    class Meta:
        model = Alert
        fields: ClassVar = ["id", "product", "kind", "threshold", "email", "active", "created_at"]


class AlertViewSet(ModelViewSet[Any]):
    """One's own alerts: list, add, change, remove."""

    queryset = Alert.objects.none()
    serializer_class = AlertSerializer
    permission_classes = (IsAuthenticated,)
    filterset_fields = ("product", "kind", "active")

    def get_queryset(self) -> QuerySet[Alert]:
        """Nobody sees another person's rules."""
        user = self.request.user
        return Alert.objects.filter(user=user.pk).order_by("id") if user.is_authenticated else Alert.objects.none()

    def perform_create(self, serializer: Any) -> None:
        """The rule belongs to the person who asks."""
        serializer.save(user=self.request.user)
