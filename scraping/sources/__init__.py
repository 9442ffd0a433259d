"""Lawful sources beside the pages: one file a source, parsing apart from HTTP, off without the operator's key."""
