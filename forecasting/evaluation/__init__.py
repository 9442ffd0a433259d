"""Published forecasts beside the prices that came. Pure."""
