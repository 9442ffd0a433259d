"""Add many products: paste addresses or search a shop, see a preview of each, watch those that are ticked."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from dashboard.permissions import may_add, only
from dashboard.texts.preview_rows import row_result
from dashboard.texts.states import Text
from dashboard.views.add import add_page
from scraping.models import PreviewKind, PreviewList, PreviewRow, VisitStatus
from scraping.models.preview_list import LISTED
from scraping.services.preview_lists import (
    MOST_ADDRESSES,
    NO_USE,
    NothingPasted,
    TooManyAddresses,
    order_search,
    paste_previews,
    searchable_shops,
    watch_rows,
)

LONGEST_TEXT = 100_000
LONGEST_WORDS = 128


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """One row as the page shows it."""

    row: PreviewRow
    per_litre: Decimal | None
    result: Text
    can_watch: bool
    ticked: bool
    is_trouble: bool
    simulated: bool


@require_POST
@only(may_add)
def paste_list(request: HttpRequest) -> HttpResponse:
    """Take addresses, one a line or among words, and lead to their previews."""
    text = request.POST.get("addresses", "").replace("\0", "")[:LONGEST_TEXT]
    try:
        listed = paste_previews(text=text, user=request.user)
    except NothingPasted:
        problem = gettext("There is no address or ASIN in this text.")
    except TooManyAddresses as error:
        problem = gettext("These are %(count)s addresses; %(most)s can be read at once.") % {
            "count": error.count,
            "most": MOST_ADDRESSES,
        }
    else:
        return redirect("preview_list", pk=listed.pk)
    return add_page(request, addresses=text, paste_problem=problem, status=422)


@require_POST
@only(may_add)
def search_shop(request: HttpRequest) -> HttpResponse:
    """Take words and a shop, and lead to what the shop finds."""
    words = " ".join(request.POST.get("words", "").replace("\0", "").split())[:LONGEST_WORDS]
    shops = {str(shop.pk): shop for shop in searchable_shops()}
    shop = shops.get(request.POST.get("shop", ""))
    if not words or shop is None:
        problem = gettext("Choose a shop.") if words else gettext("Nothing to search for: give at least one word.")
        return add_page(request, search_words=words, search_problem=problem, status=422)
    listed = order_search(shop=shop, words=words, user=request.user, repeat=request.POST.get("repeat") == "on")
    return redirect("preview_list", pk=listed.pk)


@require_safe
@only(may_add)
def preview_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the previews of one's own list, as far as they are made."""
    listed = _own(request, pk)
    all_rows = list(listed.rows.select_related("product").order_by("position"))
    search = next((row for row in all_rows if row.kind == PreviewKind.SEARCH), None)
    rows = [_shown(row) for row in all_rows if row is not search]
    context = {
        "list": listed,
        "search": search,
        "search_result": row_result(search) if search and search.outcome != VisitStatus.OK else "",
        "rows": rows,
        "open": sum(row.is_open for row in all_rows),
        "done": sum(not row.is_open for row in all_rows),
        "can_watch": any(row.can_watch for row in rows),
    }
    answer = render(request, "preview_list.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@only(may_add)
def watch_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch the ticked rows of one's own list."""
    listed = _own(request, pk)
    chosen = [int(value) for value in request.POST.getlist("row") if value.isascii() and value.isdecimal()]
    watched = watch_rows(preview_list=listed, row_ids=chosen, requested_by=request.user.get_username())
    if watched.new:
        text = ngettext("%(count)s product added.", "%(count)s products added.", watched.new)
        messages.success(request, text % {"count": watched.new})
    if watched.failed:
        text = ngettext("%(count)s could not be added.", "%(count)s could not be added.", watched.failed)
        messages.warning(request, text % {"count": watched.failed})
    if not watched.new and not watched.failed:
        messages.info(request, gettext("Nothing was selected."))
    return redirect("preview_list", pk=pk)


def _own(request: HttpRequest, pk: int) -> PreviewList:
    return get_object_or_404(PreviewList.objects.select_related("shop"), pk=pk, user=request.user.pk)


def _shown(row: PreviewRow) -> ShownPreview:
    usable = not row.is_open and bool(row.address) and row.outcome not in NO_USE and row.product_id is None
    return ShownPreview(
        row=row,
        per_litre=row.price / row.litres if row.price and row.litres else None,
        result=row_result(row),
        can_watch=usable,
        ticked=usable and row.outcome == VisitStatus.OK,
        simulated=row.address.startswith(f"{settings.OILWATCH_DEMO_SHOP_URL}/"),
        is_trouble=not row.is_open and row.product_id is None and row.outcome not in {VisitStatus.OK, LISTED},
    )
