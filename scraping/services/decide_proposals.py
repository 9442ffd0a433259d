"""The operator's word on what saved searches found."""

from django.db.models import QuerySet

from scraping.models import Product, Proposal


def accept_proposals(*, products: "QuerySet[Product]") -> int:
    """Watch these finds from now on; returns how many."""
    waiting = products.filter(proposal__in=[Proposal.WAITING, Proposal.DECLINED])
    return waiting.update(proposal=Proposal.ACCEPTED, watched=True)


def decline_proposals(*, products: "QuerySet[Product]") -> int:
    """Do not propose these again; returns how many."""
    return products.filter(proposal=Proposal.WAITING).update(proposal=Proposal.DECLINED)
