"""Trainings and forecasts in the admin."""

import json
from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forecasting.models import (
    AdviceScore,
    Forecast,
    ForecastScore,
    IndexForecast,
    IndexScore,
    MarketSeries,
    MethodForecast,
    MethodScore,
    PromotionPeriod,
    TaxChange,
    Training,
    TrainingPart,
    TrainingSource,
)
from forecasting.published_body import advice_body, method_label, odds_body, skill_body
from forecasting.services.order_training import cancel, order_training
from forecasting.services.rule_standing import roll_back, serve
from forecasting.training_table import (
    baseline_table,
    coverage,
    error_against_last_price,
    rounded,
    scores_table,
    table,
)
from forecasting.training_texts import TrainingSentence, training_result, training_sentence
from scraping.admin_base import ReadOnlyAdmin


class TrainingPartInline(admin.TabularInline[TrainingPart, Training]):
    """What each worker did of a training."""

    model = TrainingPart
    fields = ("kind", "shop", "share", "status", "attempts", "started_at", "duration_ms", "reason")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrainingPart]:
        """Without the results, which are megabytes while a training runs."""
        parts: QuerySet[TrainingPart] = super().get_queryset(request).defer("result").select_related("shop")
        return parts

    def has_add_permission(self, request: HttpRequest, obj: Training | None = None) -> bool:
        """Planning a training adds them."""
        return False


@admin.register(Training)
class TrainingAdmin(ReadOnlyAdmin):
    """Trainings, with "retrain now"."""

    change_list_template = "admin/forecasting/training/change_list.html"
    list_display = (
        *("id", "scope", "status", "standing", "against_last_price", "coverage_80"),
        *("finished_at", "result"),  # source: a filter
    )
    exclude = (
        *("scores", "baseline", "chosen", "versions", "parameters", "refused"),
        *("reason", "standing_reason", "because"),
    )
    readonly_fields = (
        *("result", "why_standing", "why_early"),
        *("scores_by_horizon", "baselines", "methods"),
        *("libraries", "chosen_parameters", "without_forecast"),
    )
    list_filter = ("status", "standing", "source")
    actions = ("cancel_selected", "roll_back_selected", "serve_selected")
    inlines = (TrainingPartInline,)

    def get_urls(self) -> list[URLPattern]:
        """One address more: the button."""
        own = path("retrain/", self.admin_site.admin_view(self.retrain_now), name="forecasting_training_retrain")
        return [own, *super().get_urls()]

    @admin.display(description=_("Result"))
    def result(self, training: Training) -> SafeString:
        """What it came to, in the reader's language as far as it is known."""
        return _shown(training_result(training))

    @admin.display(description=_("error against the last price"))
    def against_last_price(self, training: Training) -> str:
        """At the horizon that decides."""
        return error_against_last_price(training.scores)

    @admin.display(description=_("coverage (80%)"))
    def coverage_80(self, training: Training) -> str:
        """At the horizon that decides."""
        return coverage(training.scores)

    @admin.display(description=_("standing reason"))
    def why_standing(self, training: Training) -> SafeString | str:
        """Why it is served or not."""
        return _sentence(training.standing_reason)

    @admin.display(description=_("because"))
    def why_early(self, training: Training) -> SafeString | str:
        """Why it was started ahead of schedule."""
        return _sentence(training.because)

    @admin.display(description=_("scores"))
    def scores_by_horizon(self, training: Training) -> SafeString | str:
        """By shop and horizon."""
        return scores_table(training.scores)

    @admin.display(description=_("baseline"))
    def baselines(self, training: Training) -> SafeString | str:
        """By shop."""
        return baseline_table(training.baseline)

    @admin.display(description=_("chosen"))
    def methods(self, training: Training) -> SafeString | str:
        """How many forecasts each method made."""
        rows = [(format_html("<code>{}</code>", method_label(name)), count) for name, count in training.chosen.items()]
        return table((gettext("method"), gettext("forecasts")), rows)

    @admin.display(description=_("versions"))
    def libraries(self, training: Training) -> SafeString | str:
        """What it was fitted with."""
        rows = [(format_html("<code>{}</code>", name), version) for name, version in training.versions.items()]
        return table((gettext("library"), gettext("version")), rows)

    @admin.display(description=_("parameters"))
    def chosen_parameters(self, training: Training) -> SafeString | str:
        """What was chosen on each shop's history."""
        return _as_json(training.parameters)

    @admin.display(description=_("refused"))
    def without_forecast(self, training: Training) -> SafeString | str:
        """Products without a forecast, and why."""
        return _as_json(training.refused)

    def retrain_now(self, request: HttpRequest) -> HttpResponseRedirect:
        """Order a training of everything."""
        if request.method == "POST" and request.user.has_perm("forecasting.add_training"):
            training = order_training(source=TrainingSource.ADMIN, requested_by=request.user.get_username())
            messages.success(request, gettext("Training %(id)s started.") % {"id": training.pk})
        return HttpResponseRedirect(reverse("admin:forecasting_training_changelist"))

    @admin.action(description=_("Cancel"))
    def cancel_selected(self, request: HttpRequest, queryset: QuerySet[Training]) -> None:
        """Cancel what is still open."""
        count = cancel(training_ids=queryset.values_list("pk", flat=True))
        text = ngettext("%(count)s training cancelled.", "%(count)s trainings cancelled.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Roll back to the training served before"), permissions=["rule"])
    def roll_back_selected(self, request: HttpRequest, queryset: QuerySet[Training]) -> None:
        """Take served trainings back; what they published still counts in the record."""
        taken = roll_back(training_ids=queryset.values_list("pk", flat=True), by=request.user.get_username())
        left = queryset.count() - taken
        text = ngettext("%(count)s training rolled back.", "%(count)s trainings rolled back.", taken)
        messages.success(request, text % {"count": taken})
        if left:
            text = ngettext(
                "%(count)s training unchanged: not served, or nothing was served before it.",
                "%(count)s trainings unchanged: not served, or nothing was served before them.",
                left,
            )
            messages.warning(request, text % {"count": left})

    @admin.action(description=_("Serve anyway (held back or rolled back)"), permissions=["rule"])
    def serve_selected(self, request: HttpRequest, queryset: QuerySet[Training]) -> None:
        """Let people see what these trainings say; in the record they count from today on."""
        served = serve(training_ids=queryset.values_list("pk", flat=True), by=request.user.get_username())
        text = ngettext("%(count)s training served.", "%(count)s trainings served.", served)
        messages.success(request, text % {"count": served})

    def has_rule_permission(self, request: HttpRequest) -> bool:
        """Ruling what is served is ordering a training's twin."""
        return request.user.has_perm("forecasting.add_training")


class PublishedAdmin(ReadOnlyAdmin):
    """The skill of a published forecast as the API gives it."""

    exclude: ClassVar[tuple[str, ...]] = ("skill",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("published_skill",)

    @admin.display(description=_("Skill"))
    def published_skill(self, forecast: Forecast | IndexForecast) -> SafeString | str:
        """The measured figures as JSON, with the notes as sentences."""
        return _as_json(skill_body(forecast.skill))


@admin.register(Forecast)
class ForecastAdmin(PublishedAdmin):
    """The ledger."""

    list_display = ("product", "cutoff", "method", "price", "training")
    list_filter = ("method", "product__shop")
    search_fields = ("product__title", "product__sku")
    list_select_related = ("product", "training")
    show_full_result_count = False
    exclude = ("advice", "skill", "odds")
    readonly_fields = ("published_advice", "published_skill", "published_odds")

    @admin.display(description=_("last price"), ordering="last_price")
    def price(self, forecast: Forecast) -> str:
        """To the cent."""
        return str(number_format(forecast.last_price, 2))

    @admin.display(description=_("Advice"))
    def published_advice(self, forecast: Forecast) -> SafeString | str:
        """The advice as JSON, with its reason."""
        return _as_json(advice_body(forecast.advice))

    @admin.display(description=_("Odds of a fall"))
    def published_odds(self, forecast: Forecast) -> SafeString | str:
        """The chances of a fall as JSON."""
        return _as_json(odds_body(forecast.odds))


@admin.register(IndexForecast)
class IndexForecastAdmin(PublishedAdmin):
    """The ledger of the grades' indices."""

    list_display = ("grade", "currency", "simulated", "cutoff", "method", "last_value", "training")
    list_filter = ("grade", "currency", "simulated")
    list_select_related = ("training",)
    show_full_result_count = False


@admin.register(MethodForecast)
class MethodForecastAdmin(ReadOnlyAdmin):
    """What one named method alone says."""

    list_display = ("product", "method", "cutoff", "last_price", "inputs", "training")
    list_filter = ("method",)
    list_select_related = ("product", "training")
    show_full_result_count = False


@admin.register(MarketSeries)
class MarketSeriesAdmin(admin.ModelAdmin[MarketSeries]):
    """The series that tell the market; the operator may rename them and say what a price buys."""

    list_display = ("name", "role", "unit", "product")
    list_filter = ("role",)
    list_select_related = ("product",)
    raw_id_fields = ("product",)


@admin.register(TaxChange)
class TaxChangeAdmin(admin.ModelAdmin[TaxChange]):
    """Announced changes of tax; forecasts published from now on take them in."""

    list_display = ("country", "starts_on", "percent_before", "percent_after", "grades", "announced_on", "law")
    list_filter = ("country",)


@admin.register(PromotionPeriod)
class PromotionPeriodAdmin(admin.ModelAdmin[PromotionPeriod]):
    """Promotions of shops; Prophet's forecasts from now on take them in."""

    list_display = ("shop", "name", "first_day", "last_day", "announced_on")
    list_filter = ("shop",)
    list_select_related = ("shop",)


@admin.register(ForecastScore)
class ForecastScoreAdmin(ReadOnlyAdmin):
    """How published forecasts turned out."""

    list_display = ("forecast", "days", "due_on", "days_seen", "error", "naive_error")
    list_filter = ("days",)
    list_select_related = ("forecast__product",)
    show_full_result_count = False


@admin.register(MethodScore)
class MethodScoreAdmin(ReadOnlyAdmin):
    """How the forecasts of a named method turned out."""

    list_display = ("forecast", "days", "due_on", "days_seen", "error", "naive_error")
    list_filter = ("days",)
    list_select_related = ("forecast__product",)
    show_full_result_count = False


@admin.register(IndexScore)
class IndexScoreAdmin(ReadOnlyAdmin):
    """How published index forecasts turned out."""

    list_display = ("forecast", "days", "due_on", "days_seen", "error", "naive_error")
    list_filter = ("days",)
    list_select_related = ("forecast",)
    show_full_result_count = False


@admin.register(AdviceScore)
class AdviceScoreAdmin(ReadOnlyAdmin):
    """How published advice turned out."""

    list_display = ("forecast",)
    list_select_related = ("forecast__product",)
    show_full_result_count = False


def _sentence(stored: str) -> SafeString | str:
    return _shown(training_sentence(stored)) if stored else "–"


def _shown(sentence: TrainingSentence) -> SafeString:
    return format_html('<span lang="en">{}</span>' if sentence.is_foreign else "{}", sentence.text)


def _as_json(value: object) -> SafeString | str:
    """Nested figures as the API gives them, with three significant digits."""
    text = json.dumps(rounded(value), ensure_ascii=False, indent=1)
    return format_html('<pre class="figures" lang="en">{}</pre>', text) if value else "–"
