"""The shelf over HTTP, and what every endpoint of the platform shares."""
