"""Prices before the shelf: what oil costs at origin, from public sources."""
