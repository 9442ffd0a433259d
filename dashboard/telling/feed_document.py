"""A feed as Atom or RSS, by Django's feed generator; strangers' titles are harmless in it, and its size has an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language

from dashboard.telling.alert_message import absolute
from dashboard.telling.harmless_text import harmless

FORMS: dict[str, type[Atom1Feed | Rss201rev2Feed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed that has no entry yet


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `name` is the same for one event for ever, `text` is plain."""

    name: str
    title: str
    text: str
    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What the feed as a whole says of itself."""

    title: str
    description: str
    path: str


def feed_response(request: HttpRequest, head: FeedHead, entries: Sequence[Entry], form: str) -> HttpResponse:
    """Answer with the feed, or with 304 where the reader has it already."""
    feed = _document(request, head, entries, form)
    body = feed.writeString("utf-8").encode()
    newest = max((entry.at for entry in entries), default=BEGINNING)
    etag = quote_etag(sha256(body).hexdigest()[:32])
    modified = int(newest.timestamp())
    answer = HttpResponse(body, content_type=feed.content_type)
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(modified)
    patch_cache_control(answer, max_age=300)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=answer) or answer


def _document(request: HttpRequest, head: FeedHead, entries: Sequence[Entry], form: str) -> Atom1Feed | Rss201rev2Feed:
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
            description=escape(harmless(entry.text, longest=1000)),  # readers take descriptions for HTML
            unique_id=_tag(entry.name),
            unique_id_is_permalink=False,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return feed


def _tag(name: str) -> str:
    """A name that stays when the site moves its pages: RFC 4151."""
    host = urlsplit(settings.OILWATCH_SITE_URL).hostname or "oilwatch"
    return f"tag:{host},2026:{name.strip('/')}"
