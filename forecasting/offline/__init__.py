"""Training from files, without a platform around it. Pure."""
