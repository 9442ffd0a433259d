"""The operator's buttons: visit now, retrain, cancel, try again. Each is a POST and goes through a service."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from dashboard.permissions import is_operator, only
from dashboard.selectors.last_visits import failed_lately
from forecasting.models import Training, TrainingSource
from forecasting.services.order_training import cancel, order_training
from scraping.models import Product, Source
from scraping.services.order_visits import cancel_run, order_scrape


@require_POST
@only(is_operator)
def scrape_now(request: HttpRequest) -> HttpResponse:
    """Order a visit to everything scrapable."""
    return _order_visits(request, Product.objects.scrapable().select_related("shop"))


@require_POST
@only(is_operator)
def visit_again(request: HttpRequest) -> HttpResponse:
    """Order a visit to everything whose last visit of the day failed."""
    return _order_visits(request, failed_lately(timezone.now() - timedelta(days=1)))


def _order_visits(request: HttpRequest, products: QuerySet[Product]) -> HttpResponse:
    run = order_scrape(products=products, source=Source.ADMIN, requested_by=request.user.get_username())
    count = run.visits.count()
    messages.success(
        request,
        ngettext("%(count)s check started.", "%(count)s checks started.", count) % {"count": count},
    )
    return redirect("operations")


@require_POST
@only(is_operator)
def retrain_now(request: HttpRequest) -> HttpResponse:
    """Order a training of everything."""
    training = order_training(source=TrainingSource.ADMIN, requested_by=request.user.get_username())
    messages.success(request, gettext("Training %(number)s started.") % {"number": training.pk})
    return redirect("operations")


@require_POST
@only(is_operator)
def train_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a training of the same products as one that came to nothing."""
    failed = get_object_or_404(Training, pk=pk)
    training = order_training(
        product_ids=failed.product_ids, source=TrainingSource.ADMIN, requested_by=request.user.get_username()
    )
    messages.success(request, gettext("Training %(number)s started.") % {"number": training.pk})
    return redirect("operations")


@require_POST
@only(is_operator)
def cancel_training(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a training off."""
    if cancel(training_ids=[pk]):
        messages.success(request, gettext("Training %(number)s cancelled.") % {"number": pk})
    return redirect("operations")


@require_POST
@only(is_operator)
def cancel_scrape(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel what nobody has begun of an order to scrape."""
    count = cancel_run(run_id=pk)
    messages.success(
        request,
        ngettext("%(count)s check cancelled.", "%(count)s checks cancelled.", count) % {"count": count},
    )
    return redirect("operations")
