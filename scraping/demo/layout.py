"""How the demo shop shows an offer: money as amazon.es writes it, the place delivered to, the state."""

from dataclasses import dataclass
from decimal import Decimal

MADRID = "Entrega en Madrid 28008"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page shows an offer: the ordinary way, unless a misbehaviour asks for another."""

    asin: str  # the one that was requested
    state: str = "in_stock"
    currency: str = "EUR"
    place: tuple[str, str] = (MADRID, "Actualizar ubicación")
    known_layout: bool = True


def money(amount: Decimal, currency: str = "EUR") -> str:
    """Write an amount as amazon.es does: 1.234,56 €, or $12.34 for a page in dollars."""
    if currency == "USD":
        return f"${amount:,.2f}"
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".") + " €"
