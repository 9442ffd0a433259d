"""The catalogue is life-like and says of each product what its title says."""

from scraping.demo.catalogue import BY_ASIN, PRODUCTS
from scraping.grade import read_grade
from scraping.volume import read_volume


def test_sixty_products_with_their_own_asin():
    assert len(PRODUCTS) == len(BY_ASIN) == 60
    assert all(len(product.asin) == 10 and product.asin.startswith("B0DEM") for product in PRODUCTS)


def test_every_title_tells_grade_and_volume_to_a_reader():
    for product in PRODUCTS:
        assert read_grade(product.title) == product.grade, product.title
        volume = read_volume(product.title)
        assert volume is not None, product.title
        assert (volume.litres, volume.pack) == (product.litres, product.containers), product.title
