"""What past forecasts teach: candidates, gate, intervals, rehearsals, feedback, champion. Pure."""
