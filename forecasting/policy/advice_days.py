"""The deadline of the advice."""

ADVICE_DAYS = 14  # within which the oil is needed
