"""How other price watchers read an Amazon page: their rules re-expressed from their public sources, none of their code.

Read on 2026-11-26 in stored copies of their repositories; each module names the files. What a project leaves to a
language model, to a browser or to its user's choice is not here.
"""

from benchmarks.peers import changedetection, discount_bandit, price_parser, pricebuddy, priceghost, priceghost_vote
from benchmarks.peers.rule import Peer

PEERS = (
    Peer("PriceGhost, its Amazon rules alone", priceghost.price),
    Peer("PriceGhost, all its candidates voting", priceghost_vote.price),
    Peer("PriceBuddy, its store rules", pricebuddy.price),
    Peer("Discount-Bandit", discount_bandit.price),
    Peer("changedetection.io (JSON-LD, microdata, OpenGraph)", changedetection.price),
    Peer("common selectors and price-parser", price_parser.price, price_parser.list_price),
)
