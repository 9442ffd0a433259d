"""Where prices are going, as tables: trainings, the ledger of forecasts, and what became of them."""

from forecasting.models.advice_score import AdviceScore
from forecasting.models.forecast import Forecast
from forecasting.models.horizon_score import HORIZONS, LATE_PRICES, ForecastScore, IndexScore
from forecasting.models.index_forecast import IndexForecast
from forecasting.models.market_series import MarketRole, MarketSeries
from forecasting.models.method_forecast import MethodForecast, MethodScore
from forecasting.models.promotion_period import PromotionPeriod
from forecasting.models.tax_change import TaxChange
from forecasting.models.training import PUBLISHED, Standing, Training, TrainingSource, TrainingStatus
from forecasting.models.training_part import PartKind, TrainingPart

__all__ = [
    "HORIZONS",
    "LATE_PRICES",
    "PUBLISHED",
    "AdviceScore",
    "Forecast",
    "ForecastScore",
    "IndexForecast",
    "IndexScore",
    "MarketRole",
    "MarketSeries",
    "MethodForecast",
    "MethodScore",
    "PartKind",
    "PromotionPeriod",
    "Standing",
    "TaxChange",
    "Training",
    "TrainingPart",
    "TrainingSource",
    "TrainingStatus",
]
