"""The coupon of a page: its words, and what they take off."""

import re
from decimal import Decimal

from scraping.amazon.document import Document, text_of
from scraping.amazon.money import Habit, find_money, parse_number
from scraping.offer import Coupon

_BOXES = (
    "couponBadgeRegularVbox",
    "couponText",
    "promoPriceBlockMessage_feature_div",
    "couponFeature",
    "vpcButton",
    "unclippedCoupon",
    "couponFeature_feature_div",
)
_WORDS = re.compile(
    r"coup[oó]n|cup[oó]n|gutschein|buono|クーポン|voucher|rabattkupong|bon de réduction|cupom|kupon", re.IGNORECASE
)
# Samples: 10 %, -15%, 5 Prozent, 12,5 %
_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,2})?)\s?(?:%|％|por ciento|per ?cent|prozent|percento|pour ?cent)"
)
_LONGEST = 128


def read_coupon(document: Document, habit: Habit) -> Coupon | None:
    """Return the coupon: "Utiliser le coupon de 10 %", "Applica coupon 40€"; a promise at checkout, not the price."""
    texts = (text_of(element) for name in _BOXES for _, element in document.starting(name))
    coupons = [parse_coupon(text, habit) for text in texts if text and _WORDS.search(text)]
    # the badge beside the coupon's words holds only the label "Cupón:"
    return next((coupon for coupon in coupons if coupon.says_what), coupons[0] if coupons else None)


def parse_coupon(words: str, habit: Habit) -> Coupon:
    """Read an amount or a percentage; words with both, or with several of one, say neither for sure."""
    percents = {match.group(1) for match in _PERCENT.finditer(words)}
    amounts = {one.money.amount for one in find_money(words, habit)}
    text = words[:_LONGEST]
    if len(percents) == 1 and not amounts:
        percent = parse_number(percents.pop(), decimal=habit.decimal or ".")
        return Coupon(text, percent=percent if percent and 0 < percent < Decimal(100) else None)
    if len(amounts) == 1 and not percents:
        return Coupon(text, amount=amounts.pop() or None)
    return Coupon(text)
