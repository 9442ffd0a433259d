"""What is not believed waits; a person, a second visit or a better reader decides."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer
from scraping.models import Capture, PriceSpell, Product, QuarantinedOffer, Snapshot, Visit, VisitStatus
from scraping.services.quarantine import NothingToAccept, accept, earlier_sightings, hold_offer, refuse
from scraping.services.reread import reread
from scraping.services.snapshots import forget_snapshots, forget_visits, keep_snapshot, page_of
from scraping.spells import Terms
from tests.factories import UserFactory, VisitFactory
from tests.scraping.services.test_visit_product import ASIN, make_visit, product

pytestmark = pytest.mark.django_db
__all__ = ["product"]


@pytest.fixture
def held(product: Product, demo_server: DemoShopServer) -> QuarantinedOffer:
    """A price nine tenths lower than the one before."""
    make_visit(product)
    product.refresh_from_db()
    demo_server.switchboard.switch(ASIN, Mode.PRICE_DROP_90)
    assert make_visit(product).status == VisitStatus.IMPLAUSIBLE
    return QuarantinedOffer.objects.get()


def test_accepted_it_is_recorded_when_it_was_seen(held: QuarantinedOffer) -> None:
    accept(held=held, by=UserFactory())
    spells = PriceSpell.objects.order_by("first_seen")
    assert spells.last().price == held.price
    held.visit.refresh_from_db()
    assert (held.decision, held.visit.status) == ("accepted", VisitStatus.OK)


def test_refused_it_is_not(held: QuarantinedOffer) -> None:
    before = list(PriceSpell.objects.values())
    refuse(held=held)
    assert list(PriceSpell.objects.values()) == before
    assert QuarantinedOffer.objects.get().decision == "refused"


def test_a_jump_seen_again_half_an_hour_later_is_believed(held: QuarantinedOffer, product: Product) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        assert make_visit(product).status == VisitStatus.OK
    assert set(QuarantinedOffer.objects.values_list("decision", flat=True)) == {"confirmed"}
    assert PriceSpell.objects.order_by("-first_seen")[0].observations == 2


def test_seen_again_at_once_it_is_not(held: QuarantinedOffer, product: Product) -> None:
    assert make_visit(product).status == VisitStatus.IMPLAUSIBLE
    assert set(QuarantinedOffer.objects.values_list("decision", flat=True)) == {"waiting"}


def test_a_jump_is_confirmed_by_the_same_price_only() -> None:
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    first = VisitFactory(status="implausible", started_at=at, finished_at=at)
    jump, another = Terms("in_stock", Decimal(5)), Terms("in_stock", Decimal(6))
    held = hold_offer(visit=first, why="a jump", terms=jump, confirmable=True)
    later = at + timedelta(minutes=30)
    assert earlier_sightings(product=first.product, terms=jump, at=later) == [held]
    assert earlier_sightings(product=first.product, terms=another, at=later) == []
    assert earlier_sightings(product=first.product, terms=jump, at=later - timedelta(seconds=1)) == []


def test_nobody_confirms_a_jump_by_their_own_pages() -> None:
    seen, read = datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 15, tzinfo=UTC)
    anna, ben = UserFactory(), UserFactory()
    first = VisitFactory(status="implausible", source="capture", due_at=seen, started_at=read, finished_at=read)
    Capture.objects.create(visit=first, user=anna, content_hash="a")
    jump = Terms("in_stock", Decimal(5))
    held = hold_offer(visit=first, why="a jump", terms=jump, confirmable=True)
    later = seen + timedelta(minutes=30)  # it counts when the page was seen, not when a worker read it
    assert earlier_sightings(product=first.product, terms=jump, at=later, sent_by=anna.pk) == []
    assert earlier_sightings(product=first.product, terms=jump, at=later, sent_by=ben.pk) == [held]
    assert earlier_sightings(product=first.product, terms=jump, at=later) == [held]


def test_another_product_begins_a_new_series_when_accepted(product: Product, demo_server: DemoShopServer) -> None:
    make_visit(product)
    product.refresh_from_db()
    title = product.title
    demo_server.switchboard.switch(ASIN, Mode.OTHER_PRODUCT)
    assert make_visit(product).status == VisitStatus.WRONG_PRODUCT
    held = QuarantinedOffer.objects.get()
    assert held.new_identity
    accept(held=held)
    product.refresh_from_db()
    assert product.title != title
    assert product.series_since == held.visit.started_at
    assert product.identity["title"] == product.title
    assert make_visit(product).status in {VisitStatus.OK, VisitStatus.IMPLAUSIBLE}


def test_nothing_readable_cannot_be_accepted() -> None:
    visit = VisitFactory(status="implausible", finished_at=timezone.now(), started_at=timezone.now())
    with pytest.raises(NothingToAccept, match="reread"):
        accept(held=QuarantinedOffer.objects.create(visit=visit, why="the two readers disagree"))


def test_evidence_is_kept_where_it_adds_something(product: Product, demo_server: DemoShopServer) -> None:
    first = make_visit(product)
    assert first.snapshot is not None
    assert b"productTitle" in page_of(first.snapshot)
    product.refresh_from_db()
    assert make_visit(product).snapshot is None  # the same price again
    demo_server.switchboard.switch(ASIN, Mode.CAPTCHA)
    assert make_visit(product).snapshot is not None
    assert make_visit(product).snapshot is not None
    assert Snapshot.objects.count() == 2  # the same captcha is kept once


def test_a_better_reader_fills_the_gap(product: Product, demo_server: DemoShopServer, monkeypatch: Any) -> None:
    from scraping.services import read_and_judge

    today = read_and_judge.read_page
    demo_server.switchboard.switch(ASIN, Mode.CHANGED_LAYOUT)
    missed = make_visit(product)
    assert missed.status == VisitStatus.UNREADABLE
    assert not PriceSpell.objects.exists()
    demo_server.switchboard.switch(ASIN, Mode.OK)
    page = page_of(make_visit(product).snapshot)  # type: ignore[arg-type]
    PriceSpell.objects.all().delete()
    monkeypatch.setattr(read_and_judge, "read_page", lambda _body, marketplace: today(page, marketplace=marketplace))
    call_command("reread")
    spell = PriceSpell.objects.get()
    missed.refresh_from_db()
    assert missed.status == VisitStatus.OK
    assert spell.first_seen == missed.started_at.replace(microsecond=0)
    assert reread(visit_id=missed.pk) == VisitStatus.OK
    assert PriceSpell.objects.get() == spell


def test_old_evidence_is_forgotten_unless_a_decision_rests_on_it(held: QuarantinedOffer) -> None:
    later = timezone.now() + timedelta(days=61)
    assert forget_snapshots(now=timezone.now()) == 0
    assert forget_snapshots(now=later) == 1
    assert Visit.objects.get(pk=held.visit_id).snapshot is not None
    refuse(held=held)
    assert forget_snapshots(now=later) == 1


def test_a_page_seen_again_is_kept_as_long_as_if_it_were_new() -> None:
    begin = datetime(2026, 6, 1, 12, tzinfo=UTC)
    for day in (0, 50):
        with time_machine.travel(begin + timedelta(days=day), tick=False):
            keep_snapshot(page=b"a captcha")
    assert forget_snapshots(now=begin + timedelta(days=61)) == 0
    assert forget_snapshots(now=begin + timedelta(days=50 + 61)) == 1


def test_old_visits_are_forgotten_and_the_spells_stay(held: QuarantinedOffer) -> None:
    later = timezone.now() + timedelta(days=181)
    spells = PriceSpell.objects.count()
    assert forget_visits(now=timezone.now()) == 0
    assert forget_visits(now=later) == 1  # the held one waits for its decision
    assert (Visit.objects.count(), PriceSpell.objects.count()) == (1, spells)


def test_one_click_in_the_admin(held: QuarantinedOffer) -> None:
    operator = Client()
    operator.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:scraping_quarantinedoffer_changelist")
    assert held.why[:20] in operator.get(page).content.decode()
    operator.post(page, {"action": "accept_selected", "_selected_action": [held.pk]})
    assert QuarantinedOffer.objects.get().decision == "accepted"
    assert PriceSpell.objects.filter(price=held.price).exists()
    assert held.price is not None
    assert held.price < Decimal(50)
