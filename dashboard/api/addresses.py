"""/api/addresses/: the e-mail addresses that the signed-in person added, and whether their holders confirmed them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from dashboard.models import MailAddress
from dashboard.services.addresses import ask_again
from dashboard.services.rate_limits import TooSoon
from dashboard.texts.delivery_results import reason_in_english


class AddressSerializer(serializers.ModelSerializer[MailAddress]):
    """One address; until it is confirmed nothing but the question is sent there."""

    waiting_for_confirmation = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    class Meta:
        model = MailAddress
        fields: ClassVar = ["id", "email", "waiting_for_confirmation", "confirmed_at", "asked_at", "error"]

    def get_error(self, address: MailAddress) -> str:
        """Why the question did not arrive, in English; empty where it did."""
        return reason_in_english(address.error)

    def get_waiting_for_confirmation(self, address: MailAddress) -> bool:
        """Whether its holder has not confirmed it yet."""
        return address.confirmed_at is None


class AddressViewSet(ReadOnlyModelViewSet[Any]):
    """One's own addresses: an alert or a channel names them; here the question is sent again."""

    queryset = MailAddress.objects.none()
    serializer_class = AddressSerializer
    permission_classes = (IsAuthenticated,)

    def get_queryset(self) -> QuerySet[MailAddress]:
        """Nobody sees another person's."""
        user = self.request.user
        own = MailAddress.objects.filter(user=user.pk) if user.is_authenticated else MailAddress.objects.none()
        return own.order_by("id")

    @extend_schema(request=None, responses={202: AddressSerializer})
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str | None = None) -> Response:
        """Send the message that asks once more. Throttled by itself."""
        try:
            address = ask_again(user=request.user, address_id=self.get_object().pk)
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon
        if address is None:
            raise NotFound("This address is already confirmed.")
        return Response(self.get_serializer(address).data, status=202)
