"""Addresses of the alerts."""

from rest_framework.routers import SimpleRouter

from dashboard.api.alerts import AlertViewSet

router = SimpleRouter()
router.register("alerts", AlertViewSet)

urlpatterns = router.urls
