"""The optional transport: curl with a browser's TLS shape (extra `curl`). A policy question, so the operator's choice.

The same budgets and the same guard as `fetch`: the address is resolved and checked here, and curl is told to connect
to that very address (CURLOPT_RESOLVE), so a name server cannot answer it differently.
"""

import socket
import time
from urllib.parse import urljoin, urlsplit

from scraping.client.address_guard import is_public
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import MAX_REDIRECTS, REDIRECTS, Answer, check_place, retry_after
from scraping.client.policy import Policy

PORTS = {"http": 80, "https": 443}


def fetch_with_curl(url: str, policy: Policy) -> Answer:
    """Ask for a page; raises what `fetch` raises, and FetchFailed with an instruction where curl_cffi is missing."""
    begun = time.monotonic()
    for _ in range(MAX_REDIRECTS + 1):
        check_place(url, policy)
        left = policy.page_seconds - (time.monotonic() - begun)
        status, headers, body = _exchange(url, policy, left)
        if status not in REDIRECTS or "location" not in headers:
            return Answer(
                url=url,
                status=status,
                body=body,
                content_type=headers.get("content-type", ""),
                seconds=time.monotonic() - begun,
                retry_after=retry_after(status, headers.get("retry-after")),
            )
        url = urljoin(url, headers["location"])
    raise FetchFailed(f"more than {MAX_REDIRECTS} redirects")


def _exchange(url: str, policy: Policy, seconds: float) -> tuple[int, dict[str, str], bytes]:
    try:
        from curl_cffi import CurlOpt, requests
    except ImportError as error:
        raise FetchFailed("OILWATCH_TRANSPORT=curl_cffi needs the extra: pip install oilwatch[curl]") from error
    pieces: list[bytes] = []

    def take(piece: bytes) -> None:
        if sum(map(len, pieces)) + len(piece) > policy.page_bytes:
            raise FetchFailed(f"larger than {policy.page_bytes / 1_048_576:.0f} MiB")
        pieces.append(piece)

    options = {} if policy.proxy else {CurlOpt.RESOLVE: [_pinned(url, policy)]}
    with requests.Session(curl_options=options, trust_env=False) as session:
        try:
            answer = session.get(
                url,
                headers={"User-Agent": policy.user_agent, **policy.headers},
                cookies=policy.cookies,
                timeout=max(seconds, 0.1),
                allow_redirects=False,
                proxy=policy.proxy,
                content_callback=take,
            )
        except requests.exceptions.RequestException as error:
            if sum(map(len, pieces)) + 16_384 > policy.page_bytes:
                raise FetchFailed(f"larger than {policy.page_bytes / 1_048_576:.0f} MiB") from error
            raise FetchFailed(f"no answer: {error}") from error
    headers = {name.lower(): value or "" for name, value in answer.headers.items()}
    return answer.status_code, headers, b"".join(pieces)


def _pinned(url: str, policy: Policy) -> str:
    """`host:port:address` for curl, the address being one that was checked."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        records = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchFailed(f"{host} has no address: {error}") from error
    addresses = [str(entry[4][0]) for entry in records]
    if f"{host}:{port}" not in policy.private_ok and (bad := [a for a in addresses if not is_public(a)]):
        raise AddressForbidden(f"{host} resolves to {bad[0]}, which is not a public address.")
    return f"{host}:{port}:{addresses[0]}"
