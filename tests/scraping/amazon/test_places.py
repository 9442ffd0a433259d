"""Where a page's prices are for: as each marketplace writes it, and which taxes that means."""

import pytest

from scraping.amazon.details import read_location
from scraping.amazon.document import open_document
from scraping.amazon.page import read_page
from scraping.amazon.places import PlaceMatch, compare_places
from scraping.offer import OfferState
from tests.scraping.amazon.made_pages import ES, without_offer


@pytest.mark.parametrize(
    ("line1", "line2", "place"),
    [
        ("Entrega en Madrid 28008", "Actualizar ubicación", "Madrid 28008"),
        ("Enviar a", "Estados Unidos", "Estados Unidos"),
        ("Entregar en", "Ciudad de México 06000", "Ciudad de México 06000"),
        ("Consegna a Roma 00184", "Aggiorna posizione", "Roma 00184"),
        ("In consegna a Rosà 36027", "Aggiorna posizione", "Rosà 36027"),
        ("Livraison à Paris 75001", "Mettre à jour l’emplacement", "Paris 75001"),
        ("Lieferung nach Berlin 10115", "Standort aktualisieren", "Berlin 10115"),
        ("Liefern nach", "Indien", "Indien"),
        ("Bezorgen in Amsterdam 1012 AB", "Locatie bijwerken", "Amsterdam 1012 AB"),
        ("Leverans till Stockholm 111 29", "Uppdatera plats", "Stockholm 111 29"),
        ("Dostawa do Warszawa 00-001", "Zaktualizuj lokalizację", "Warszawa 00-001"),
        ("A entrega será feita em Londrina 86050000", "Atualizar CEP", "Londrina 86050000"),
        ("Delivering to London SW1A 2", "Update location", "London SW1A 2"),
        ("Deliver to", "Canton 13617", "Canton 13617"),
        ("お届け先 東京 100-0001", "場所を更新する", "東京 100-0001"),
        ("Teslimat adresi: İstanbul 34000", "Konumu güncelle", "İstanbul 34000"),
        ("التوصيل إلى الرياض", "تحديث الموقع", "الرياض"),
        ("Algo nuevo cerca de Madrid 28008", "Actualizar ubicación", "Madrid 28008"),
        ("Algo nuevo sin lugar", "Actualizar ubicación", None),
        ("Hola, elige tu dirección", "Selecciona tu dirección", None),
        ("", "", None),
    ],
)
def test_how_each_marketplace_writes_a_place(line1: str, line2: str, place: str | None) -> None:
    page = f'<span id="glow-ingress-line1"> {line1} </span><span id="glow-ingress-line2"> {line2}&zwnj; </span>'
    assert read_location(open_document(f"<html><body>{page}</body></html>")) == place


def test_the_buy_box_says_it_where_the_head_does_not() -> None:
    page = '<div id="contextualIngressPtLabel_deliveryShortLine">Entrega en Madrid 28008 - Actualizar ubicación</div>'
    assert read_location(open_document(page)) == "Madrid 28008"


@pytest.mark.parametrize(
    ("market", "expected", "seen", "match"),
    [
        ("es", "28008", "Madrid 28008", PlaceMatch.SAME_TAXES),
        ("es", "28008", "Barcelona 08001", PlaceMatch.SAME_TAXES),
        ("es", "28008", "Palma 07001", PlaceMatch.SAME_TAXES),
        ("es", "28008", "Las Palmas 35001", PlaceMatch.OTHER_TAXES),
        ("es", "28008", "Santa Cruz 38001", PlaceMatch.OTHER_TAXES),
        ("es", "28008", "Ceuta 51001", PlaceMatch.OTHER_TAXES),
        ("es", "28008", "Melilla 52001", PlaceMatch.OTHER_TAXES),
        ("es", "35001", "Santa Cruz 38001", PlaceMatch.SAME_TAXES),
        ("es", "51001", "Melilla 52001", PlaceMatch.OTHER_TAXES),
        ("es", "28008", "Estados Unidos", PlaceMatch.ABROAD),
        ("es", "28008", "Lisboa 1000-001", PlaceMatch.ABROAD),
        ("es", "28008", None, PlaceMatch.UNKNOWN),
        ("es", "Madrid", "Madrid", PlaceMatch.SAME_TAXES),
        ("fr", "75001", "Lyon 69001", PlaceMatch.SAME_TAXES),
        ("fr", "75001", "Ajaccio 20000", PlaceMatch.OTHER_TAXES),
        ("fr", "75001", "Saint-Denis 97400", PlaceMatch.OTHER_TAXES),
        ("it", "00184", "Livigno 23041", PlaceMatch.OTHER_TAXES),
        ("de", "10115", "Helgoland 27498", PlaceMatch.OTHER_TAXES),
        ("de", "10115", "München 80331", PlaceMatch.SAME_TAXES),
        ("co.uk", "SW1A 1AA", "London SW1A 2", PlaceMatch.SAME_TAXES),
        ("co.uk", "SW1A 1AA", "St Helier JE2 3AB", PlaceMatch.OTHER_TAXES),
        ("co.uk", "SW1A 1AA", "Spain", PlaceMatch.ABROAD),
        ("com", "10001", "Canton 13617", PlaceMatch.SAME_TAXES),
        ("com.br", "01310100", "Londrina 86050000", PlaceMatch.SAME_TAXES),
    ],
)
def test_postcodes_are_compared_by_tax_area(market: str, expected: str, seen: str | None, match: PlaceMatch) -> None:
    assert compare_places(seen=seen, expected=expected, marketplace=market) is match


def test_not_sent_here_is_no_lack_of_stock() -> None:
    text = "This item cannot be shipped to your selected delivery location."
    page = without_offer(ES, f'<div id="outOfStock"><span>{text}</span></div>')
    offer = read_page(page).offer
    assert offer is not None
    assert (offer.state, offer.deliverable) == (OfferState.UNAVAILABLE, False)
    sold_out = read_page(without_offer(ES, '<div id="outOfStock"><span>No disponible.</span></div>')).offer
    assert sold_out is not None
    assert sold_out.deliverable
