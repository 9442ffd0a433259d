"""Trainings and forecasts in the admin."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from forecasting.models import AdviceScore, Forecast, ForecastScore, IndexForecast, IndexScore, MarketSeries, Training
from forecasting.services.order_training import cancel, order_training
from scraping.read_only_admin import ReadOnly


@admin.register(Training)
class TrainingAdmin(ReadOnly):
    """Trainings, with "retrain now"."""

    change_list_template = "admin/forecasting/training/change_list.html"
    list_display = ("id", "scope", "status", "source", "series_done", "series_total", "duration_ms", "reason")
    list_filter = ("status", "source")
    actions = ("cancel_selected",)

    def get_urls(self) -> list[URLPattern]:
        """One address more: the button."""
        own = path("retrain/", self.admin_site.admin_view(self.retrain_now), name="forecasting_training_retrain")
        return [own, *super().get_urls()]

    def retrain_now(self, request: HttpRequest) -> HttpResponseRedirect:
        """Order a training of everything."""
        if request.method == "POST" and request.user.has_perm("forecasting.add_training"):
            training = order_training(source="admin", requested_by=request.user.get_username())
            messages.success(request, f"Training {training.pk} is ordered.")
        return HttpResponseRedirect(reverse("admin:forecasting_training_changelist"))

    @admin.action(description="Cancel")
    def cancel_selected(self, request: HttpRequest, queryset: QuerySet[Training]) -> None:
        """Cancel what is still open."""
        messages.success(request, f"{cancel(training_ids=queryset.values_list('pk', flat=True))} cancelled.")


@admin.register(Forecast)
class ForecastAdmin(ReadOnly):
    """The ledger."""

    list_display = ("product", "origin", "method", "last_price", "training")
    list_filter = ("method",)
    list_select_related = ("product", "training")
    show_full_result_count = False


@admin.register(IndexForecast)
class IndexForecastAdmin(ReadOnly):
    """The ledger of the grades' indices."""

    list_display = ("grade", "currency", "simulated", "origin", "method", "last_value", "training")
    list_filter = ("grade", "currency", "simulated")
    list_select_related = ("training",)
    show_full_result_count = False


@admin.register(MarketSeries)
class MarketSeriesAdmin(admin.ModelAdmin[MarketSeries]):
    """The series that tell the market; the operator may rename them and say what a price buys."""

    list_display = ("name", "role", "unit", "product")
    list_filter = ("role",)
    list_select_related = ("product",)
    raw_id_fields = ("product",)


@admin.register(ForecastScore)
class ForecastScoreAdmin(ReadOnly):
    """How published forecasts turned out."""

    list_display = ("forecast", "days", "due_on", "days_seen", "error", "standing_error")
    list_filter = ("days",)
    list_select_related = ("forecast__product",)
    show_full_result_count = False


@admin.register(IndexScore)
class IndexScoreAdmin(ReadOnly):
    """How published index forecasts turned out."""

    list_display = ("forecast", "days", "due_on", "days_seen", "error", "standing_error")
    list_filter = ("days",)
    list_select_related = ("forecast",)
    show_full_result_count = False


@admin.register(AdviceScore)
class AdviceScoreAdmin(ReadOnly):
    """How published advice turned out."""

    list_display = ("forecast",)
    list_select_related = ("forecast__product",)
    show_full_result_count = False
