"""What is known of past prices, as tables a forecaster can learn from. Pure."""
