"""Products, prices and visits over HTTP."""
