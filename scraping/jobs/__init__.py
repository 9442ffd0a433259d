"""Work as rows: leases, heartbeats, dispatch. Shared by all apps."""
