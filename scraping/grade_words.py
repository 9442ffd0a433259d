"""The words that name an oil, its grade, and what is no oil, in es, it, fr, de, en and pt; titles in one plain form."""

import re
import unicodedata


def whole_words(alternatives: str) -> re.Pattern[str]:
    """Compile alternatives that stand as whole words."""
    return re.compile(rf"\b(?:{alternatives})\b")


# The oil itself: "olio d'oliva", "huile d'olive", "Olivenöl", "AOVE".
OIL_WORDS = (
    r"aceite|aceites|olio|olii|oli|huile|huiles|azeite|azeites|\w*olivenoe?l|oil|oils|oel|aove|a o v e|evoo|"
    r"sonnenblumenoe?l|\w*tresteroe?l|oleo|ac oliva"
)
OIL = whole_words(OIL_WORDS)
# Italians write "olio extravergine" and mean olives.
OLIVE = whole_words(
    r"olivas?|olive|olives|\w*olivenoe?l|aove|a o v e|evoo|azeite|azeites|evo|e v o|arbequina|picual|hojiblanca|"
    "cornicabra|koroneiki|taggiasca|oliventresteroe?l|oli[oi]? (?:extra ?vergin[ei]|vergin[ei] extra)"
)
POMACE = whole_words(r"orujo|sansa|grignons?|pomace|\w*tresteroe?l|trester|bagaco")
SUNFLOWER = whole_words(r"girasol|girasole|girassol|tournesol|sonnenblumen\w*|sunflower")
EXTRA = whole_words(
    "virgen extra|extra virgen|vierge extra|extra vierge|extra ?vergin[ei]|vergin[ei] extra|extra virgin|"
    r"virgin extra|virgem extra|extra virgem|nativ\w* (?:(?:\w+ ){0,2}olivenoe?l )?extra|extra nativ\w*|aove|"
    "a o v e|evoo|evo|e v o|v ?e|extra v|v extra|virg extra|ex virgen|vierge 1ere extra"
)
VIRGIN = whole_words(r"virgen|vierge|vergine|virgin|virgem|nativ\w*")
# Another fat beside the olive: a blend belongs to no grade.
OTHER_FAT = whole_words(
    r"colza|raps\w*|canola|rapeseed|soja|soy|maiz|mais|corn|coco|cocco|coconut|kokos\w*|aguacate|"
    "avocado|sesamo|sesame|sesam|semillas|seeds?|semi|lino|cacahuete|arachide|peanut|palma|palm|argan|"
    "almendras?|mandorle|almond|ricino|castor|mezcla"
)
# "Olio di semi di girasole" is sunflower oil; "seed oil free" and "notas de almendra" name no fat that is in it.
NO_OTHER_FAT = re.compile(
    r"\b(?:semi|semillas|seeds?) (?:di |de )?(?=girasol)|\bsunflower seeds?|\bseeds? oils? free\b|"
    r"\b(?:no|without) seed oils?\b|"
    r"\b(?:notas?|note|notes|noten|sentori|matices|hints?|nuances?|toques) (?:(?!trufa|truff|tartuf)\w+ ?){1,6}"
)
# "Contiene aceites refinados y 50 % de virgen extra": what is refined is plain olive oil, whatever was added.
REFINED = re.compile(
    r"\b(?<!non )(?<!no )(?<!not )(?<!nicht )(?:refinad\w*|raffinat\w*|raffine\w*|raffiniert\w*|refined|refino)\b"
)
_HERBS = (
    r"rosmarin\w*|romero|rosemary|basilico|albahaca|basilic|basilikum|basil|zitrone\w*|citrons?|lemons?|limon|limone|"
    r"ail|knoblauch|garlic|aglio|ajo|piments?|chil[ie]\w*|peperoncino|kraeuter\w*|herbes|herbs|origano|oregano|thym|"
    r"thymian|tomillo|pimienta|orangen?|arancia|naranja|trueffel\w*|salbei|menta|guindilla"
)
# Aromas make it a seasoning: "al tartufo", "con limon", "infused with basil".
AROMA = whole_words(
    r"aromatizad[oa]s?|aromatizzat[oa]|aromatisee?s?|aromatisiert\w*|saveur|flavou?red|"
    # "Sabor suave", "sabor frutado ligero" say how strong an oil is, not what was added to it.
    r"sabor(?:es)?(?! (?:suave|intenso|frutado|ligero|clasico|aceite|delicado|equilibrado))|"
    r"infused|aroma(?! (?:intens\w|fruttat\w|frutad\w|fresc\w|delicat\w|equilibrat\w|unic\w))|"
    r"tartufo|trufa|truffe|truffle|truff?el\w*|trueffel\w*|limone|peperoncino|condimento|"
    rf"(?:al|alla|all|au|aux|a l|con|mit|with|avec) (?:{_HERBS})|"
    r"(?:lemon|garlic|basil|chil[ie]\w*|rosemary|orange) (?:\w+ ){0,2}(?:olive oil|evoo)"
)
# What stands before the oil when the oil is only an ingredient: "atun en aceite", "Seife mit Olivenöl".
NOT_THE_OIL = whole_words(
    r"mayon\w*|mahones\w*|maionese|atun|bonito|tonno|thon|tuna|thunfisch\w*|sardin\w*|sardellen\w*|anch\w*|"
    r"acciugh\w*|caballa|sgombr\w*|maquereau\w*|mackerel|jabon\w*|soap|savon|sapone\w*|\w*seife\w*|"
    "sabonete|champu|shampoo|shampooing|gel|crema|creme|cream|locion|lotion|pesto|hummus|salsa|sauce|"
    r"patatas|chips|crisps|crackers|picos|pan|bread|queso|cheese|margarin\w*|spread|galletas|tomates?|"
    r"pimientos|mejillones|vinagre|aceto|vinaigre|vinegar|essig|aceitera\w*|oliera|huilier|dispensador|"
    r"dispens\w*|\w*spruh?er|\w*sprueher|olspender|oelspender|pulverizador|libro|book|libre"
)
COSMETIC = whole_words(
    r"corporal|capilar|cabello|cosmetic\w*|massage|masaje|body|hair|skin|barba|beard|haar\w*|haut|capelli|"
    "corpo|corps|cheveux|labios|dispenser|dispensador|sprayer|aceitera|lampara|lamp|motor|"
    r"oil (?:soap|mayo\w*|dressing|spread|crisps|chips|crackers|cruet|pourer|shampoo|lotion|cream|balm|cake|cookies|"
    r"biscuits|popcorn|mix|bread\w*|potato|candle|pills|capsules|softgels|tablets|supplement)"
)
INGREDIENT = re.compile(
    r"\b(?:con|en|al|with|in|mit|avec|em|com|a l|all|sott|w|para|per|pour|fuer|for)(?: (?:el|un|l|d|your|the))?"
    r"(?: (?:\d+|extra|virgin|virgen|natives?|nativem|organic|bio|pure|finest|cold|pressed|olive|"
    r"kaltgepresst\w*))*$"
)
# "Geschenkset mit Olivenöl", "caja con aceite": a box of oil, not a food with oil.
BOX_OF = re.compile(
    r"\b(?:caja|estuche|pack|lote|set|box|\w*box|geschenk(?:set|karton|packung)|coffret|cofanetto|confezione|karton)"
    r"(?: (?:de|da|di|regalo|cadeau|gift|gourmet|premium|degustacion|degustazione|decouverte|madera|legno|bois|\d+))*"
    r" (?:con|mit|with|avec)(?: \d+)?$"
)


def plain_words(title: str, keep: str = "") -> str:
    """Bring a title to lower-case ASCII words; the signs in `keep` stay as words of their own."""
    text = title.casefold().replace("ö", "oe").replace("ü", "ue").replace("ä", "ae")
    for dash in "–—":
        text = text.replace(dash, " ; ")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    for sign in keep:
        ascii_text = ascii_text.replace(sign, f" {sign} ")
    return " ".join(re.sub(rf"[^a-z0-9%{re.escape(keep)}]+", " ", ascii_text).split())
