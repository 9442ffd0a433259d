"""What a listing adds for nothing: "1 l + 25 % gratis", "3 L Kanister + 1x 250 ml gratis", "3+1 gratis". Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from scraping.size_words import BOTTLES, COUNT, NUMBER, VOLUME_WORD, amount_of

_SIZE = rf"(?P<number>{NUMBER})[ -]?(?P<unit>{VOLUME_WORD})"
_SHARE_SIZE = r"(?<![\d.,])(?P<share>\d{1,2}) ?%"
_GIFT = (
    r"(?:gratis\w*|gratuit\w*|offert\w*|(?:de|in|en|als) (?:regalo|omaggio|cadeau|geschenk|obsequio)|regalo|omaggio"
    r"|cadeau|geschenkt|kostenlos\w*|free|bonus)(?!\w)"
)
_JOIN = r"(?:[+&]|\b(?:y|e|und|and|et|con|mit|with|avec|plus|mas)\b)"
_WORDS = r"(?:[a-z]+ ){0,3}?"
_CONTAINER = rf"(?:{BOTTLES}|muestras?|samples?|proben?|probier\w+|campion\w*|echantillons?)"
# After a share: "20 % mehr Inhalt", "25 % de producto gratis".
_MORE = (
    r" ?(?:(?:de|di|del|producto|produit|prodotto|product|contenido|contenuto|inhalt|aceite|olio|huile|oil|volumen"
    rf"|volume|mas|more|mehr) ){{0,3}}(?:{_GIFT}|(?:mas|mehr|more|extra|en plus|in piu|di piu)(?!\w))"
)

# "Envío gratis", "gluten free", "extra virgen": free or extra, but no oil.
_NO_GIFT = re.compile(
    r"\b(?:envios?|spedizione|livraison|versand|shipping|delivery) (?:[a-z]+ )?(?:gratis|gratuit\w*|free|kostenlos)\b"
    r"|\b(?:free|kostenloser?|gratis|gratuit\w*) (?:shipping|delivery|versand|envio|livraison|spedizione)\b"
    r"|\bfree (?:from|of|range)\b"
    r"|\b(?:gluten|bpa|sugar|fat|lactose|gmo|oil|cholesterol|allergen|carb|dairy|soy|plastic)[ -]free\b"
    r"|\bextra[ -]?v\w*|\bnativ\w* extra|\bextra (?:nativ\w*|light|mild)"
)
_INCLUDED = re.compile(
    r"\b(?:dont|di cui|davon|darin|of which|de los cuales|de los que|del que) "
    rf"{_WORDS}(?:{_SIZE} ?{_WORDS}{_GIFT}|{_SHARE_SIZE}{_MORE})"
)
_COUNT_AND_GIFT = re.compile(rf"(?<![\d.,])(\d{{1,2}}) ?\+ ?(\d{{1,2}}) ?(?:{_CONTAINER} )?{_GIFT}")
_UNCLEAR = re.compile(
    rf"{_JOIN} ?\d{{0,2}} ?{_WORDS}{_CONTAINER} {_WORDS}{_GIFT}"
    rf"|{_JOIN} ?\d{{0,2}} ?{_WORDS}{_GIFT}[ -]?{_WORDS}{_CONTAINER}(?!\w)"
    r"|\b(?:gratis|probier)-?flasch\w*"
    r"|\+ ?\d{1,2} ?%(?! ?(?:de )?(?:dto|dcto|descuento|off|rabatt|sconto|remise|discount))"
    # how many come for one price is not said
    r"|\bget \d|\b[2-9] (?:por|for|pour|fur) [1-9]\b"
)


@dataclass(frozen=True, slots=True)
class Bonus:
    """What is added to the size named first: a share of it, litres in so many containers, or bottles like it.

    A share may be `included` in the size already: only two sizes of which one is the other and the share prove it.
    """

    share: Decimal = Decimal(0)
    litres: Decimal = Decimal(0)
    containers: int = 0
    bottles: int = 0
    included: bool = False

    @property
    def adds(self) -> bool:
        """Tell whether there is anything to add."""
        return bool(self.share or self.litres or self.bottles)

    def added_to(self, litres: Decimal, pack: int) -> Decimal:
        """Return the litres in all of `pack` containers that hold `litres` together, with the bonus."""
        return litres * (1 + self.share) + self.litres + litres / pack * self.bottles


NO_BONUS = Bonus()


def take_bonus(plain: str) -> tuple[str, Bonus] | None:
    """Return the words without the bonus, and the bonus; None where it is not said how much is added."""
    text = _INCLUDED.sub(" ", _NO_GIFT.sub(" ", plain))
    text = _COUNT_AND_GIFT.sub(lambda match: f" {int(match[1]) + int(match[2])} pack | ", text)
    for pattern, read in _READERS:
        match = pattern.search(text)
        if match is not None:
            bonus = read(match, text[: match.start()])
            rest = f"{text[: match.start()]} | {text[match.end() :]}"
            return None if bonus is None or _names_another(rest) else (rest, bonus)
    return None if _UNCLEAR.search(text) else (text, NO_BONUS)


def _names_another(rest: str) -> bool:
    """Tell whether a second bonus is named, or one without a size."""
    return bool(_UNCLEAR.search(rest)) or any(pattern.search(rest) for pattern, _ in _READERS)


def _read_share(match: re.Match[str], _before: str) -> Bonus:
    """Read "+ 25 % gratis", and "25 % gratis" without a plus."""
    return Bonus(share=Decimal(match["share"]) / 100, included="+" not in match[0])


def _read_size(match: re.Match[str], _before: str) -> Bonus:
    """Read "+ 1x 250 ml gratis": in a container of its own where one is counted or named."""
    named = re.search(rf"\b{_CONTAINER}(?!\w)", match[0])
    containers = int(match["count"] or 0) or (1 if named else 0)
    return Bonus(litres=amount_of(match["number"], match["unit"]) * max(containers, 1), containers=containers)


def _read_bottles(match: re.Match[str], before: str) -> Bonus | None:
    """Read "6 bouteilles + 1 bouteille offerte": like the others only where the others are of its kind."""
    kind = (match["kind"] or "").strip()[:5]
    return Bonus(bottles=int(match["count"])) if kind in before else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Bonus | None]], ...] = (
    (re.compile(rf"(?:\+ ?)?{_SHARE_SIZE}{_MORE}"), _read_share),
    (
        re.compile(
            rf"{_JOIN} ?(?:(?P<count>{COUNT}) ?x? ?)?{_WORDS}{_SIZE} ?{_WORDS}{_GIFT}(?:[ -]?{_CONTAINER}(?!\w))?",
        ),
        _read_size,
    ),
    (
        re.compile(
            rf"{_JOIN} ?{_WORDS}{_GIFT} ?(?:(?P<count>{COUNT}) ?x? ?)?{_WORDS}{_SIZE}(?: {_CONTAINER}(?!\w))?",
        ),
        _read_size,
    ),
    (re.compile(rf"\+ ?(?P<count>{COUNT}) ?(?P<kind>{_CONTAINER} )?{_GIFT}"), _read_bottles),
)
