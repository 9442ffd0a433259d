"""Black Friday by its rule, Prime events where they were."""

from datetime import date

from forecasting.market.promotion_days import (
    BLACK_FRIDAY,
    PRIME_DAY,
    PRIME_EVENTS,
    PromotionDay,
    black_friday,
    promotion_days,
)


def test_black_friday_follows_the_fourth_thursday() -> None:
    assert [black_friday(year) for year in range(2022, 2027)] == [
        date(2022, 11, 25),
        date(2023, 11, 24),
        date(2024, 11, 29),
        date(2025, 11, 28),
        date(2026, 11, 27),
    ]


def test_prime_events_are_amazon_s_alone() -> None:
    amazon, other = promotion_days("ES", amazon=True), promotion_days("ES", amazon=False)
    assert PromotionDay(PRIME_DAY, date(2025, 7, 11)) in amazon
    assert {promotion.name for promotion in other} == {BLACK_FRIDAY, "Cyber Monday"}
    assert PromotionDay(PRIME_DAY, date(2025, 7, 11)) not in promotion_days("PT", amazon=True)
    assert promotion_days("", amazon=True) == ()
    assert list(amazon) == sorted(amazon, key=lambda promotion: promotion.day)


def test_events_are_short_and_in_order() -> None:
    assert all(1 <= (last - first).days <= 3 for _, first, last in PRIME_EVENTS)
    assert list(PRIME_EVENTS) == sorted(PRIME_EVENTS, key=lambda event: event[1])
