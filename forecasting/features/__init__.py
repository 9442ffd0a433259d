"""What is known of a shelf's past, as tables a forecaster can learn from. Pure."""
