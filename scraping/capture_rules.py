"""What of a captured page is kept: an allow-list of the places the reader looks at. Everything else goes.

The extension and the bookmarklet use the same rules: `extension/strip_rules.js` is written from here by
`python -m scraping.capture_rules`.
"""

import json
import sys

from scraping.personal_text import LONGEST_PLACE, NO_NAMES

# Elements kept with what is in them, by id.
KEEP = (
    *("productTitle", "ebooksProductTitle", "btAsinTitle", "title", "bylineInfo", "brand", "bylineInfo_feature_div"),
    *("acrCustomerReviewText", "wayfinding-breadcrumbs_feature_div", "glow-ingress-line1", "glow-ingress-line2"),
    *("contextualIngressPtLabel_deliveryShortLine", "productOverview_feature_div", "poExpander", "prodDetails"),
    *("productDetails_feature_div", "technicalSpecifications_feature_div", "detailBullets_feature_div"),
    *("detail-bullets", "price", "unifiedPrice_feature_div", "price_inside_buybox", "tp_price_block_total_price_ww"),
    *("actualPriceValue", "buyingPriceValue", "kindle-price", "Ebooks-desktop-KINDLE_ALC-prices-kindlePrice"),
    *("usedPrice", "tmmSwatches", "mediaNoAccordion", "booksHeaderSection", "kindleHeaderPriceSection"),
    *("soldByThirdParty", "adbl_bb_price", "desktop_buybox", "buybox", "buybox_feature_div", "addToCart"),
    *("mobile-availability", "pre-order-message", "sellerProfileTriggerId", "merchant-info", "tabular-buybox"),
    *("olp_feature_div", "olp-upd-new-used", "olp-upd-new", "dynamic-aod-ingress-box", "qualifiedBuybox"),
    *("outOfStock", "outOfStockBuyBox_feature_div", "snsBasePrice", "subscriptionPrice", "digital-list-price"),
    *("print-list-price", "best-offer-string-cc", "installmentCalculator_feature_div", "ddmDeliveryMessage"),
    *("dealprice_shippingmessage", "price-shipping-message", "ourprice_shippingmessage", "dealBadge_feature_div"),
    *("dealBadgeSupportingText", "dealBadge"),
)
# The same for ids that begin so.
KEEP_BEGINNING = (
    *("corePrice", "apex_", "apexPrice_", "priceblock_", "newBuyBoxPrice", "newAccordion", "usedAccordion"),
    *("snsAccordion", "newOfferAccordion", "usedOfferAccordion", "dealsAccordion", "renewed", "prime", "pep"),
    *("buyNewSection", "buyNew_", "usedBuySection", "usedOnlyBuybox", "used_buybox", "newPitchPrice", "newPrice"),
    *("buybox-", "new-toggle-buybox", "partialState", "unqualified", "availability", "merchantInfoFeature"),
    *("fulfillerInfoFeature", "coupon", "promoPriceBlock", "vpcButton", "unclippedCoupon", "sns-", "instantPayment"),
    *("productDetails_", "twister-plus-", "oneTimePayment", "regularprice", "exports_desktop_qualifiedBuybox"),
)
# The same for elements with one of these classes.
KEEP_CLASSES = ("kindle-price", "guild_priceblock_value", "twister-plus-buying-options-price-data")
# Elements whose being there says something, kept without what is in them.
SHELLS = (
    *("dp", "dp-container", "ASIN", "averageCustomerReviews", "cerberus-data-metrics", "all-offers-display"),
    *("acrPopover", "landingImage", "imgBlkFront", "ebooksImgBlkFront", "main-image", "add-to-cart-button"),
    *("buy-now-button", "add-to-cart-button-ubb", "one-click-button", "buyNow", "buy-now-button-ubb"),
    *("preorder-button", "pre-order-button", "checkoutButtonId", "oneClickBuyButton"),
    *("rcx-subscribe-submit-button", "turboState", "add-to-cart-mobile", "bb_atc_button", "ebooksInstantOrderUpdate"),
)
# Never kept, wherever it stands: ids (in lower case) that hold one of these.
DROP = (
    *("wishlist", "wl-", "wl_", "addtolist", "add-to-list", "registry", "gift", "instantorder", "orderinformation"),
    *("recent", "history", "customer-review", "reviewsmedley", "cm_cr", "askati", "ask-btf"),
    *("accountlist", "addressbook", "address-book", "cr-", "sims-", "rhf", "nav-", "navbar", "p13n", "csrf"),
    *(
        "session",
        "signin",
        "sign-in",
        "sp_detail",
        "sponsored",
        "-ad-",
        "mbb",
        "protection",
        "contextualingress",
        "trade-in",
        "tradein",
    ),
    *("pricingfeedback", "feedbackform"),
)
DROP_TAGS = (
    *("script", "style", "noscript", "template", "svg", "iframe", "frame", "object", "embed", "select", "option"),
    *("textarea", "video", "audio", "canvas", "math", "link", "meta", "base", "head", "title"),
)
# The values of these form fields hold prices, currencies and the ASIN, by id or name; every other value goes.
FIELDS = (
    *("ASIN", "twister-plus-price-data-price", "twister-plus-price-data-price-unit", "attach-base-product-price"),
    *("attach-base-product-currency-symbol", "currencyOfPreference", "items[0.base][customerVisiblePrice][amount]"),
    "items[0.base][customerVisiblePrice][currencyCode]",
)
# An element with this attribute says what sending costs.
SHIPPING = "data-csa-c-delivery-price"
ATTRIBUTES = (
    *("id", "class", "data-a-strike", "data-asin", "data-asin-price", "data-asin-currency-code", SHIPPING),
    *("data-csa-c-delivery-condition", "data-csa-c-delivery-benefit-program-id"),
)
IMAGES = ("landingImage", "imgBlkFront", "ebooksImgBlkFront", "main-image")
IMAGE_ATTRIBUTES = ("src", "data-old-hires", "data-a-dynamic-image")
# Only these facts of the hidden JSON of buying options.
OPTION_FACTS = ("displayPrice", "priceAmount", "currencySymbol", "buyingOptionType")
OPTIONS_CLASS = "twister-plus-buying-options-price-data"
TITLES = ("productTitle", "ebooksProductTitle", "btAsinTitle")
# Where the greeting stands; a name in it is taken out of the rest of the page but for these product facts.
GREETINGS = ("nav-link-accountList-nav-line-1", "nav-link-accountList", "nav-greeting-name", "glow-ingress-line1")
FACTS = (*TITLES, "title", "bylineInfo", "brand", "wayfinding-breadcrumbs_feature_div")
# The two lines in the head of the page, and the one in the buy box that says the same.
PLACES = ("glow-ingress-line1", "glow-ingress-line2", "contextualIngressPtLabel_deliveryShortLine")
LONGEST_ATTRIBUTE = 4000
LONGEST_VALUE = 40

RULES = {
    "keep": KEEP,
    "keepBeginning": KEEP_BEGINNING,
    "keepClasses": KEEP_CLASSES,
    "shells": SHELLS,
    "drop": DROP,
    "dropTags": DROP_TAGS,
    "fields": FIELDS,
    "shipping": SHIPPING,
    "attributes": ATTRIBUTES,
    "images": IMAGES,
    "imageAttributes": IMAGE_ATTRIBUTES,
    "optionFacts": OPTION_FACTS,
    "optionsClass": OPTIONS_CLASS,
    "titles": TITLES,
    "greetings": GREETINGS,
    "facts": FACTS,
    "places": PLACES,
    "longestAttribute": LONGEST_ATTRIBUTE,
    "noNames": sorted(NO_NAMES),
    "longestPlace": LONGEST_PLACE,
    "longestValue": LONGEST_VALUE,
}


def javascript() -> str:
    """The rules as the script that the extension and the bookmarklet's page load."""
    head = "// Written by `python -m scraping.capture_rules > extension/strip_rules.js`: change it there.\n"
    return f"{head}globalThis.oilwatchStripRules = {json.dumps(RULES, indent=2, ensure_ascii=False)};\n"


if __name__ == "__main__":
    sys.stdout.write(javascript())
