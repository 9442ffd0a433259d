"""Shops, products, prices and visits as tables; only this app's services write them."""

from scraping.models.capture import Capture
from scraping.models.capture_token import CaptureToken
from scraping.models.offer_terms import SellerKind
from scraping.models.preview_list import PreviewKind, PreviewList, PreviewRow, PreviewStatus
from scraping.models.price_rule import PriceRule
from scraping.models.price_spell import PriceSpell
from scraping.models.product import Product, Proposal
from scraping.models.product_picture import ProductPicture
from scraping.models.quarantined_offer import Decision, QuarantinedOffer
from scraping.models.saved_search import SavedSearch
from scraping.models.scrape_run import ScrapeRun, Source
from scraping.models.shop import Adapter, PriceBasis, Shop
from scraping.models.snapshot import Snapshot
from scraping.models.visit import OPEN, Visit, VisitSource, VisitStatus, when_seen

__all__ = [
    "OPEN",
    "Adapter",
    "Capture",
    "CaptureToken",
    "Decision",
    "PreviewKind",
    "PreviewList",
    "PreviewRow",
    "PreviewStatus",
    "PriceBasis",
    "PriceRule",
    "PriceSpell",
    "Product",
    "ProductPicture",
    "Proposal",
    "QuarantinedOffer",
    "SavedSearch",
    "ScrapeRun",
    "SellerKind",
    "Shop",
    "Snapshot",
    "Source",
    "Visit",
    "VisitSource",
    "VisitStatus",
    "when_seen",
]
