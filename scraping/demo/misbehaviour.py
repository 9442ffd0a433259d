"""How the demo shop can be made to misbehave: which fault, for which product, for how many requests."""

import threading
from enum import StrEnum


class Mode(StrEnum):
    """The faults a real shop, or the way to it, shows sooner or later."""

    OK = "ok"
    CAPTCHA = "captcha"
    SOFT_CAPTCHA = "soft_captcha"
    WAF = "waf"
    ERROR_503 = "error_503"
    DOGS_500 = "dogs_500"
    NOT_FOUND = "not_found"
    HOME_PAGE = "home_page"
    SLOW_BODY = "slow_body"
    HUGE_PAGE = "huge_page"
    GZIP_BOMB = "gzip_bomb"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_TO_PRIVATE = "redirect_to_private"
    WRONG_CONTENT_TYPE = "wrong_content_type"
    HANG = "hang"
    RESET = "reset"
    WRONG_LOCATION = "wrong_location"
    OTHER_PRODUCT = "other_product"
    OTHER_ASIN = "other_asin"
    OTHER_CURRENCY = "other_currency"
    CHANGED_LAYOUT = "changed_layout"
    PRICE_DROP_90 = "price_drop_90"
    DECIMAL_SLIP = "decimal_slip"
    USED_ONLY = "used_only"
    NO_FEATURED_OFFER = "no_featured_offer"
    SELECT_VARIATION = "select_variation"


EVERYTHING = "*"


class Switchboard:
    """Which fault is on for which product; a product's own switch goes before the one for all."""

    def __init__(self) -> None:
        self._modes: dict[str, tuple[Mode, int | None]] = {}
        self._lock = threading.Lock()

    def switch(self, asin: str, mode: Mode, times: int | None = None) -> None:
        """Misbehave for `asin` ("*": for all) the next `times` requests, or until switched again."""
        with self._lock:
            if mode is Mode.OK and times is None and asin == EVERYTHING:
                self._modes.clear()
            elif times is None or times > 0:
                self._modes[asin] = (mode, times)

    def next_mode(self, asin: str) -> Mode:
        """Return how to answer this request, and count it."""
        with self._lock:
            for key in (asin, EVERYTHING):
                if key not in self._modes:
                    continue
                mode, times = self._modes[key]
                if times == 1:
                    del self._modes[key]
                elif times is not None:
                    self._modes[key] = (mode, times - 1)
                return mode
        return Mode.OK
