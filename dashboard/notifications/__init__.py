"""When and what to tell people with alerts. Pure but for the words."""
