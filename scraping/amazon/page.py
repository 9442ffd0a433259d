"""The entry point: one page in, one reading out, never an exception."""

from decimal import Decimal

from scraping.amazon import details, extras
from scraping.amazon.agreement import AgreedPrice, agree
from scraping.amazon.block import Verdict, classify
from scraping.amazon.buying_options import BuyingOption, read_buying_options
from scraping.amazon.buying_state import BuyingState, read_state
from scraping.amazon.document import Document, open_document
from scraping.amazon.evidence import Lesser
from scraping.amazon.first_reader import DEAL_RULES, Seen, read_part_price, read_visible_price
from scraping.amazon.money import Habit
from scraping.amazon.price_parts import Owner, Part, read_parts
from scraping.amazon.second_reader import read_hidden_prices
from scraping.amazon.seller import read_seller
from scraping.grade import read_grade
from scraping.offer import Agreement, Offer, PageKind, PageReading
from scraping.volume import read_volume


def read_page(html: bytes | str, *, marketplace: str | None = None) -> PageReading:
    """Read a saved page: what kind it is and, for a product, its offer; unsure prices are None."""
    return read_document(open_document(html, marketplace=marketplace))


def read_document(document: Document, verdict: Verdict | None = None) -> PageReading:
    """Read a page that is already parsed, and perhaps already classified."""
    verdict = verdict or classify(document)
    market = document.marketplace.code if document.marketplace else None
    if verdict.kind is not PageKind.PRODUCT:
        return PageReading(verdict.kind, verdict.reason, marketplace=market)
    return _read_product(document, market)


def _read_product(document: Document, market: str | None) -> PageReading:
    """Read the offer of a product page with both readers."""
    asin = details.read_asin(document)
    parts = read_parts(document)
    habit = Habit(document.decimal, document.currency)
    seen = read_visible_price(parts, habit)
    options = read_buying_options(document.data, habit)
    hidden = read_hidden_prices(document.data, asin=asin, options=options, habit=habit)
    kinds = frozenset(option.kind for option in options)
    state = read_state(document, option_types=kinds, has_price=seen.price is not None, is_range=seen.is_range)
    lesser = _lesser(parts, options, seen, habit)
    priced = state.state is not None and state.state.has_price
    agreed = agree(seen.price, hidden, lesser) if priced else AgreedPrice(None, Agreement.NONE)
    offer = _offer(document, parts, asin, state, agreed, lesser, habit)
    rules = {"state": state.rule, "price": " + ".join(agreed.rules)}
    return PageReading(
        PageKind.PRODUCT,
        _reason(state, agreed),
        offer,
        market,
        {field: rule for field, rule in rules.items() if rule},
        agreed.agreement,
        agreed.rivals,
    )


def _lesser(parts: tuple[Part, ...], options: tuple[BuyingOption, ...], seen: Seen, habit: Habit) -> Lesser:
    """Collect the amounts that are known to be something less than the price."""
    visible = seen.price.amount if seen.price else None
    subscribe = read_part_price(parts, Owner.SUBSCRIBE, habit)
    used = read_part_price(parts, Owner.USED, habit)
    offered = [option.amount for option in options if option.kind == "USED" and option.amount is not None]
    used_amounts = [*offered, *([used.amount] if used else [])]
    ordinary = None
    if seen.price is not None and seen.price.rule in DEAL_RULES:
        ordinary = read_visible_price(parts, habit, skip=DEAL_RULES).price
    amounts = {
        "subscribe": subscribe.amount if subscribe else None,
        "used": min((amount for amount in used_amounts if amount != visible), default=None),
        "list": extras.read_list_price(parts, price=visible, habit=habit),
        "ordinary": ordinary.amount if ordinary and ordinary.amount != visible else None,
    }
    return Lesser({name: amount for name, amount in amounts.items() if amount is not None})


def _offer(
    document: Document,
    parts: tuple[Part, ...],
    asin: str | None,
    state: BuyingState,
    agreed: AgreedPrice,
    lesser: Lesser,
    habit: Habit,
) -> Offer:
    """Put together what both readers and the tables say."""
    title, rows = details.read_title(document), details.read_tables(document)
    price = agreed.price.amount if agreed.price else None
    unit_price = extras.read_unit_price(parts, habit)
    seller, sender, seller_kind = read_seller(document)
    return Offer(
        asin=asin,
        title=title,
        state=state.state,
        price=price,
        currency=agreed.price.currency if agreed.price else extras.read_page_currency(document, habit),
        brand=details.read_brand(document, rows),
        list_price=lesser.amounts.get("list") or lesser.amounts.get("ordinary"),
        unit_price=unit_price,
        coupon=extras.read_coupon(document),
        subscribe_price=lesser.amounts.get("subscribe"),
        used_price=_lowest(lesser.amounts.get("used"), extras.read_used_price(document, habit)),
        seller=seller,
        sender=sender,
        seller_kind=seller_kind,
        rating=details.read_rating(document),
        reviews=details.read_reviews(document),
        image_url=details.read_image(document),
        volume=read_volume(title, table_rows=rows, unit_price=unit_price, price=price),
        grade=read_grade(title),
        location=details.read_location(document),
        breadcrumb=details.read_breadcrumb(document),
    )


def _reason(state: BuyingState, agreed: AgreedPrice) -> str:
    """Say in words why there is a price, or why there is none."""
    if agreed.agreement is Agreement.DISAGREE:
        return f"the two readers disagree: {' and '.join(map(str, agreed.rivals))}"
    if agreed.price is not None:
        return f"{state.rule}; price by {' + '.join(agreed.rules)}"
    if state.state is None:
        return "unreadable: no price, no buy box and no words on availability"
    return f"{state.rule}: no price"


def _lowest(*amounts: Decimal | None) -> Decimal | None:
    """Return the lowest of the amounts that are known."""
    return min((amount for amount in amounts if amount is not None), default=None)
