"""What may be written here: alert events of alerts."""
