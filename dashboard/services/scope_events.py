"""Work out which rules over many products were met: only products with news, and of those only rules that watch them.

    a rule nobody has looked at yet: every product of its scope once, the cheapest told in the first message
    after that: products whose offer, grade or volume is not what was taken in (TakenIn), whoever they are new to

A rule is armed for each product by itself: it is told of a product again once that was above the threshold in
between. One worker at a time, and each batch is one transaction: a state, its event and its deliveries change
together or not at all, and what another worker finds done is no news to it.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dashboard.models import Alert, AlertMatch, TakenIn
from dashboard.notifications.rules import AlertState, advance
from dashboard.selectors.alert_news import spells_since
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.scopes import is_in_scope, met_now, products_with_news
from dashboard.services.deliveries import queue_deliveries
from dashboard.services.triggered import Triggered, as_compared, offer_as_compared, rule_of, write_events
from scraping.models import Product

BATCH = 2000
MOST_AT_FIRST = 20  # products told of when a rule is set: one message
ONE_AT_A_TIME = 0x6F696C77  # the key of the advisory lock, "oilw"


def find_scope_events() -> int:
    """Take in what is new; write each event and its deliveries once. Return how many triggered."""
    if not _rules().exists():
        return 0
    count = 0
    for rule_id in list(_rules().filter(seen_until__isnull=True).values_list("pk", flat=True)):
        with transaction.atomic():
            count += _look_first(rule_id) if _is_only_worker() else 0
    while True:
        with transaction.atomic():
            if not _is_only_worker():
                return count
            products = list(products_with_news(timezone.now())[:BATCH])
            if not products:
                return count
            count += _take_in(products)


def _rules() -> QuerySet[Alert]:
    return Alert.objects.filter(product__isnull=True, active=True)


def _is_only_worker() -> bool:
    """Whether no other worker is at it; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])


def _look_first(rule_id: int) -> int:
    """Find what a new rule (or one that begins anew) is met by now; tell of the cheapest, take in the others."""
    now = timezone.now()
    rule = _locked(_rules().filter(pk=rule_id, seen_until__isnull=True)).first()
    if rule is None:
        return 0
    AlertMatch.objects.filter(alert=rule).delete()
    triggered: list[Triggered] = []
    matches = []
    for met in met_now(rule, now=now):
        spell = met.product.latest_spell
        assert spell is not None  # noqa: S101 - it has a price
        _, event = advance(rule_of(rule), AlertState(), [offer_as_compared(rule, spell)])
        matches.append(AlertMatch(alert=rule, product=met.product, seen_until=spell.last_seen))
        if event is not None and len(triggered) < MOST_AT_FIRST:
            triggered.append((rule, met.product, event))
    AlertMatch.objects.bulk_create(matches, batch_size=BATCH)
    rule.seen_until = now
    return _tell(triggered, [rule])


def _take_in(products: Sequence[Product]) -> int:
    pairs = _pairs(products)
    known = AlertMatch.objects.filter(
        alert__in={rule.pk for rule, _ in pairs}, product__in={product.pk for _, product in pairs}
    )
    matches = {(match.alert_id, match.product_id): match for match in known}
    since = min((match.seen_until for match in matches.values()), default=None)
    history = spells_since({product.pk for _, product in pairs}, since=since) if pairs else {}
    triggered: list[Triggered] = []
    changed = []
    for rule, product in pairs:
        match = matches.get((rule.pk, product.pk))
        state = AlertState(armed=match.armed, seen_until=match.seen_until) if match else AlertState()
        seen = as_compared(rule, history.get(product.pk, []))
        state, event = advance(rule_of(rule), state, seen if match else seen[-1:])
        if event is not None:
            triggered.append((rule, product, event))
        if (match or event) and state.seen_until is not None:
            changed.append(AlertMatch(alert=rule, product=product, armed=state.armed, seen_until=state.seen_until))
    doubtful = doubtful_volumes() if any(rule.by_litre for rule, _, _ in triggered) else frozenset()
    triggered = [each for each in triggered if not (each[0].by_litre and each[1].pk in doubtful)]
    changed = [match for match in changed if not (match.alert.by_litre and match.product_id in doubtful)]
    AlertMatch.objects.bulk_create(
        changed,
        BATCH,
        update_conflicts=True,
        unique_fields=["alert", "product"],
        update_fields=["armed", "seen_until"],
    )
    TakenIn.objects.bulk_create(
        [_taken_in(product) for product in products],
        BATCH,
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=["spell", "grade", "litres"],
    )
    return _tell(triggered, list({rule.pk: rule for rule, _, _ in triggered}.values()))


def _pairs(products: Sequence[Product]) -> list[tuple[Alert, Product]]:
    """Each product with the rules that watch it; rules are found by their scope (an index), and locked."""
    currencies = {product.shop.currency for product in products}
    grades = {product.grade for product in products}
    wanted = _rules().filter(Q(grade__isnull=True) | Q(grade__in=grades), currency__in=currencies)
    rules = list(_locked(wanted.filter(seen_until__isnull=False)))
    by_scope: dict[tuple[str | None, bool | None, str | None], list[Alert]] = defaultdict(list)
    for rule in rules:
        by_scope[rule.currency, rule.simulated, rule.grade].append(rule)
    return [
        (rule, product)
        for product in products
        for grade in (product.grade, None)
        for rule in by_scope.get((product.shop.currency, product.shop.simulated, grade), ())
        if is_in_scope(rule, product)
    ]


def _locked(rules: QuerySet[Alert]) -> QuerySet[Alert]:
    """Wait for whoever is changing one of them: what it misses would be missed for ever."""
    return rules.select_for_update(of=("self",)).select_related("user", "shop").order_by("pk")


def _taken_in(product: Product) -> TakenIn:
    return TakenIn(product=product, spell=product.latest_spell_id, grade=product.grade, litres=product.litres or 0)


def _tell(triggered: list[Triggered], rules: list[Alert]) -> int:
    new_events = write_events(triggered)
    Alert.objects.bulk_update(rules, ["seen_until", "active"])
    queue_deliveries(new_events)
    return len(new_events)
