"""What a training came to is said in the reader's language, whatever the services write."""

import pytest
from django.utils.translation import override

from forecasting.models import Training, TrainingStatus
from forecasting.services.training_dispatch import GIVEN_UP
from forecasting.training_texts import training_result, training_sentence


@pytest.mark.parametrize(
    ("stored", "spanish"),
    [
        ("60 forecasts, none skipped", "previsiones: 60, ninguna omitida"),
        ("1 forecasts, 3 skipped", "previsiones: 1, omitidas: 3"),
        ("imported: 5 forecasts, none skipped", "importado; previsiones: 5, ninguna omitida"),
        ("cancelled", "cancelado"),
        (GIVEN_UP, "fallido: 5 procesos lo empezaron y ninguno lo terminó"),
        ("rolled back by ana", "retirado por ana"),
        ("the first of its scope", "el primero de su ámbito"),
        (
            "worse, but training 7 is too old to be served on: cancelled",
            "peor, pero el entrenamiento 7 es demasiado antiguo para seguir en servicio: cancelado",
        ),
        (
            "training 7 stays champion: amazon.es: CRPS 1.204 of the last price's, the baseline is 0.980",
            "sigue en servicio el entrenamiento 7: amazon.es: CRPS 1.204 respecto al último precio; referencia: 0.980",
        ),
        (
            "demo: 30 of 60 prices lie outside their 95 % interval",
            "demo: 30 de 60 precios quedan fuera de su intervalo del 95 %",
        ),
        ("", ""),
    ],
)
def test_known_sentences(stored: str, spanish: str) -> None:
    with override("es"):
        sentence = training_sentence(stored)
    assert (sentence.text, sentence.is_foreign) == (spanish, False)


def test_a_librarys_message_stays_as_it_is() -> None:
    with override("es"):
        sentence = training_sentence("60 forecasts, none skipped; ValueError: bad")
    assert (sentence.text, sentence.is_foreign) == ("60 forecasts, none skipped; ValueError: bad", True)


def test_a_training_without_a_sentence_has_its_status() -> None:
    with override("es"):
        assert training_result(Training(status=TrainingStatus.FAILED)).text == "el entrenamiento ha fallado"
