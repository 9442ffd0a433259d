"""Cross-validation, backtests and scores of published forecasts against the prices observed since. Pure."""
