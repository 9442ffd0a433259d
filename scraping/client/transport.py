"""Which library asks, and through which proxy: the operator's choice in settings."""

from dataclasses import replace

from django.conf import settings

from scraping.client.errors import FetchFailed
from scraping.client.fetch import Answer, fetch
from scraping.client.policy import Policy
from scraping.client.proxies import next_proxy, report_proxy


def ask(url: str, policy: Policy) -> Answer:
    """Fetch a page by the configured transport, through the next proxy where a list of them is configured."""
    proxy = None if policy.private_ok else next_proxy()  # the demo shop is on this machine
    chosen = replace(policy, proxy=proxy)
    try:
        answer = _fetch(url, chosen)
    except FetchFailed:
        report_proxy(proxy, well=False)
        raise
    report_proxy(proxy, well=True)
    return answer


def _fetch(url: str, policy: Policy) -> Answer:
    if settings.OILWATCH_TRANSPORT == "curl_cffi":
        from scraping.client.curl_transport import fetch_with_curl

        return fetch_with_curl(url, policy)
    return fetch(url, policy)
