"""A feed as Atom or RSS, by Django's feed generator; strangers' titles are harmless in it, and its size has an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.html import escape
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext

from dashboard.notifications.harmless_text import harmless
from dashboard.texts.alert_message import absolute

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed that has no entry yet


class Atom(Atom1Feed):
    """Atom that says the same of itself as long as it is the same; Django dates an empty feed by the clock."""

    def latest_post_date(self) -> datetime:
        """The newest entry's date."""
        return super().latest_post_date() if self.items else BEGINNING


class Rss(Rss201rev2Feed):
    """RSS, in the same way."""

    def latest_post_date(self) -> datetime:
        """The newest entry's date."""
        return super().latest_post_date() if self.items else BEGINNING


FORMS: dict[str, type[Atom | Rss]] = {"atom": Atom, "rss": Rss}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that this site serves, and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `name` is the same for one event for ever, `text` is plain."""

    name: str
    title: str
    text: str
    path: str
    at: datetime
    shop: str = ""
    shop_url: str = ""  # where it is sold
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What the feed as a whole says of itself."""

    title: str
    description: str
    path: str


def feed_response(request: HttpRequest, head: FeedHead, entries: Sequence[Entry], form: str) -> HttpResponse:
    """Answer with the feed, or with 304 where the reader has these very bytes already.

    By ETag alone: no date tells whether a feed is the same. A deal that ends, or a title that is mended, changes the
    feed and not the date of its newest entry, so no Last-Modified is sent and If-Modified-Since always gets the feed.
    """
    feed = _document(request, head, entries, form)
    body = feed.writeString("utf-8").encode()
    etag = quote_etag(sha256(body).hexdigest()[:32])
    answer = HttpResponse(body, content_type=feed.content_type)
    answer.headers["ETag"] = etag
    patch_cache_control(answer, max_age=300)
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _document(request: HttpRequest, head: FeedHead, entries: Sequence[Entry], form: str) -> Atom | Rss:
    feed = FORMS[form](
        title=harmless(head.title),
        link=absolute(head.path),
        description=harmless(head.description, longest=1000),
        subtitle=harmless(head.description, longest=1000),
        language=get_language() or "en",
        feed_url=absolute(request.path),
        feed_guid=_tag(head.path),
        author_name="oilwatch",
        ttl=60,
    )
    for entry in entries:
        feed.add_item(
            title=harmless(entry.title, longest=200),
            link=absolute(entry.path),
            description=_html(entry),
            enclosures=_enclosures(entry),
            unique_id=_tag(entry.name),
            unique_id_is_permalink=False,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return feed


def _html(entry: Entry) -> str:
    """The text with the picture before it and the shop's link after it: readers take descriptions for HTML."""
    picture = f'<p><img src="{escape(absolute(entry.picture.path))}" alt="" height="160"></p>' if entry.picture else ""
    text = f"<p>{escape(harmless(entry.text, longest=1000))}</p>"
    if not entry.shop_url:
        return picture + text
    label = escape(gettext("View at %(shop)s") % {"shop": harmless(entry.shop)})
    return f'{picture}{text}<p><a href="{escape(entry.shop_url)}">{label}</a></p>'


def _enclosures(entry: Entry) -> list[Enclosure]:
    """The picture once more, for readers that show it beside the title."""
    if entry.picture is None:
        return []
    return [Enclosure(absolute(entry.picture.path), str(entry.picture.size), "image/webp")]


def _tag(name: str) -> str:
    """A name that stays when the site moves its pages: RFC 4151."""
    host = urlsplit(settings.OILWATCH_SITE_URL).hostname or "oilwatch"
    return f"tag:{host},2026:{name.strip('/')}"
