"""What every API of the platform shares: errors, renderers, throttles, pages, permissions."""
