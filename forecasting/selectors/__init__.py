"""Reads that change shape: rows of the tables as series, forecasts and records."""
