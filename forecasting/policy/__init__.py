"""What waiting would save, and what it saved. Pure."""
