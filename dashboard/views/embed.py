"""A product's chart for other people's pages: price, picture and a link, in a frame that any site may show."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from dashboard.chart_data import price_chart
from dashboard.query_params.market_query import read_range
from dashboard.query_params.shown_kinds import ON_A_PRODUCT, read_shown
from dashboard.selectors.product import product_facts, product_stretches
from dashboard.shown_chart import shown_chart
from dashboard.texts.product_advice import outlook_that_holds


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its types know no arguments
def product_embed(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart of one product with its forecast; it reads no session, and so is the same for everybody."""
    facts = product_facts(pk)
    if facts is None:
        raise Http404
    outlook, _ = outlook_that_holds(facts)
    data = price_chart(facts, product_stretches(pk), outlook, {}, [])
    chart = data and shown_chart(
        data.chart.showing(read_shown(request.GET.get("show"))),
        data.unit,
        over=read_range(request.GET.get("over")),
        usual=ON_A_PRODUCT,
        label=gettext("Chart of the price history and the forecast"),
    )
    return render(request, "embed.html", {"product": facts, "chart": chart, "frame": ""})
