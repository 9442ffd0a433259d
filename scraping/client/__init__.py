"""One polite HTTP client, shared by everything that asks a shop for a page."""
