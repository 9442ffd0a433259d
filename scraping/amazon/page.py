"""The entry point: one page in, one reading out, never an exception."""

from dataclasses import replace
from decimal import Decimal

from scraping.amazon import details, extras, phrases
from scraping.amazon.agreement import AgreedPrice, agree
from scraping.amazon.block import Assessment, classify
from scraping.amazon.buying_options import read_buying_options
from scraping.amazon.buying_state import BuyingState, is_undeliverable, read_state
from scraping.amazon.candidates import read_candidates
from scraping.amazon.coupon import read_coupon
from scraping.amazon.document import Document, open_document
from scraping.amazon.evidence import OtherPrices
from scraping.amazon.first_reader import Seen, read_visible_price
from scraping.amazon.gtin import read_gtin
from scraping.amazon.money import Habit
from scraping.amazon.other_prices import NEW, read_other_prices
from scraping.amazon.price_parts import Owner, Part, read_parts
from scraping.amazon.second_reader import read_hidden_prices
from scraping.amazon.seller import read_seller
from scraping.amazon.shipping import read_shipping
from scraping.grade import read_grade
from scraping.offer import Agreement, Condition, Offer, OfferState, PageKind, PageReading
from scraping.volume import read_volume


def read_page(html: bytes | str, *, marketplace: str | None = None) -> PageReading:
    """Read a saved page: what kind it is and, for a product, its offer; unsure prices are None."""
    return read_document(open_document(html, marketplace=marketplace))


def read_document(document: Document, assessment: Assessment | None = None) -> PageReading:
    """Read a page that is already parsed, and perhaps already classified."""
    assessment = assessment or classify(document)
    market = document.marketplace.code if document.marketplace else None
    if assessment.kind is not PageKind.PRODUCT:
        return PageReading(assessment.kind, assessment.reason, marketplace=market)
    return _read_product(document, market)


def _read_product(document: Document, market: str | None) -> PageReading:
    """Read the offer of a product page with both readers."""
    asin = details.read_asin(document)
    parts = read_parts(document)
    habit = Habit(document.decimal, document.currency)
    seen, owners = _main_price(parts, habit)
    options = read_buying_options(document.data, habit)
    hidden = read_hidden_prices(document.data, asin=asin, options=options, habit=habit)
    kinds = frozenset(option.kind for option in options)
    state = read_state(document, option_types=kinds, has_price=seen.price is not None, is_range=seen.is_range)
    others = read_other_prices(document, parts, seen=seen, owners=owners, options=options, habit=habit)
    priced = state.state is not None and state.state.has_price
    agreed = agree(seen.price, hidden, others) if priced else AgreedPrice(None, Agreement.NONE)
    offer = _offer(document, asin, state.state, agreed, others)
    if Owner.RENEWED in owners:
        offer = replace(offer, condition=Condition.RENEWED)
    candidates = read_candidates(document, parts, hidden, price=agreed.price, others=others, coupon=offer.coupon)
    rules = {"state": state.rule, "price": " + ".join(agreed.rules)}
    return PageReading(
        PageKind.PRODUCT,
        _reason(state, agreed),
        offer,
        market,
        {field: rule for field, rule in rules.items() if rule},
        agreed.agreement,
        agreed.rivals,
        candidates,
    )


def _main_price(parts: tuple[Part, ...], habit: Habit) -> tuple[Seen, tuple[Owner, ...]]:
    """Read the price of the new offer; where there is none but renewed ones, that of the first of them."""
    seen = read_visible_price(parts, habit)
    if seen.price is None and not seen.is_range and any(part.owner is Owner.RENEWED for part in parts):
        renewed = (Owner.RENEWED, Owner.RENEWED)
        return read_visible_price(parts, habit, owners=renewed), renewed
    return seen, NEW


def _offer(
    document: Document, asin: str | None, state: OfferState | None, agreed: AgreedPrice, others: OtherPrices
) -> Offer:
    """Put together what both readers and the tables say."""
    habit = Habit(document.decimal, document.currency)
    title, rows = details.read_title(document), details.read_tables(document)
    price = agreed.price.amount if agreed.price else None
    seller, sender, seller_kind = read_seller(document)
    shipping, shipping_doubt = read_shipping(document, habit)
    doubts = {**others.doubts, **({"shipping": shipping_doubt} if shipping_doubt else {})}
    if agreed.agreement is Agreement.DISAGREE:
        doubts["price"] = f"the two readers disagree: {' and '.join(map(str, agreed.rivals))}"
    return Offer(
        asin=asin,
        title=title,
        state=state,
        price=price,
        currency=agreed.price.currency if agreed.price else extras.read_page_currency(document, habit),
        brand=details.read_brand(document, rows),
        list_price=(others.get("list") or others.get("ordinary")) if price is not None else None,
        unit_price=others.unit_price,
        coupon=read_coupon(document, habit),
        prime_price=others.get("prime"),
        instant_price=price if others.paid_at_once else None,
        subscribe_price=others.get("subscribe"),
        used_price=_lowest(others.get("used"), others.get("renewed"), extras.read_used_price(document, habit)),
        shipping=shipping,
        condition=Condition.RENEWED if phrases.RENEWED.search(title) else Condition.NEW,
        seller=seller,
        sender=sender,
        seller_kind=seller_kind,
        rating=details.read_rating(document),
        reviews=details.read_reviews(document),
        image_url=details.read_image(document),
        volume=read_volume(title, table_rows=rows, unit_price=others.unit_price, price=price),
        grade=read_grade(title),
        location=details.read_location(document),
        deliverable=not is_undeliverable(document),
        breadcrumb=details.read_breadcrumb(document),
        gtin=read_gtin(rows),
        doubts=doubts,
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
