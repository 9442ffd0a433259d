"""Prices and taxes that come before the shop: producer prices, tax steps, the index of a grade."""
