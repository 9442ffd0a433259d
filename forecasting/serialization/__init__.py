"""A training as plain values and files: packed for the next worker, or made on another machine. Pure."""
