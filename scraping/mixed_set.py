"""Does a listing hold more than oil? "Aceite 250 ml y vinagre", "Geschenkkorb mit Olivenöl, Pasta und Wein". Pure.

A box of nothing but oil is still oil: what an oil is good for ("ideal para pan y queso") is not in the box.
"""

import re

from scraping.grade_words import OIL, OIL_WORDS, plain_words, whole_words

_SIGNS = "+&,|:;()"
_VINEGAR = whole_words(r"vinagre\w*|aceto|aceti|vinaigre\w*|vinegar\w*|\w*essig|balsami\w*")
# Spanish "sal", Italian "sale", French "sel": short words that count only where they are joined to the oil.
_FOOD = (
    r"fleur de sel|flor de sal|especias?|spezie|epices|gewuerz\w*|spices?|seasonings?|pesto|pasta|pates|nudeln|"
    r"spaghetti|sugo|salsas?|sauces?|sossen?|miel|miele|honig|honey|mermeladas?|marmellat\w*|confettur\w*|confitur\w*|marmelade|"
    r"jams?|jamon|ham|prosciutto|schinken|chorizo|lomo|embutidos?|salami|salame|quesos?|formaggi\w*|fromages?|kaese|"
    r"cheeses?|vinos?|vin|vini|wein|wines?|cava|prosecco|pate|tapenades?|galletas|crackers|taralli|turron|"
    r"chocolates?|schokolade|chocolat|cioccolat\w*|jabon\w*|sapone|savon|\w*seife|soap|velas?|kerzen?|candles?|"
    r"nueces|nuts|tomates?|pomodor\w*|tomaten|bowls?|schalen?|dish|cuencos?|ciotol\w*|antipasti|bruschett\w*|"
    r"hierbas|erbe|herbes|herbs|kraeuter|(?:sea|rock|pink) salt|meersalz|sal (?:marina|rosa|en|de)|"
    "sale (?:marino|rosa|di)"
)
_SHORT_FOOD = r"sal|sale|sel|salz|salt|olives?|oliven|aceitunas"
_NOT_IN_IT = r"(?<!no )(?<!sin )(?<!ohne )(?<!senza )(?<!sans )(?<!without )(?<!low )"
_ALSO = r"(?:[+&,]|\b(?:y|e|ed|et|und|and|con|mit|with|avec|plus|sowie)\b)"
_BESIDE = re.compile(rf"{_ALSO} (?:[a-z]+ ){{0,2}}{_NOT_IN_IT}(?:{_FOOD})\b")
_BESIDE_SHORT = re.compile(rf"(?:[+&]|\b(?:y|e|ed|et|und|and)\b) (?:[a-z]+ )?{_NOT_IN_IT}(?:{_SHORT_FOOD})\b")
_SET = whole_words(
    r"\w*set|sets|kit|lote|cestas?|ces[pt]o|canasta|hamper|basket|coffret|cofanetto|assortiment\w*|surtido|\w*korb|"
    r"crate|duo|trio|confezione (?:regalo|gourmet)|(?:caja|pack|box|estuche|geschenk\w*) gourmet|gift|geschenk\w*"
)
_IN_A_SET = re.compile(rf"{_NOT_IN_IT}\b(?:{_FOOD})\b")
_USE = (
    r"ideal\w*|perfect\w*|perfett\w*|perfekt\w*|parfait\w*|optimal\w*|geeignet|idone\w*|suitable|great|best|para|per|pour|"
    r"fuer|for|zum|zur|acompan\w*|marida\w*|goes|passt|accompagn\w*|abbinat\w*|cooking|salads?|ensaladas?|insalat\w*|"
    r"salate?n?|salades?|dressings?|dipping|cocina\w*|cucina\w*|kochen|braten|backen|grill\w*|frying|freir|alinar|"
    r"aderezar|condire|assaisonn\w*|notas?|note|notes|noten|sentori|matices|hints?|toques?|aromas?|recuerdos|sabor|gusto|gout|geschmack|taste"
)
# From "ideal para" on, up to another oil, a size or a harder sign than a comma.
_USES = re.compile(rf"\b(?:{_USE})\b(?: (?!(?:{OIL_WORDS})\b|\d+ ?(?:ml|cl|l|lt|g|kg|x)\b)(?:[a-z0-9%]+|[,&]))*")

# "Aceitera para aceite y vinagre" holds neither.
_VESSEL = re.compile(r"\b(?:para|per|pour|fuer|for) $")


def is_mixed_set(title: str) -> bool:
    """Tell whether a title sells vinegar, salt, other foods or things together with an oil."""
    words = plain_words(title.replace(" - ", " ; "), keep=_SIGNS)
    oil = OIL.search(words)
    if oil is None or _VESSEL.search(words[: oil.start()]):
        return False
    content = _USES.sub(" |", words)
    is_set = _SET.search(words)
    if _VINEGAR.search(words if is_set else content):
        return True
    return bool(_BESIDE.search(content) or _BESIDE_SHORT.search(content) or (is_set and _IN_A_SET.search(content)))
