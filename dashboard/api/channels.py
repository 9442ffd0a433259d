"""/api/channels/: where the signed-in person gets messages. An address can be set and changed, never read."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet

from dashboard.models import Channel
from dashboard.notifications.channels.address import LONGEST, WrongAddress, masked
from dashboard.selectors.mail_addresses import Agreed, mail_of
from dashboard.services.channels import TooManyChannels, add_channel, change_channel, try_channel
from dashboard.services.rate_limits import TooSoon
from dashboard.texts.delivery_results import reason_in_english


class ChannelSerializer(serializers.ModelSerializer[Channel]):
    """A way to get messages; `where` names the service, and nothing secret."""

    name = serializers.CharField(max_length=64, required=False)
    address = serializers.CharField(
        write_only=True, max_length=LONGEST, help_text="an e-mail address, or one of Apprise's such as ntfys://..."
    )
    where = serializers.SerializerMethodField()
    waiting_for_confirmation = serializers.SerializerMethodField(
        help_text="true: the e-mail address is not confirmed, so nothing is sent there; see /api/addresses/"
    )

    last_error = serializers.SerializerMethodField()

    class Meta:
        model = Channel
        fields: ClassVar = [
            *("id", "name", "address", "where", "waiting_for_confirmation", "enabled"),
            *("failing_since", "last_error", "last_success_at", "created_at"),
        ]
        read_only_fields: ClassVar = ["failing_since", "last_success_at"]

    def get_last_error(self, channel: Channel) -> str:
        """Why the last message did not arrive, in English; empty where it did."""
        return reason_in_english(channel.last_error)

    def get_where(self, channel: Channel) -> str:
        """The service and nothing secret."""
        return masked(channel.address)

    def get_waiting_for_confirmation(self, channel: Channel) -> bool:
        """Whether it is an e-mail address whose holder has not confirmed it yet."""
        agreed: Agreed = self.context["agreed"]
        return agreed.waits(channel.user, mail_of(channel))

    def create(self, validated_data: dict[str, Any]) -> Channel:
        """Add it; a name is found where none is given."""
        enabled = validated_data.pop("enabled", True)
        try:
            channel = add_channel(**{"name": "", **validated_data})
            return channel if enabled else change_channel(channel=channel, enabled=False)
        except WrongAddress as error:
            raise serializers.ValidationError({"address": str(error)}) from error
        except TooManyChannels as error:
            raise serializers.ValidationError(
                "You have reached the maximum number of channels. Remove one first."
            ) from error
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon

    def update(self, instance: Channel, validated_data: dict[str, Any]) -> Channel:
        """Change it."""
        try:
            return change_channel(channel=instance, **validated_data)
        except WrongAddress as error:
            raise serializers.ValidationError({"address": str(error)}) from error
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon


class TrialSerializer(serializers.Serializer[Any]):
    """How a test ended."""

    ended = serializers.ChoiceField(choices=["sent", "later", "refused", "unknown"])
    arrived = serializers.BooleanField(help_text="whether the service accepted it")
    why = serializers.CharField(help_text="why it failed and what to change")


class ChannelViewSet(ModelViewSet[Any]):
    """One's own channels: list, add, change, try, remove."""

    queryset = Channel.objects.none()
    serializer_class = ChannelSerializer
    permission_classes = (IsAuthenticated,)

    def get_queryset(self) -> QuerySet[Channel]:
        """Nobody sees another person's."""
        user = self.request.user
        own = Channel.objects.filter(user=user.pk) if user.is_authenticated else Channel.objects.none()
        return own.select_related("user").order_by("id")

    def get_serializer_context(self) -> dict[str, Any]:
        """One answer about addresses for all rows of a list."""
        return {**super().get_serializer_context(), "agreed": Agreed()}

    def perform_create(self, serializer: Any) -> None:
        """The channel belongs to the person who asks."""
        serializer.save(user=self.request.user)

    @extend_schema(request=None, responses=TrialSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str | None = None) -> Response:
        """Send a test over the channel now, and say whether it arrived and why not. Throttled by itself."""
        try:
            outcome = try_channel(channel=self.get_object())
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon
        return Response(
            {"ended": outcome.result.value, "arrived": outcome.is_sent, "why": reason_in_english(outcome.why)}
        )
