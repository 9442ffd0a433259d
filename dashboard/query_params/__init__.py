"""What an address asks a page for. Pure."""
