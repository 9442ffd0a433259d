"""The page of a captured visit, in the shape of a fetched one."""

from scraping.client.errors import FetchFailed
from scraping.client.fetch import Answer
from scraping.models import Visit
from scraping.services.page_source import page_url
from scraping.services.snapshots import page_of


def captured_page(visit: Visit) -> Answer | FetchFailed:
    """The page that was sent; nobody is asked for anything."""
    if visit.snapshot is None:
        return FetchFailed("the captured page is no longer stored")
    body = page_of(visit.snapshot)
    return Answer(page_url(visit.product), status=200, body=body, content_type="text/html;charset=UTF-8", seconds=0.0)
