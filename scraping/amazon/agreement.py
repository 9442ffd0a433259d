"""Two readers, one price: what they agree on, what one alone saw, and when neither is believed."""

from dataclasses import dataclass
from decimal import Decimal

from scraping.amazon.evidence import OtherPrices, Sighting, Trust
from scraping.offer import Agreement


@dataclass(frozen=True, slots=True)
class AgreedPrice:
    """The price both readers stand behind, or None with the two they would not give up."""

    price: Sighting | None
    agreement: Agreement
    rivals: tuple[Decimal, ...] = ()
    rules: tuple[str, ...] = ()


def agree(visible: Sighting | None, hidden: tuple[Sighting, ...], others: OtherPrices) -> AgreedPrice:
    """Bring both readers together; an amount known to be another price cannot contradict."""
    hidden = tuple(seen for seen in hidden if _comparable(visible, seen))
    owned = [seen for seen in hidden if seen.trust is Trust.OWN]
    if visible is None:
        return _hidden_alone([seen for seen in owned if others.name_of(seen.amount) is None])
    same = [seen for seen in hidden if seen.amount == visible.amount]
    against = [seen for seen in owned if seen.amount != visible.amount]
    if others.name_of(visible.amount) is not None and against and not any(seen in owned for seen in same):
        return _hidden_alone(against)
    unexplained = [
        seen for seen in against if others.name_of(seen.amount) is None and not _before_the_deal(visible, seen)
    ]
    if unexplained:
        rivals = (visible.amount, *dict.fromkeys(seen.amount for seen in unexplained))
        return AgreedPrice(None, Agreement.DISAGREE, rivals, (visible.rule, *(seen.rule for seen in unexplained)))
    code = visible.currency or next((seen.currency for seen in same if seen.currency), None)
    named = Sighting(visible.amount, code, visible.rule)
    if _currencies_clash(named, same):
        return AgreedPrice(None, Agreement.DISAGREE, (visible.amount,), (visible.rule, *(seen.rule for seen in same)))
    kind = Agreement.AGREE if same else Agreement.SINGLE
    return AgreedPrice(named, kind, (), (visible.rule, *(seen.rule for seen in same)))


def _hidden_alone(owned: list[Sighting]) -> AgreedPrice:
    """Believe the hidden price alone only where all that is hidden says the same."""
    amounts = tuple(dict.fromkeys(seen.amount for seen in owned))
    if not amounts:
        return AgreedPrice(None, Agreement.NONE)
    rules = tuple(seen.rule for seen in owned)
    if len(amounts) > 1:
        return AgreedPrice(None, Agreement.DISAGREE, amounts, rules)
    code = next((seen.currency for seen in owned if seen.currency), None)
    return AgreedPrice(Sighting(amounts[0], code, owned[0].rule), Agreement.SINGLE, (), rules)


def _comparable(visible: Sighting | None, seen: Sighting) -> bool:
    """Tell whether two figures may be compared: other money, other figure, as for a visitor from abroad."""
    if visible is None or visible.currency is None or seen.currency is None:
        return True
    return visible.currency == seen.currency or visible.amount == seen.amount


def _before_the_deal(visible: Sighting, seen: Sighting) -> bool:
    """Tell whether the metrics still hold the price before a deal: 75.99 beside the deal at 64.59."""
    return visible.rule in {"deal_price", "sale_price"} and seen.rule == "metrics" and seen.amount > visible.amount


def _currencies_clash(price: Sighting, same: list[Sighting]) -> bool:
    """Tell whether the two readers read the same figure in different money."""
    return any(seen.currency and price.currency and seen.currency != price.currency for seen in same)
