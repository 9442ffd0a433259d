"""POST /api/captures/ takes a page from a person's browser; GET /api/captures/<id>/ shows what was read."""

from datetime import datetime
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from scraping.api.capture_authentication import CAPTURE_AUTHENTICATION
from scraping.api.capture_limits import CaptureParser, CaptureThrottle
from scraping.errors import CaptureRefused, CaptureRepeated, NotWatched
from scraping.http.problems import Conflict
from scraping.http.throttles import ReadThrottle
from scraping.models import CaptureToken, Visit, VisitSource, VisitStatus
from scraping.services.receive_capture import receive_capture

LONGEST_URL = 2048


class MomentField(serializers.DateTimeField):
    """A moment with its timezone: without one nobody knows which hour it was."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """Refuse a naive one."""
        if value.tzinfo is None:
            raise serializers.ValidationError("Give the timezone too, as in 2026-11-26T10:15:00Z.")
        return super().enforce_timezone(value)


class CaptureSerializer(serializers.Serializer[Any]):
    """A page as a person saw it."""

    url = serializers.CharField(max_length=LONGEST_URL, help_text="the page's address as the browser shows it")
    html = serializers.CharField(trim_whitespace=False, help_text="the stripped page")
    seen_at = MomentField(help_text="when the person saw it, with the timezone; at most a day ago")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """No words we do not know."""
        if unknown := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError(
                f"Unknown: {', '.join(sorted(unknown))[:200]}. Known: url, html, seen_at."
            )
        return attrs


class CaptureReceiptSerializer(serializers.Serializer[Any]):
    """The receipt of a page."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=VisitStatus.choices)
    url = serializers.CharField(help_text="where to see what was read")


class CapturedVisitSerializer(serializers.ModelSerializer[Visit]):
    """What was read from a page, or why nothing was recorded."""

    seen_at = serializers.DateTimeField()
    read = serializers.SerializerMethodField(help_text="title, state, price, currency, location and more, as read")

    class Meta:
        model = Visit
        fields: ClassVar = ["id", "product", "status", "reason", "seen_at", "finished_at", "page_bytes", "read"]

    def get_read(self, visit: Visit) -> dict[str, Any] | None:
        """The offer, if there was one."""
        return (visit.offer or {}).get("offer")


class CapturesView(APIView):
    """Send a page."""

    authentication_classes = CAPTURE_AUTHENTICATION
    permission_classes = (IsAuthenticated,)
    parser_classes = (CaptureParser,)
    throttle_classes = (CaptureThrottle,)

    @extend_schema(
        request=CaptureSerializer,
        responses={202: CaptureReceiptSerializer},
        examples=[
            OpenApiExample(
                "a page",
                {
                    "url": "https://www.amazon.es/dp/B00EXAMPLE",
                    "html": "<!doctype html>...",
                    "seen_at": "2026-11-26T10:15:00Z",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Take one page of a watched product, as a person saw it; a worker reads it like any other visit."""
        sent = CaptureSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        token = request.auth if isinstance(request.auth, CaptureToken) else None
        try:
            visit = receive_capture(user=request.user, token=token, **sent.validated_data)
        except CaptureRefused as error:
            raise _problem(error) from error
        url = request.build_absolute_uri(reverse("capture-visit", args=[visit.pk]))
        receipt = {"id": visit.pk, "status": visit.status, "url": url}
        return Response(receipt, status=status.HTTP_202_ACCEPTED, headers={"Location": url})


def _problem(error: CaptureRefused) -> APIException:
    if isinstance(error, CaptureRepeated):
        return Conflict(str(error))
    if isinstance(error, NotWatched):
        return NotFound(str(error))
    return ValidationError(str(error))


class CaptureVisitView(APIView):
    """Follow a page that was sent."""

    authentication_classes = CAPTURE_AUTHENTICATION
    permission_classes = (IsAuthenticated,)
    throttle_classes = (ReadThrottle,)

    @extend_schema(responses=CapturedVisitSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """What was read from a page one sent; nobody sees another person's, which names their town."""
        own = Visit.objects.filter(source=VisitSource.CAPTURE, capture__user=request.user.pk)
        return Response(CapturedVisitSerializer(get_object_or_404(own, pk=pk)).data)
