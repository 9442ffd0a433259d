"""Addresses of the pages; each also stands below a language (oilwatch/language_urls.py)."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path, re_path

import dashboard.dash_apps.compare
import dashboard.dash_apps.index
import dashboard.dash_apps.price
from dashboard.views.accuracy import accuracy
from dashboard.views.add import add
from dashboard.views.alerts import add_alert, alerts, drop_alert, edit_alert, stop_by_link, turn_alert
from dashboard.views.capture import capture, capture_send, revoke_capture_token
from dashboard.views.channels import drop_channel, new_channel, save_preferences, test_channel
from dashboard.views.compare import compare
from dashboard.views.confirm_address import ask_address_again, confirm_by_link
from dashboard.views.embed import product_embed
from dashboard.views.end_tour import end_tour
from dashboard.views.feeds import deals_feed, product_feed
from dashboard.views.first_product import first_product
from dashboard.views.held_offer_decisions import (
    accept_offer,
    refuse_offer,
    reread_offer,
    settle_offer,
    undo_decision,
    undo_rule,
    unknown_place,
)
from dashboard.views.held_offers import held_offer, held_offers, price_rules, stored_page
from dashboard.views.manifest import manifest
from dashboard.views.market import market
from dashboard.views.operations import operations
from dashboard.views.operator_orders import (
    cancel_scrape,
    cancel_training,
    retrain_now,
    scrape_now,
    train_again,
    visit_again,
)
from dashboard.views.preview_lists import paste_list, preview_list, search_shop, watch_list
from dashboard.views.product import product
from dashboard.views.profile import ChangePassword, drop_api_token, new_api_token, profile, save_display
from dashboard.views.scope_alerts import new_scope_alert
from dashboard.views.share import market_share, product_share

CHARTS = (  # imported here, so that the charts are known before a frame asks for one
    dashboard.dash_apps.compare.app,
    dashboard.dash_apps.index.app,
    dashboard.dash_apps.price.app,
)

urlpatterns = [
    path("", market, name="market"),
    path("products/<int:pk>/", product, name="product"),
    path("products/<int:pk>/share.png", product_share, name="product_share"),
    path("products/<int:pk>/embed/", product_embed, name="product_embed"),
    path("products/<int:pk>/alerts/", add_alert, name="add_alert"),
    re_path(r"^products/(?P<pk>[0-9]{1,18})/feed\.(?P<form>atom|rss)$", product_feed, name="product_feed"),
    re_path(r"^deals\.(?P<form>atom|rss)$", deals_feed, name="deals_feed"),
    path("share.png", market_share, name="market_share"),
    path("site.webmanifest", manifest, name="manifest"),
    path("accuracy/", accuracy, name="accuracy"),
    path("compare/", compare, name="compare"),
    path("add/", add, name="add"),
    path("add/list/", paste_list, name="paste_list"),
    path("add/search/", search_shop, name="search_shop"),
    path("add/lists/<int:pk>/", preview_list, name="preview_list"),
    path("add/lists/<int:pk>/watch/", watch_list, name="watch_list"),
    path("capture/", capture, name="capture"),
    path("capture/send/", capture_send, name="capture_send"),
    path("capture/keys/<int:pk>/revoke/", revoke_capture_token, name="revoke_capture_token"),
    path("alerts/", alerts, name="alerts"),
    path("alerts/new/", new_scope_alert, name="new_scope_alert"),
    path("alerts/<int:pk>/", edit_alert, name="edit_alert"),
    path("alerts/<int:pk>/remove/", drop_alert, name="drop_alert"),
    path("alerts/<int:pk>/turn/", turn_alert, name="turn_alert"),
    path("alerts/channels/", new_channel, name="new_channel"),
    path("alerts/channels/<int:pk>/test/", test_channel, name="test_channel"),
    path("alerts/channels/<int:pk>/remove/", drop_channel, name="drop_channel"),
    path("alerts/addresses/<int:pk>/ask/", ask_address_again, name="ask_address_again"),
    path("alerts/confirm/<str:token>/", confirm_by_link, name="confirm_address"),
    path("alerts/preferences/", save_preferences, name="save_preferences"),
    path("alerts/stop/<str:token>/", stop_by_link, name="stop_alerts"),
    path("operations/", operations, name="operations"),
    path("operations/first-product/", first_product, name="first_product"),
    path("operations/scrape/", scrape_now, name="scrape_now"),
    path("operations/retrain/", retrain_now, name="retrain_now"),
    path("operations/runs/<int:pk>/cancel/", cancel_scrape, name="cancel_scrape"),
    path("operations/scrape/again/", visit_again, name="visit_again"),
    path("operations/trainings/<int:pk>/again/", train_again, name="train_again"),
    path("operations/trainings/<int:pk>/cancel/", cancel_training, name="cancel_training"),
    path("operations/held/", held_offers, name="held_offers"),
    path("operations/held/<int:pk>/", held_offer, name="held_offer"),
    path("operations/held/<int:pk>/page/", stored_page, name="stored_page"),
    path("operations/held/<int:pk>/settle/", settle_offer, name="settle_offer"),
    path("operations/held/<int:pk>/accept/", accept_offer, name="accept_offer"),
    path("operations/held/<int:pk>/refuse/", refuse_offer, name="refuse_offer"),
    path("operations/held/<int:pk>/reread/", reread_offer, name="reread_offer"),
    path("operations/held/<int:pk>/undo/", undo_decision, name="undo_decision"),
    path("operations/rules/", price_rules, name="price_rules"),
    path("operations/rules/<int:pk>/undo/", undo_rule, name="undo_rule"),
    path("operations/shops/<int:pk>/unknown-place/", unknown_place, name="unknown_place"),
    path("tour/end/", end_tour, name="end_tour"),
    path("profile/", profile, name="profile"),
    path("profile/display/", save_display, name="save_display"),
    path("profile/password/", ChangePassword.as_view(), name="change_password"),
    path("profile/key/", new_api_token, name="new_api_token"),
    path("profile/key/revoke/", drop_api_token, name="drop_api_token"),
    path("login/", LoginView.as_view(template_name="login.html", next_page="market"), name="login"),
    path("logout/", LogoutView.as_view(next_page="market"), name="logout"),
]
