"""Addresses of the forecasting endpoints."""

from django.urls import path

from forecasting.api.forecasters import ForecastersView
from forecasting.api.index import IndexView
from forecasting.api.predict import PredictView
from forecasting.api.retrain import RetrainView, TrainingView

urlpatterns = [
    path("forecasters/", ForecastersView.as_view(), name="forecasters"),
    path("index/", IndexView.as_view(), name="index"),
    path("predict/", PredictView.as_view(), name="predict"),
    path("retrain/", RetrainView.as_view(), name="retrain"),
    path("retrain/<int:pk>/", TrainingView.as_view(), name="training"),
]
