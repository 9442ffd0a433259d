"""A captured page keeps what the reader reads, and nothing of the person who saw it."""

import gzip
import os
from pathlib import Path

import pytest

from benchmarks.hostile_pages import HOSTILE_CAPTURES
from scraping.amazon.block import classify
from scraping.amazon.document import open_document
from scraping.amazon.page import read_page
from scraping.capture_page import strip_page
from scraping.capture_rules import javascript
from scraping.offer import PageKind
from scraping.personal_text import names_in, place_in, without_contacts
from tests.scraping.captured_pages import ASIN, SECRETS, personal_page, price_of

PROJECT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("OILWATCH_SHARED") or PROJECT.parent / "shared") / "data"
LABELLED = sorted(SHARED.glob("amazon_pages*/*.html.gz"))


def core_of(page: bytes, marketplace: str = "es") -> tuple[object, ...]:
    reading = read_page(page, marketplace=marketplace)
    offer = reading.offer
    seen = (offer.asin, offer.title, offer.state, offer.price, offer.currency, offer.location, offer.rating)
    return reading.kind, *seen, offer.list_price, offer.seller, offer.volume, offer.brand


def test_nothing_personal_is_left() -> None:
    page = personal_page()
    assert all(secret in page for secret in SECRETS)
    stripped = strip_page(page.encode()).decode()
    assert [secret for secret in SECRETS if secret in stripped] == []
    assert [
        tag for tag in ("<script", "<iframe", "<!--", "<style", "<form", 'href="/', "textarea") if tag in stripped
    ] == []


def test_it_is_read_as_before() -> None:
    stripped = strip_page(personal_page().encode())
    assert core_of(stripped) == core_of(personal_page().encode())
    offer = read_page(stripped, marketplace="es").offer
    assert (offer.asin, offer.price, offer.location) == (ASIN, price_of(), "Madrid 28008")


def test_stripping_twice_changes_nothing() -> None:
    once = strip_page(personal_page().encode())
    assert strip_page(once) == once


@pytest.mark.parametrize(
    "page", [b"", b"<", b"\x00\xff", b"<p>" * 3000, b"<html lang='x\x01'><hza:string id='title'>a\x01b"]
)
def test_any_bytes_give_a_page(page: bytes) -> None:
    assert strip_page(page).startswith(b"<!doctype html>")


@pytest.mark.parametrize("name", HOSTILE_CAPTURES)
def test_hostile_pages_end_and_keep_the_title(name: str) -> None:
    """A strip whose cost grows with the square would not end here; what each page costs is measured in benchmarks/."""
    assert b"Aceite" in strip_page(HOSTILE_CAPTURES[name](1))


def test_places_in_each_other_are_one() -> None:
    place = '<i id="glow-ingress-line2">Madrid <b id="glow-ingress-line2">28008</b></i>'
    page = strip_page(f'<h1 id="productTitle">Aceite</h1><div id="nav-x">{place}</div>'.encode()).decode()
    assert page.count("28008") == 1
    assert "Madrid 28008" in page


def test_text_between_kept_and_dropped_children_stays_in_its_place() -> None:
    inner = "1<b>2</b>3<script>x</script>4<i>5</i>6"
    page = strip_page(f'<h1 id="productTitle">Aceite</h1><div id="price">{inner}</div>'.encode()).decode()
    assert "1<b>2</b>34<i>5</i>6" in page


def test_hidden_prices_lose_what_is_not_a_price() -> None:
    data = '{"group":[{"priceAmount":9.99,"buyingOptionType":"NEW","currencySymbol":"€","customerId":"A3"}],"x":"A3"}'
    page = f'<div id="dp"><div class="twister-plus-buying-options-price-data">{data}</div></div>'
    stripped = strip_page(page.encode())
    assert b"9.99" in stripped
    assert b"A3" not in stripped


def test_pictures_of_other_hosts_go() -> None:
    page = '<div id="dp"><img id="landingImage" src="https://tracker.example/ana.png" data-old-hires="{}"></div>'
    ours = "https://m.media-amazon.com/images/I/61x.jpg"
    stripped = strip_page(page.format(ours).encode()).decode()
    assert "tracker" not in stripped
    assert ours in stripped


@pytest.mark.parametrize(
    ("text", "needs_digit", "place"),
    [
        ("Deliver to Anna", True, ""),
        ("Entrega en Madrid 28008", True, "Entrega en Madrid 28008"),
        ("Deliver to Anna - Hyderabad 500005", True, "Hyderabad 500005"),
        ("Estados Unidos", False, "Estados Unidos"),
        ("Calle Mayor 5, 3º A, Madrid 28008", False, "Madrid 28008"),
        ("Anna 28008", False, "28008"),
    ],
)
def test_of_a_place_town_and_postcode_stay(text: str, needs_digit: bool, place: str) -> None:
    assert place_in(text, needs_digit=needs_digit, names=frozenset({"Anna"})) == place


def test_names_are_those_of_the_greeting() -> None:
    assert names_in(["Hello, Anna Account & Lists", "Deliver to Ben"], place="Madrid 28008") == {"Anna", "Ben"}
    assert names_in(["Hola, identifícate", "Hello, Sign in", "Enviar a"], place="Turquía") == frozenset()


@pytest.mark.parametrize("kept", ["8410660050505", "12.345,67 €", "1.234.567 valoraciones", "86050000", "2026-11-26"])
def test_bar_codes_prices_and_postcodes_are_no_telephone_numbers(kept: str) -> None:
    assert without_contacts(kept) == kept


def test_the_browser_has_the_same_rules() -> None:
    written = (PROJECT / "extension" / "strip_rules.js").read_text(encoding="utf-8")
    assert written == javascript(), "run python -m scraping.capture_rules > extension/strip_rules.js"


@pytest.mark.skipif(not LABELLED, reason="the labelled Amazon pages are not beside the project (set OILWATCH_SHARED)")
@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.name.removesuffix(".html.gz"))
def test_real_pages_are_read_as_before(path: Path) -> None:
    page = gzip.decompress(path.read_bytes())
    document = open_document(page)
    if classify(document).kind is not PageKind.PRODUCT:
        return  # refused before it is stripped
    market = document.marketplace.code if document.marketplace else "com"
    stripped = strip_page(page)
    assert core_of(stripped, market) == core_of(page, market)
    assert len(stripped) < len(page) / 10
    assert [name for name in (b"Taonga", b"Jakub", b"Teja") if name in stripped] == []
