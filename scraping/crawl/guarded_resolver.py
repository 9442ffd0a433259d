"""Names resolve to public addresses only: Scrapy connects to the very address that was checked here."""

from typing import Any

from scrapy.resolver import CachingThreadedResolver

from scraping.client.address_guard import is_public
from scraping.client.errors import AddressForbidden

ALLOWED_PRIVATE = "OILWATCH_CRAWL_PRIVATE_HOSTS"  # a setting of the crawl: the demo shop's host, and proxies'


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver with the workers' rule on addresses."""

    private_hosts: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Learn which hosts may be private."""
        made = super().from_crawler(crawler, reactor)
        made.private_hosts = frozenset(crawler.settings.getlist(ALLOWED_PRIVATE))
        return made

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802 - Twisted's name
        """The address of a host, refused where it is not public."""
        deferred = super().getHostByName(name, timeout)
        deferred.addCallback(self._refuse_private, name)
        return deferred

    def _refuse_private(self, address: str, name: str) -> str:
        if name not in self.private_hosts and not is_public(address):
            raise AddressForbidden(f"{name} resolves to {address}, which is not a public address.")
        return address
