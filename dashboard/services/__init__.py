"""What may be written here: firings of alerts."""
