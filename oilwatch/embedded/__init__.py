"""A real PostgreSQL and a real Redis that come as wheels, started when no server of one's own is named."""
