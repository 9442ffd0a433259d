"""What kind of page this is, told by its content alone: Amazon answers captchas with 200 and with 503."""

import re
from dataclasses import dataclass

from scraping.amazon.document import Document
from scraping.offer import PageKind

# Every block page seen is under 20 KB, every real page over 350 KB.
SMALL = 20 * 1024

# These stand on no product, search or home page (75 pages), so they decide even beside a product title.
_SURE_BLOCKS = (
    (
        re.compile(r"action=[\"']?[^\"'>]{0,60}/errors/validateCaptcha", re.IGNORECASE),
        "captcha form (validateCaptcha)",
    ),
    (re.compile(r"id=[\"']captchacharacters[\"']", re.IGNORECASE), "captcha picture (captchacharacters)"),
    (re.compile(r"window\.gokuProps\s*="), "AWS WAF JavaScript challenge (gokuProps)"),
    (
        re.compile(r"<div[^>]+id=[\"']challenge-container[\"']", re.IGNORECASE),
        "AWS WAF challenge (challenge-container)",
    ),
    (re.compile(r"(?:id|class)=[\"'][^\"']*\bcvf-widget", re.IGNORECASE), "sign-in captcha (cvf-widget)"),
)
_SURE_ERRORS = (
    (re.compile(r"/ref=cs_50[0-9]_"), "server error page (ref=cs_503)"),
    (re.compile(r"/error/500_503\.png"), "server error page (500_503.png)"),
    (re.compile(r"/kailey-kitty\b"), "server error page (kailey-kitty)"),
)
_GONE = re.compile(r"/ref=cs_404_")
# Weaker marks: they count only on pages that are neither product nor search.
_BLOCKS = (
    (re.compile(r"\.token\.awswaf\.com/[^\"']*challenge"), "AWS WAF challenge script"),
    (re.compile(r"opfcaptcha"), "captcha (opfcaptcha)"),
    (re.compile(r"<form[^>]+name=[\"']signIn[\"']", re.IGNORECASE), "sign-in page in place of the page asked for"),
    (
        re.compile(
            r"<title[^>]*>[^<]*(?:robot check|bot check|server busy|human verification|access denied|"
            r"captcha|request blocked|are you a human|403 error|forbidden)",
            re.IGNORECASE,
        ),
        "title of a robot check",
    ),
)
_ERROR_TITLE = re.compile(
    r"<title[^>]*>[^<]*(?:\b50[0-9]\b|something went wrong|service unavailable|internal server error|bad gateway|"
    r"gateway time-?out|servicio no disponible|service indisponible|servizio non disponibile|nicht verfügbar)",
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"<title[^>]*>[^<]*(?:\b404\b|page not found|página no encontrada|pagina non trovata|page introuvable|"
    r"seite nicht gefunden|ページが見つかりません|pagina niet gevonden)",
    re.IGNORECASE,
)
_API_NOTE = "api-services-support@amazon"
_HOME_MARKS = re.compile(r"id=[\"'](?:gw-layout|gw-card-layout|gw-desktop-herotator|desktop-banner)[\"']")
_SEARCH_MARKS = (
    'data-component-type="s-search-result',
    "data-component-type='s-search-result",
    'id="s-results-list-atf"',
    'id="noResultsTitle"',
    'id="s-result-count"',
)
TITLE_IDS = ("productTitle", "ebooksProductTitle", "btAsinTitle", "title")
NOT_FOUND = "the page is gone (404)"
HOME = "home page in place of a product"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a page and the mark that told it."""

    kind: PageKind
    reason: str


def classify(document: Document) -> Verdict:
    """Tell what kind of page this is; sure marks of a block win over everything else on the page."""
    if not document.raw.strip():
        return Verdict(PageKind.OTHER, "empty page")
    sure = _sure(document.raw)
    if sure is not None:
        return sure
    if is_product(document):
        return Verdict(PageKind.PRODUCT, "product title")
    if any(mark in document.raw for mark in _SEARCH_MARKS):
        return Verdict(PageKind.SEARCH, "search results")
    return _neither(document)


def is_product(document: Document) -> bool:
    """Tell whether the page is a product's: a title in its place, and for the bare id `title` an ASIN too."""
    if document.text(*TITLE_IDS[:3]):
        return True
    return bool(document.text("title") and document.first("ASIN", "dp", "dp-container", "addToCart"))


def _sure(raw: str) -> Verdict | None:
    """Look for marks no real page carries."""
    for pattern, reason in _SURE_BLOCKS:
        if pattern.search(raw):
            return Verdict(PageKind.BLOCKED, reason)
    if len(raw) < SMALL:
        for pattern, reason in _SURE_ERRORS:
            if pattern.search(raw):
                return Verdict(PageKind.ERROR, reason)
    return None


def _neither(document: Document) -> Verdict:
    """Tell apart what is neither product nor search; unsure pages are `other`, never a product."""
    raw = document.raw
    head = raw[:SMALL]
    for pattern, reason in _BLOCKS:
        if pattern.search(head if len(raw) > 5 * SMALL else raw):
            return Verdict(PageKind.BLOCKED, reason)
    if _GONE.search(raw) or _GONE_TITLE.search(head):
        return Verdict(PageKind.OTHER, NOT_FOUND)
    if any(pattern.search(raw) for pattern, _ in _SURE_ERRORS) or (
        len(raw) < SMALL and _ERROR_TITLE.search(head)
    ):
        return Verdict(PageKind.ERROR, "server error page")
    if len(raw) < SMALL and _API_NOTE in raw:
        return Verdict(PageKind.BLOCKED, "short page that asks to use the API")
    if _is_home(document):
        return Verdict(PageKind.OTHER, HOME)
    return Verdict(PageKind.OTHER, "neither a product nor a search page")


def _is_home(document: Document) -> bool:
    """Tell whether this is the shop's front page."""
    canonical = (document.canonical or "x").split("?", maxsplit=1)[0]
    path = re.sub(r"^https?://[^/]+", "", canonical)
    return path in {"", "/"} or bool(_HOME_MARKS.search(document.raw))
