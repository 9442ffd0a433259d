"""What kind of page this is, by its content alone: Amazon answers captchas with 200 and with 503."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraping.amazon.document import Document
from scraping.offer import PageKind

# Every block page seen is under 20 KB, every real page over 350 KB.
SMALL = 20 * 1024

_END = 96 * 1024

# These words stand on no product, search or home page (75 pages), so they decide even beside a product title.
_SURE_BLOCKS = (
    (b"/errors/validateCaptcha", "captcha form (validateCaptcha)"),
    (b"captchacharacters", "captcha picture (captchacharacters)"),
    (b"window.gokuProps", "AWS WAF JavaScript challenge (gokuProps)"),
    (b'id="challenge-container"', "AWS WAF challenge (challenge-container)"),
    (b"cvf-widget", "sign-in captcha (cvf-widget)"),
)
# Weaker marks: they count only on pages that are neither product nor search.
_BLOCKS = (
    (b".token.awswaf.com/", "AWS WAF challenge script"),
    (b"opfcaptcha", "captcha (opfcaptcha)"),
    (b'name="signIn"', "sign-in page in place of the requested page"),
)
_ERRORS = (
    (b"/ref=cs_503_", "server error page (ref=cs_503)"),
    (b"/ref=cs_500_", "server error page (ref=cs_500)"),
    (b"/error/500_503.png", "server error page (500_503.png)"),
    (b"kailey-kitty", "server error page (kailey-kitty)"),
)
_TITLE = re.compile(rb"<title[^>]{0,80}>([^<]{0,300})", re.IGNORECASE)
_BLOCK_TITLE = re.compile(
    r"robot check|bot check|server busy|human verification|access denied|captcha|request blocked|"
    r"are you a human|"
    r"403 error|\b403\b|forbidden|authentication required|security check",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    # "503 - Error de servicio no disponible", "Error 500"; "Aceite 500 ml" is no error.
    r"^\W*50[0-9]\b(?!\s*(?:ml|g|cl)\b)|\b(?:error|http)\W{0,3}50[0-9]\b|"
    r"something went wrong|service unavailable|internal server error|bad gateway|"
    r"gateway time-?out|"
    r"servicio no disponible|service indisponible|servizio non disponibile|nicht verfügbar|niet beschikbaar",
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"\b404\b|page not found|página no encontrada|pagina non trovata|page introuvable|seite nicht gefunden|"
    r"ページが見つかりません|pagina niet gevonden|sidan hittades inte|nie znaleziono strony",
    re.IGNORECASE,
)
# <a href="/ref=cs_404_logo">
_GONE_MARK = b"/ref=cs_404_"
_API_NOTE = b"api-services-support@amazon"
_HOME_MARKS = (b'id="gw-layout"', b'id="gw-card-layout"', b'id="gw-desktop-herotator"')
_SEARCH_MARKS = (
    b'data-component-type="s-search-result',
    b"data-component-type='s-search-result",
    b'id="s-results-list-atf"',
    b'id="noResultsTitle"',
    b'id="s-result-count"',
)
TITLE_IDS = ("productTitle", "ebooksProductTitle", "btAsinTitle")
NOT_FOUND = "the page is gone (404)"
HOME = "home page in place of a product"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The kind of a page and the mark that shows it."""

    kind: PageKind
    reason: str


def classify(document: Document) -> Assessment:
    """Tell what kind of page this is; sure marks of a block win over everything else on the page."""
    data = document.data
    if not data[:1000].strip() and not data.strip():
        return Assessment(PageKind.OTHER, "empty page")
    if block := _marked(_ends(data), _SURE_BLOCKS):
        return Assessment(PageKind.BLOCKED, block)
    if len(data) < SMALL and (assessment := _missing_or_broken(document)):
        return assessment
    if is_product(document):
        return Assessment(PageKind.PRODUCT, "product title")
    if any(mark in data for mark in _SEARCH_MARKS):
        return Assessment(PageKind.SEARCH, "search results")
    return _neither(document)


def is_product(document: Document) -> bool:
    """Tell whether the page is a product's: a title in its place, and for the bare id `title` an ASIN too."""
    if document.text(*TITLE_IDS):
        return True
    product_mark = document.first("ASIN", "dp", "dp-container", "addToCart")
    return product_mark is not None and bool(document.text("title"))


def _missing_or_broken(document: Document) -> Assessment | None:
    """Tell a page that is gone from one that the server could not make: both show a dog, so the 404 is asked first."""
    data = document.data
    # A captured product page is small too, and a product can be called "Serie 404".
    if _GONE_MARK in data or (_GONE_TITLE.search(_title(data)) and not is_product(document)):
        return Assessment(PageKind.OTHER, NOT_FOUND)
    error = _marked(data, _ERRORS)
    return Assessment(PageKind.ERROR, error) if error else None


def _title(data: bytes) -> str:
    """Return what stands in <title>."""
    named = _TITLE.search(data, 0, SMALL)
    return named.group(1).decode("utf-8", errors="replace") if named else ""


def _ends(data: bytes) -> bytes:
    """Return the page, or of a long one the first and last part: a challenge is short and stands alone."""
    return data if len(data) <= 4 * _END else data[:_END] + data[-_END:]


def _marked(data: bytes, marks: tuple[tuple[bytes, str], ...]) -> str | None:
    """Return what the first mark found on the page means."""
    return next((reason for mark, reason in marks if mark in data), None)


def _neither(document: Document) -> Assessment:
    """Tell apart what is neither product nor search; unsure pages are `other`, never a product."""
    return next(_guesses(document), Assessment(PageKind.OTHER, "neither a product nor a search page"))


def _guesses(document: Document) -> Iterator[Assessment]:
    """Yield what the page may be, the surest first."""
    data, small = document.data, len(document.data) < SMALL
    title = _title(data)
    if (block := _marked(data, _BLOCKS)) and (len(data) < 5 * SMALL or not document.canonical):
        yield Assessment(PageKind.BLOCKED, block)
    if _BLOCK_TITLE.search(title):
        yield Assessment(PageKind.BLOCKED, "title of a robot check")
    if assessment := _missing_or_broken(document):
        yield assessment
    if small and _ERROR_TITLE.search(title):
        yield Assessment(PageKind.ERROR, "server error page")
    if small and _API_NOTE in data:
        yield Assessment(PageKind.BLOCKED, "short page that asks to use the API")
    if _is_home(document):
        yield Assessment(PageKind.OTHER, HOME)


def _is_home(document: Document) -> bool:
    """Tell whether this is the shop's front page."""
    canonical = (document.canonical or "x").split("?", maxsplit=1)[0]
    path = re.sub(r"^https?://[^/]+", "", canonical)
    return path in {"", "/"} or any(mark in document.data for mark in _HOME_MARKS)
