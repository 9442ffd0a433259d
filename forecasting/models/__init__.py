"""Where prices are going, as tables: trainings and the ledger of forecasts."""

from forecasting.models.forecast import Forecast
from forecasting.models.training import Training, TrainingStatus

__all__ = ["Forecast", "Training", "TrainingStatus"]
