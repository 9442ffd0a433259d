"""Prices before the shelf: what oil costs at cutoff, from public sources."""
