"""Intervals that hold what they promise: conformal offsets, widths, feedback of the ledger. Pure."""
