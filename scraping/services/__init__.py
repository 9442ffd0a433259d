"""What may be written, one file a deed: keyword-only functions that everything else only calls."""
