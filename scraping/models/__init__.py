"""What is on the shelf, as tables; each has one owner that alone writes it: this app's services."""

from scraping.models.price_spell import PriceSpell, SellerKind
from scraping.models.product import Product
from scraping.models.scrape_run import ScrapeRun, Source
from scraping.models.shop import Adapter, Shop
from scraping.models.visit import OPEN, Visit, VisitStatus

__all__ = [
    "OPEN",
    "Adapter",
    "PriceSpell",
    "Product",
    "ScrapeRun",
    "SellerKind",
    "Shop",
    "Source",
    "Visit",
    "VisitStatus",
]
