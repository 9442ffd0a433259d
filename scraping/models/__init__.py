"""What is on the shelf, as tables; each has one owner that alone writes it: this app's services."""

from scraping.models.price_spell import PriceSpell, SellerKind
from scraping.models.product import Product, Proposal
from scraping.models.quarantined_offer import Decision, QuarantinedOffer
from scraping.models.saved_search import SavedSearch
from scraping.models.scrape_run import ScrapeRun, Source
from scraping.models.shop import Adapter, Shop
from scraping.models.snapshot import Snapshot
from scraping.models.visit import OPEN, Visit, VisitStatus

__all__ = [
    "OPEN",
    "Adapter",
    "Decision",
    "PriceSpell",
    "Product",
    "Proposal",
    "QuarantinedOffer",
    "SavedSearch",
    "ScrapeRun",
    "SellerKind",
    "Shop",
    "Snapshot",
    "Source",
    "Visit",
    "VisitStatus",
]
