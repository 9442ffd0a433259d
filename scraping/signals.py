"""Signals by which apps above take part in what scraping does."""

from django.dispatch import Signal

# Sent inside the transaction before the demo shop's products are deleted: remove what rests on them.
removing_simulated = Signal()
