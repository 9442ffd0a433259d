"""`manage.py products [WORDS ...] [--json]`: which products there are, what they cost, and the advice on each."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F
from django.utils import timezone

from dashboard.selectors.latest_forecasts import latest_outlooks
from dashboard.selectors.product_rows import LISTED, matching, product_rows
from dashboard.texts import formats
from dashboard.texts.advice import AdviceSentence
from dashboard.texts.product_advice import row_advice
from scraping.models import Product

MOST = 1000


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """One product with its latest offer."""

    id: int
    title: str
    shop: str
    currency: str
    litres: Decimal | None
    state: str | None
    price: Decimal | None
    per_litre: Decimal | None
    seen: datetime | None


class Command(BaseCommand):
    """Print the products that match, the cheapest litre first: id, price per litre, price, advice, title."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which products, in what form."""
        parser.add_argument(
            "words", nargs="*", metavar="WORD", help="words of the title or brand, or an ASIN; all must match"
        )
        parser.add_argument("--most", type=int, default=50, help=f"how many to print: 1 to {MOST} (default 50)")
        parser.add_argument("--json", action="store_true", help="one JSON object per line, with the whole advice")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        most: int = options["most"]
        if not 1 <= most <= MOST:
            raise CommandError(f"--most must be from 1 to {MOST}, not {most}.")
        words = " ".join(options["words"])
        by_litre = F("latest_spell__price_per_litre").asc(nulls_last=True)
        products = Product.objects.filter(LISTED, matching(words)).order_by(by_litre, "id")
        rows = list(product_rows(ListedProduct, products[:most]))
        if not rows:
            raise CommandError(f"No product matches {words!r}." if words else "There are no products yet: add one.")
        outlooks, now = latest_outlooks([row.id for row in rows]), timezone.now()
        write = _object if options["json"] else _line
        for row in rows:
            self.stdout.write(write(row, row_advice(outlooks.get(row.id), row, now)))
        if len(rows) == most and (others := products.count() - most) > 0:
            self.stderr.write(f"... and {others} more: add a word, or --most N.")


def _line(row: ListedProduct, advice: AdviceSentence) -> str:
    per_litre = formats.per_litre(row.per_litre, row.currency) if row.per_litre is not None else "-"
    price = formats.money(row.price, row.currency) if row.price is not None else row.state or "not read yet"
    return f"{row.id:>6}  {per_litre:>10}  {price:>12}  {advice.state:<10}  {row.title} ({row.shop})"


def _object(row: ListedProduct, advice: AdviceSentence) -> str:
    return json.dumps(
        {
            "id": row.id,
            "title": row.title,
            "shop": row.shop,
            "currency": row.currency,
            "price": None if row.price is None else str(row.price),
            "price_per_litre": None if row.per_litre is None else str(row.per_litre),
            "advice": advice.word,
            "sentence": advice.sentence,
        },
        ensure_ascii=False,
    )
