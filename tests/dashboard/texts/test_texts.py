"""Numbers, ages, advice and trust, as each language writes them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from dashboard.texts import formats
from dashboard.texts.advice import Drop, Pack, advice_sentence, odds
from dashboard.texts.product_record import product_record_sentence
from dashboard.texts.trust import trust_sentence
from forecasting.evaluation.record_figures import HorizonFigures, if_enough
from forecasting.policy.advice import NO_ADVICE, Advice, AdviceCode
from forecasting.product_forecast import ForecastSkill

TODAY = date(2026, 11, 23)
PACK = Pack("EUR", price=40.0, litres=3.0)
DROP = Drop(0.21, date(2026, 12, 23))
WAIT = Advice(
    action="wait",
    code=AdviceCode.WAITING_PAYS,
    deadline=date(2026, 12, 7),
    limit_price=37.2,
    expected_saving=0.011,
    chance_of_regret=0.29,
    capture=0.16,
)
BUY = Advice("buy", AdviceCode.WAITING_DOES_NOT_PAY, date(2026, 12, 7))


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "€8.99/l"), ("es", "8,99\N{NO-BREAK SPACE}€/l"), ("en-gb", "€8.99/l")]
)
def test_a_price_per_litre(language, expected):
    with override(language):
        assert formats.per_litre(Decimal("8.985"), "EUR") == expected


def test_large_and_foreign_amounts():
    with override("en"):
        assert formats.money(1234.5, "GBP") == "£1,234.50"
        assert formats.money(3, "PLN") == "PLN3.00"
    with override("es"):
        assert formats.money(12345.678, "EUR") == "12.345,68\N{NO-BREAK SPACE}€"


def test_per_cent_has_a_true_minus_sign():
    with override("en"):
        assert formats.percent(-0.0514, places=1, signed=True) == "−5.1%"
        assert formats.percent(0.0, places=1, signed=True) == "0.0%"
    with override("es"):
        assert formats.percent(-0.0514, places=1, signed=True) == "−5,1\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("ago", "english", "spanish"),
    [
        (timedelta(seconds=20), "just now", "ahora mismo"),
        (timedelta(minutes=12), "12 min ago", "hace 12 min"),
        (timedelta(hours=5), "5 h ago", "hace 5 h"),
        (timedelta(days=1), "1 day ago", "hace 1 día"),
        (timedelta(days=9), "9 days ago", "hace 9 días"),
        (timedelta(days=60), "2 Jan 2026", "2 ene 2026"),
    ],
)
def test_ages(ago, english, spanish):
    now = datetime(2026, 3, 3, 12, tzinfo=UTC)
    for language, expected in (("en", english), ("es", spanish)):
        with override(language):
            assert formats.age(now - ago, now) == expected


def test_advice_to_wait_names_an_amount_a_chance_and_a_day():
    with override("en"):
        result = advice_sentence(WAIT, PACK, today=TODAY)
        assert result.sentence == (
            "Wait until 7 December, or until it costs €37.20 (€12.40/l): that saves about €0.44 (1.1%) on average. "
            "7 in 10 such waits cost no more than buying now."
        )
        assert (result.word, result.state) == ("wait", "Wait")
        assert result.basis == "In tests on the past, such advice saved 16% of the maximum possible."
        unknown = advice_sentence(WAIT, Pack("EUR"), today=TODAY).sentence
        assert unknown.startswith("Wait until 7 December, or until it costs €37.20: that saves about 1.1% on average.")
    with override("es"):
        assert advice_sentence(WAIT, PACK, today=TODAY).sentence.replace("\N{NO-BREAK SPACE}", " ") == (
            "Espere hasta el 7 de diciembre o a que cueste 37,20 € (12,40 €/l): así se ahorran de media unos "
            "0,44 € (1,1 %). 7 de cada 10 esperas así no salen más caras que comprar ya."
        )


def test_advice_to_buy_names_an_amount_a_chance_and_a_day():
    with override("en"):
        result = advice_sentence(BUY, PACK, today=TODAY, drop=DROP)
        assert result.sentence == (
            "Buy now: on 23 December it will probably cost €40.00 or more. Chance of a lower price: 2 in 10."
        )
        assert (result.word, result.state) == ("buy", "Buy now")
        plain = "Buy now: waiting until 7 December is not expected to save money."
        assert advice_sentence(BUY, PACK, today=TODAY).sentence == plain
        assert advice_sentence(BUY, PACK, today=TODAY, drop=replace(DROP, chance=0.6)).sentence == plain
    with override("es"):
        sentence = advice_sentence(BUY, PACK, today=TODAY, drop=DROP).sentence
        assert sentence.startswith("Compre ya: el 23 de diciembre costará probablemente 40,00")
        assert sentence.endswith("Probabilidad de un precio más bajo: 2 de cada 10.")


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.0, "under 1 in 10"), (0.04, "under 1 in 10"), (0.06, "1 in 10"), (0.5, "5 in 10"), (0.97, "over 9 in 10")],
)
def test_a_chance_as_people_say_it(chance, words):
    with override("en"):
        assert odds(chance) == words


def test_no_hurry_states_what_little_is_expected_and_what_would_be_worth_it():
    advice = replace(WAIT, action="no_hurry", code=AdviceCode.SMALL_SAVING, smallest_saving=0.026)
    with override("en"):
        result = advice_sentence(advice, PACK, today=TODAY)
        assert (result.word, result.state) == ("no_hurry", "No hurry")
        assert result.sentence == (
            "No hurry: waiting until 7 December saves about €0.44 (1.1%) on average, too little to wait for. "
            "7 in 10 such waits cost no more than buying now."
        )
        assert result.basis == (
            "Waiting is advised from an expected saving of €1.04 (2.6%) on. "
            "In tests on the past, such advice saved 16% of the maximum possible."
        )
        unknown = advice_sentence(replace(advice, expected_saving=None), PACK, today=TODAY)
        assert unknown.sentence == "No hurry: waiting is expected to save little."
    with override("es"):
        result = advice_sentence(advice, PACK, today=TODAY)
        assert result.state == "Sin prisa"
        assert result.sentence.startswith("Sin prisa: esperar hasta el 7 de diciembre ahorra de media unos 0,44")


@pytest.mark.parametrize(
    "advice", [NO_ADVICE, Advice("none", AdviceCode.NO_GAIN), replace(WAIT, deadline=date(2026, 11, 1))]
)
def test_no_advice_says_why(advice):
    sentence = advice_sentence(advice, PACK, today=TODAY)
    assert sentence.word == "none"
    assert len(sentence.sentence) > len("No advice: ")


@pytest.mark.parametrize("unknown", ["deadline", "limit_price", "expected_saving", "chance_of_regret"])
def test_unknown_parts_are_left_out(unknown):
    sentence = advice_sentence(replace(WAIT, **{unknown: None}), PACK, today=TODAY)  # type: ignore[arg-type]
    assert sentence.word == "wait"
    assert "None" not in sentence.sentence


def test_trust_speaks_of_the_measured_horizon():
    with override("en"):
        text = trust_sentence(ForecastSkill(30, 0.89, 0.79))
        assert "30-day" in text
        assert "11" in text
        assert "closer" in text
        assert "further off" in trust_sentence(ForecastSkill(7, 1.2))
        assert trust_sentence(ForecastSkill(7, 1.001)) == "The forecast was as close as guessing “no change”."
        assert trust_sentence(ForecastSkill(30)) == ""
        assert trust_sentence(ForecastSkill()) == ""


@pytest.mark.parametrize(
    ("rel_mae", "english", "spanish"),
    [
        (0.88, "12% less error than", "un 12\N{NO-BREAK SPACE}% menos de error que"),
        (
            1.12,
            "no better than guessing “no change”: 12% more error",
            "no mejores que suponer «sin cambios»: un 12\N{NO-BREAK SPACE}% más",
        ),
        (
            0.999,
            "no better than guessing “no change”: the same error",
            "no mejores que suponer «sin cambios»: el mismo error",
        ),
        (
            None,
            "no better than guessing “no change”: the price did not",
            "no mejores que suponer «sin cambios»: el precio no",
        ),
    ],
)
def test_a_products_record_speaks_of_the_longest_horizon_judged_often_enough(rel_mae, english, spanish):
    week = HorizonFigures(7, 90, 600, 0.5, 0.01, 0.01, 0.99, 0.99)
    fortnight = HorizonFigures(14, 20, 200, rel_mae, 0.01, 0.01, 0.81, 0.96)
    month = if_enough(HorizonFigures(30, 3, 90, 0.1, 0.01, 0.01, 0.5, 0.5))
    for language, text in (("en", english), ("es", spanish)):
        with override(language):
            result = product_record_sentence((week, fortnight, month))
            sign = formats.percent_sign()
        assert result.startswith(text)
        assert "14" in result
        assert "20" in result
        assert f"81{sign}" in result
        assert f"96{sign}" in result


def test_a_products_record_says_how_many_scores_are_missing():
    with override("en"):
        assert "3 forecasts were scored" in product_record_sentence(
            (HorizonFigures(7, 3, 20), HorizonFigures(14, 1, 14))
        )
        assert "1 forecast was scored" in product_record_sentence((HorizonFigures(7, 1, 7),))
        assert "no forecast was scored" in product_record_sentence((HorizonFigures(7),))
        assert "14 are needed" in product_record_sentence((HorizonFigures(7),))


def test_every_text_is_translated_and_compiled():
    catalogue = Path("dashboard/locale/es/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    entries = catalogue.split("\n\n")[1:]
    assert len(entries) > 100
    assert not [entry for entry in entries if 'msgstr ""' in entry or "fuzzy" in entry]
    compiled = Path("dashboard/locale/es/LC_MESSAGES/django.mo").read_bytes()
    assert all(
        entry.rsplit('msgstr "', 1)[1].rstrip('"\n').replace('\\"', '"').encode() in compiled
        for entry in entries
        if 'msgstr "' in entry
    )


def test_the_last_price_is_not_said_to_be_closer_than_itself():
    skill = ForecastSkill(days=30, rel_mae=0.9, coverage_80=0.82)
    with override("en"):
        text = trust_sentence(skill, method="last_price")
        assert text.endswith("(it aims for 80%). The forecast is that the price stays.")
        assert "closer" in trust_sentence(skill, method="price_change")
