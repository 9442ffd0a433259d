"""Feeds: what changed on one product, and the deals."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.deals import BIG_DROP
from dashboard.feed_document import Entry, FeedHead, Picture, feed_response
from dashboard.history import Stretch
from dashboard.selectors.feeds import MOST_ENTRIES, AdviceChange, DealLine, advice_changes, deals, product_changes
from dashboard.selectors.picture import picture_sizes
from dashboard.selectors.product import ProductFacts, product_facts
from dashboard.texts.advice import Pack, advice_sentence
from dashboard.texts.formats import money, per_litre, percent
from dashboard.texts.product_advice import drop_by_the_end
from dashboard.texts.states import STATES


@require_safe
def product_feed(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Each change of price or state, and each change of the advice."""
    facts = product_facts(pk)
    if facts is None:
        raise Http404
    entries = [_price_entry(facts, before, now) for before, now in product_changes(pk, max_gap=facts.max_gap)]
    entries += [_advice_entry(facts, change) for change in advice_changes(pk)]
    picture = _picture(facts.id, picture_sizes([facts.id]))
    entries = [replace(entry, shop=facts.shop, shop_url=facts.shop_page, picture=picture) for entry in entries]
    entries.sort(key=lambda entry: (entry.at, entry.name), reverse=True)
    head = FeedHead(
        title=f"{facts.name} – oilwatch",
        description=gettext("Every change of the price, the stock and the advice."),
        path=reverse("product", args=[pk]),
    )
    return feed_response(request, head, entries[:MOST_ENTRIES], form)


@require_safe
def deals_feed(request: HttpRequest, form: str) -> HttpResponse:
    """New lows and big drops whose litre is not dear."""
    head = FeedHead(
        title=gettext("Olive oil deals – oilwatch"),
        description=gettext(
            "Products in stock with a price from the last 14 days that is the lowest in 90 days, or at least "
            "%(drop)s below the previous price, and that cost no more per litre than the median of their "
            "grade."
        )
        % {"drop": percent(BIG_DROP)},
        path=reverse("market"),
    )
    lines = deals(timezone.now())
    sizes = picture_sizes([line.product_id for line in lines])
    return feed_response(request, head, [_deal_entry(line, sizes) for line in lines], form)


def _picture(pk: int, sizes: Mapping[int, int]) -> Picture | None:
    """The picture of a product, where one is kept."""
    return Picture(reverse("product_picture", args=[pk]), sizes[pk]) if pk in sizes else None


def _price_entry(facts: ProductFacts, before: Stretch | None, now: Stretch) -> Entry:
    """Name what it costs now; the litre too, where the volume is known."""
    what = str(STATES.get(now.state, now.state)) if now.price is None else money(now.price, facts.currency)
    if now.price is not None and facts.litres:
        what = f"{what} ({per_litre(now.price / float(facts.litres), facts.currency)})"
    text = gettext("%(shop)s: %(what)s.") % {"shop": facts.shop, "what": what}
    if before and before.price and now.price:
        share = percent(now.price / before.price - 1, places=1, signed=True)
        values = {"price": money(before.price, facts.currency), "change": share}
        text = f"{text} {gettext('Before: %(price)s (%(change)s).') % values}"
    return Entry(
        name=f"products/{facts.id}/price/{now.first:%Y%m%dT%H%M%S}",
        title=f"{facts.name}: {what}",
        text=text,
        path=reverse("product", args=[facts.id]),
        at=now.first,
    )


def _advice_entry(facts: ProductFacts, change: AdviceChange) -> Entry:
    pack = Pack(facts.currency, change.price, float(facts.litres) if facts.litres else None)
    drop = drop_by_the_end(change.probability_of_drop, change.cutoff)
    text = advice_sentence(change.advice, pack, today=change.at.date(), drop=drop)
    return Entry(
        name=f"products/{facts.id}/advice/{change.at:%Y%m%dT%H%M%S}",
        title=f"{facts.name}: {text.state}",
        text=text.sentence,
        path=reverse("product", args=[facts.id]),
        at=change.at,
    )


def _deal_entry(line: DealLine, sizes: Mapping[int, int]) -> Entry:
    reasons = []
    if line.deal.low_before is not None:
        values = {"price": money(line.deal.low_before, line.currency)}
        reasons.append(gettext("The lowest in 90 days; the previous low was %(price)s.") % values)
    if line.deal.fell_from is not None:
        drop = percent(float(line.price) / line.deal.fell_from - 1, places=1, signed=True)
        values = {"change": drop, "price": money(line.deal.fell_from, line.currency)}
        reasons.append(gettext("%(change)s, from %(price)s.") % values)
    litre = per_litre(line.per_litre, line.currency)
    return Entry(
        name=f"deals/{line.product_id}/{line.deal.since:%Y%m%dT%H%M%S}",
        title=f"{litre}: {line.title}",
        text=" ".join([f"{line.shop}: {money(line.price, line.currency)}.", *reasons]),
        path=reverse("product", args=[line.product_id]),
        at=line.deal.since,
        shop=line.shop,
        shop_url=line.shop_page,
        picture=_picture(line.product_id, sizes),
    )
