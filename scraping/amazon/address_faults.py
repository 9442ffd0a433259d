"""What can be wrong with an address somebody pasted: a code, and its sentence, which says what to change. Pure."""

from enum import StrEnum


def _(text: str) -> str:
    """Mark a text for translation: whoever shows it in another language looks it up."""
    return text


class AddressFault(StrEnum):
    """Why an address is not taken."""

    NO_WORDS = "no_words"
    EMPTY = "empty"
    NO_SHOP = "no_shop"
    NO_ADDRESS = "no_address"
    SCHEME = "scheme"
    PASSWORD = "password"  # noqa: S105 - the name of a fault
    PORT = "port"
    SHORT_LINK = "short_link"
    UNKNOWN_HOST = "unknown_host"
    NO_PRODUCT = "no_product"
    NO_ASIN = "no_asin"
    UNKNOWN_SHOP = "unknown_shop"
    LINK_GONE = "link_gone"
    LINK_LEADS_AWAY = "link_leads_away"
    LINK_LATER = "link_later"
    LINK_FORBIDDEN = "link_forbidden"
    LINK_SILENT = "link_silent"


SENTENCES: dict[AddressFault, str] = {
    AddressFault.NO_WORDS: _("Nothing to search for: give at least one word."),
    AddressFault.EMPTY: _("The address is empty: paste a product's address or its ASIN."),
    AddressFault.NO_SHOP: _("%(text)s is an ASIN without a shop: paste the whole address of its page."),
    AddressFault.NO_ADDRESS: _("This is not an address: paste it as the browser shows it."),
    AddressFault.SCHEME: _("Only http and https addresses are read, not %(text)s:."),
    AddressFault.PASSWORD: _("The address contains a user name or password: remove everything before the @."),
    AddressFault.PORT: _("Amazon addresses have no port: remove :%(text)s."),
    AddressFault.SHORT_LINK: _("%(text)s is a short link: open it and paste the full address."),
    AddressFault.UNKNOWN_HOST: _("%(text)s is not a known Amazon shop: amazon. followed by %(known)s ..."),
    AddressFault.NO_PRODUCT: _(
        "The address names no product: open one product's page, whose address has /dp/ and an ASIN."
    ),
    AddressFault.NO_ASIN: _("“%(text)s” is not an ASIN: ten letters and digits, such as B014I8T0YQ."),
    AddressFault.UNKNOWN_SHOP: _("“%(text)s” is not a known Amazon shop: try es, it, fr, de, co.uk or com."),
    AddressFault.LINK_GONE: _("%(text)s no longer knows this link: open it and paste the address of the page."),
    AddressFault.LINK_LEADS_AWAY: _("This link leads to no product at Amazon: paste the address of a product's page."),
    AddressFault.LINK_LATER: _("%(text)s cannot be asked now. Try again in a minute."),
    AddressFault.LINK_FORBIDDEN: _("This link is not followed: open it and paste the address of the page."),
    AddressFault.LINK_SILENT: _("%(text)s did not say where this link leads: paste the page's address."),
}


class AddressRefused(ValueError):
    """The address is not one of an Amazon product or search; the message says what to change."""

    def __init__(self, fault: AddressFault, text: str = "", known: str = "") -> None:
        """Args: the fault, what of the address is at fault, and the shops that are known."""
        self.fault, self.values = fault, {"text": text, "known": known}
        super().__init__(SENTENCES[fault] % self.values)
