"""From a response to the result of a visit: read the page and judge it. Writes nothing."""

from dataclasses import dataclass, replace

from scraping.amazon.page import read_page
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import Answer
from scraping.models import Product, VisitStatus
from scraping.offer import PageReading
from scraping.services.judge_reading import Assessment, judge
from scraping.services.page_source import marketplace_of

ABOUT_THE_PLACE = (VisitStatus.UNKNOWN_LOCATION, VisitStatus.WRONG_LOCATION)


@dataclass(frozen=True, slots=True)
class VisitResult:
    """The assessment of a visit, and the response and reading it rests on, if there was a page."""

    assessment: Assessment
    response: Answer | None = None
    reading: PageReading | None = None


def read_and_judge(*, product: Product, response: Answer | FetchFailed) -> VisitResult:
    """Read the page and judge whether it shows this product, this place and a believable price."""
    if isinstance(response, AddressForbidden):
        return VisitResult(Assessment(VisitStatus.FORBIDDEN, str(response)))
    if isinstance(response, FetchFailed):
        return VisitResult(Assessment(VisitStatus.UNREACHABLE, str(response)))
    reading = read_page(response.body, marketplace=marketplace_of(product.shop))
    assessment = judge(reading, product=product, http_status=response.status, content_type=response.content_type)
    if response.place_note and assessment.status in ABOUT_THE_PLACE:
        assessment = replace(assessment, reason=f"{assessment.reason}; {response.place_note}")
    return VisitResult(assessment, response, reading)
