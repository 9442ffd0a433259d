"""The signs of money on Amazon's pages and the ISO codes they stand for."""

import re

# "$", "￥" and "¥" are missing: they stand for several currencies, and the page's marketplace decides.
SIGNS = dict(
    pair.split("=")
    for pair in [
        "CDN$=CAD",
        "CAD$=CAD",
        "CA$=CAD",
        "C$=CAD",
        "US$=USD",
        "USD$=USD",
        "AU$=AUD",
        "A$=AUD",
        "MX$=MXN",
        "R$=BRL",
        "S$=SGD",
        "NZ$=NZD",
        "HK$=HKD",
        "€=EUR",
        "£=GBP",
        "₹=INR",
        "Rs.=INR",
        "円=JPY",
        "zł=PLN",
        "kr=SEK",
        "₺=TRY",
        "TL=TRY",
        "元=CNY",
        "R=ZAR",
    ]
)
SHARED = {"$": "USD", "￥": "JPY", "¥": "JPY"}
DOLLARS = frozenset({"USD", "CAD", "AUD", "MXN", "SGD", "NZD", "HKD"})
YUANS = frozenset({"JPY", "CNY"})
ISO_CODES = frozenset(
    re.findall(
        "[A-Z]{3}",
        "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KWD "
        "KZT MAD MXN MYR NAD NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD "
        "UYU VND ZAR",
    )
)
# Signs that are letters need a border, or the "R" of "R 12" would be found in "HDR 12".
_LETTERS = (
    r"\bRs\.",
    r"\bkr\b\.?",
    r"\bTL\b",
    r"\bR(?=\s?\d)",
    *(rf"\b{code}\b" for code in sorted(ISO_CODES)),
)
_MARKS = sorted((sign for sign in [*SIGNS, *SHARED] if not sign.isascii() or "$" in sign), key=len, reverse=True)

# Longest first, so that "CDN$" is never read as "$".
SIGN_PATTERN = "|".join([*map(re.escape, _MARKS), *_LETTERS])
