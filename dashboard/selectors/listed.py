"""What the pages leave out: finds that nobody has accepted."""

from django.db.models import Q

from scraping.models import Proposal

UNLISTED = (Proposal.WAITING, Proposal.DECLINED)

LISTED = ~Q(proposal__in=UNLISTED)
