"""Addresses of the alerts."""

from rest_framework.routers import SimpleRouter

from dashboard.api.addresses import AddressViewSet
from dashboard.api.alerts import AlertViewSet
from dashboard.api.channels import ChannelViewSet

router = SimpleRouter()
router.register("addresses", AddressViewSet)
router.register("alerts", AlertViewSet)
router.register("channels", ChannelViewSet)

urlpatterns = router.urls
