"""What the pages leave out: finds nobody has accepted, and spells of another product under the same sku."""

from django.db.models import F, Q

from scraping.models import Proposal

UNLISTED = (Proposal.WAITING, Proposal.DECLINED)

LISTED = ~Q(proposal__in=UNLISTED)
OWN_SPELLS = Q(product__series_since__isnull=True) | Q(first_seen__gte=F("product__series_since"))
