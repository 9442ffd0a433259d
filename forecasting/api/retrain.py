"""POST /api/retrain/ orders a training; GET /api/retrain/<id>/ follows it."""

from typing import Any, ClassVar

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from forecasting.explain import refusal_text
from forecasting.models import Training, TrainingPart, TrainingSource
from forecasting.published_body import method_label
from forecasting.services.order_training import order_training
from scraping.models import Product


class RetrainOrderSerializer(serializers.Serializer[Any]):
    """What to retrain: nothing named means everything."""

    products = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=10_000,
        allow_empty=False,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """No words we do not know, no products we do not have."""
        if unknown := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError(f"Unknown: {', '.join(sorted(unknown))}. Known: products.")
        wanted = set(attrs.get("products", []))
        known = set(Product.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        if missing := sorted(wanted - known):
            raise serializers.ValidationError(
                {"products": [f"No product has the id {', '.join(map(str, missing[:20]))}."]}
            )
        return attrs


class TrainingStartedSerializer(serializers.Serializer[Any]):
    """The receipt of an order."""

    id = serializers.IntegerField()
    status = serializers.CharField()
    url = serializers.CharField()


class TrainingPartSerializer(serializers.ModelSerializer[TrainingPart]):
    """One worker's share of a training."""

    shop = serializers.CharField(source="shop.name", allow_null=True, default=None, read_only=True)

    class Meta:
        model = TrainingPart
        fields: ClassVar = ["kind", "shop", "share", "shares", "status", "attempts", "duration_ms", "reason"]


class TrainingSerializer(serializers.ModelSerializer[Training]):
    """A training: state, progress, what was chosen, how well it did, and whether it is served."""

    parts = TrainingPartSerializer(many=True, read_only=True)
    bar = serializers.JSONField(source="baseline", read_only=True)
    chosen = serializers.SerializerMethodField()
    refused = serializers.SerializerMethodField()

    class Meta:
        model = Training
        fields: ClassVar = [
            *(
                "id",
                "scope",
                "status",
                "reason",
                "source",
                "created_at",
                "started_at",
                "finished_at",
                "attempts",
            ),
            *("because", "standing", "standing_reason", "parts"),
            *("series_total", "series_done", "duration_ms", "fingerprint", "versions", "parameters", "chosen"),
            *("scores", "bar", "refused", "checksum"),
        ]

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_chosen(self, training: Training) -> dict[str, int]:
        """How many forecasts each method made, by its label."""
        return {method_label(method): count for method, count in training.chosen.items()}

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_refused(self, training: Training) -> dict[str, str]:
        """Why a product has no forecast, by product id."""
        return {product: refusal_text(codes) for product, codes in training.refused.items()}


class RetrainView(APIView):
    """Order a training."""

    @extend_schema(request=RetrainOrderSerializer, responses={202: TrainingStartedSerializer})
    def post(self, request: Request) -> Response:
        """Start a retraining of everything or of some products."""
        order = RetrainOrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        training = order_training(
            product_ids=order.validated_data.get("products", ()),
            source=TrainingSource.API,
            requested_by=request.user.get_username(),
        )
        url = request.build_absolute_uri(reverse("training", args=[training.pk]))
        body = {"id": training.pk, "status": training.status, "url": url}
        return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": url})


class TrainingView(APIView):
    """Follow a training."""

    @extend_schema(responses=TrainingSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """How a training stands."""
        parts = Prefetch("parts", TrainingPart.objects.select_related("shop").defer("result"))
        training = get_object_or_404(Training.objects.prefetch_related(parts), pk=pk)
        return Response(TrainingSerializer(training).data)
