"""When and what to tell people who asked to be told. Pure but for the words."""
