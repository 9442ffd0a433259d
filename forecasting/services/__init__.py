"""What may be written: orders to train, trainings, and the forecasts they publish."""
