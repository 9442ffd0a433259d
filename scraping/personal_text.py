"""What in a page's words belongs to the person who sees it: names, mail addresses, telephone numbers, the street."""

import re
from collections.abc import Iterable

# From where a word begins, and never back: a page of one long word takes no longer than any other.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# "+34 612 345 678", "0034 612 345 678", "612 34 56 78", "612345678", "(555) 123-4567"; no bar codes, no prices
_PHONE = re.compile(
    r"\+\d[\d ().-]{7,16}\d\b|\b00\d{1,3}[ .-][\d ().-]{6,16}\d\b|\(\d{3}\) ?\d{3}-\d{4}\b|"
    r"(?<![\d.,-])[6-9]\d{2}[ .-]?\d{2,3}[ .-]?\d{2}[ .-]?\d{2,3}(?![\d.,-])"
)
_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}")
# What stands beside the greeting and is no name; those not signed in are greeted with the name of a button.
NO_NAMES = frozenset(
    """hello hola bonjour hallo ciao olá sign account lists list identifícate identifiez vous accedi anmelden inloggen
    cuenta listas compte listes konto listen liste account deliver delivering entrega enviar consegna livraison liefern
    nach update location actualizar ubicación the and returns orders""".split()  # noqa: SIM905
)
_POSTCODE = re.compile(r"(?:[^\W\d_][^\s\d]* )?(?:\d[\d-]{2,8}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4} [A-Z]{2})\W*$")
LONGEST_PLACE = 60


def names_in(greetings: Iterable[str], *, place: str) -> frozenset[str]:
    """The names in "Hello, Anna", and in "Deliver to Anna" where the second line has the place."""
    text: list[str] = []
    for greeting in greetings:
        _, comma, rest = greeting.partition(",")
        if comma:
            text += _NAME.findall(rest)
        elif _has_digit(place) and not _has_digit(greeting):
            text += _NAME.findall(greeting)
    return frozenset(word for word in text if word[0].isupper() and word.lower() not in NO_NAMES)


def without_contacts(text: str) -> str:
    """The text without mail addresses and telephone numbers."""
    if "@" in text or _has_digit(text):
        return _PHONE.sub("", _MAIL.sub("", text))
    return text


def speaks_of(text: str, *, names: frozenset[str], postcode: str) -> bool:
    """Whether the text names the person, or holds the postcode, before which a street can stand."""
    return bool(postcode and postcode in text) or not names.isdisjoint(_NAME.findall(text))


def postcode_in(place: str) -> str:
    """The postcode that ends the name of a place; none where it ends in none."""
    match = _postcode_at_end(place)
    return re.sub(r"^[^\W\d_][^\s\d]* ", "", match.group(0)).strip() if match else ""


def _postcode_at_end(place: str) -> re.Match[str] | None:
    """The postcode that ends the text; only its end is searched, since each word in it is tried to the text's end."""
    return _POSTCODE.search(place[-LONGEST_PLACE:])


def _without_names(text: str, names: frozenset[str]) -> str:
    return _NAME.sub(lambda word: "" if word.group(0) in names else word.group(0), text)


def place_in(text: str, *, needs_digit: bool, names: frozenset[str]) -> str:
    """The town and postcode of a line such as "Entrega en Madrid 28008"; a street before them goes.

    The line above the place can be a name ("Deliver to Anna"): it counts only where it has a postcode.
    """
    if needs_digit and not _has_digit(text):
        return ""
    with_digit = [part for part in re.split(r" [-–] ", text) if _has_digit(part)]
    place = _without_names(_MAIL.sub("", with_digit[-1] if with_digit else text), names)
    if "," in place or len(place) > LONGEST_PLACE:
        match = _postcode_at_end(place)
        return match.group(0).strip() if match else ""
    return " ".join(place.split())


def _has_digit(text: str) -> bool:
    return any(mark.isdigit() for mark in text)
