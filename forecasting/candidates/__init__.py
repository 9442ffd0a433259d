"""Candidate forecasts of one cutoff, their record against outcomes, and what is published of them. Pure."""
