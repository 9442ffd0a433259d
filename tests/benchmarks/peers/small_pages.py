"""Tiny pages of the layouts that the peers' rules know, written by hand."""

from bs4 import BeautifulSoup

from benchmarks.peers.rule import Page


def page(html: str, marketplace: str = "es") -> Page:
    """A page as a rule gets it."""
    return Page(html, BeautifulSoup(html, "lxml"), marketplace)


def offscreen(text: str, classes: str = "") -> str:
    """A price of today's layout, with its text for screen readers."""
    return f'<span class="a-price {classes}"><span class="a-offscreen">{text}</span></span>'


def split(whole: str, fraction: str, classes: str = "priceToPay") -> str:
    """A price of today's layout whose spoken text is blank: whole and fraction are two elements."""
    parts = f'<span class="a-price-whole">{whole},</span><span class="a-price-fraction">{fraction}</span>'
    return f'<span class="a-price {classes}"><span class="a-offscreen"> </span>{parts}</span>'


def box(name: str, *inside: str) -> str:
    """An element with an id."""
    return f'<div id="{name}">{"".join(inside)}</div>'


def product(*offers: str) -> str:
    """A JSON-LD block of a product."""
    return f'<script type="application/ld+json">{{"@type": "Product", "offers": [{", ".join(offers)}]}}</script>'
