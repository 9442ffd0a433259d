"""Methods are stored as codes of the forecasters' registry, no longer as English labels; rows are otherwise kept."""

import forecasting.models.published
import forecasting.policy.advice
import forecasting.product_forecast
from django.db import migrations, models

CODES = {
    "last price": "last_price",
    "event model towards Prophet's regular price": "steady_event",
    "Prophet's regular price where the event model is sure": "steady_prophet",
    "event model": "event",
    "event model and Prophet's regular price": "event_and_prophet",
    "exponential smoothing": "smoothing",
    "what the price at origin passes on": "origin_pass_through",
    "a quarter of the way to Prophet's regular price": "prophet_regular_25%",
    "half way to Prophet's regular price": "prophet_regular_50%",
    "Prophet's regular price": "prophet_regular_100%",
}
UPDATE = """
ALTER TABLE {table} DISABLE TRIGGER USER;
UPDATE {table} SET method = codes.code FROM unnest(%s::text[], %s::text[]) AS codes (label, code) WHERE method = codes.label;
ALTER TABLE {table} ENABLE TRIGGER USER;
"""
UPDATE_CHOSEN = """
ALTER TABLE forecasting_training DISABLE TRIGGER USER;
UPDATE forecasting_training SET chosen = renamed.chosen FROM (
    SELECT training.id, jsonb_object_agg(coalesce(codes.code, entry.key), entry.value) AS chosen
    FROM forecasting_training AS training, jsonb_each(training.chosen) AS entry (key, value)
    LEFT JOIN unnest(%s::text[], %s::text[]) AS codes (label, code) ON codes.label = entry.key
    WHERE jsonb_typeof(training.chosen) = 'object' GROUP BY training.id
) AS renamed WHERE renamed.id = forecasting_training.id;
ALTER TABLE forecasting_training ENABLE TRIGGER USER;
"""


def rename(schema_editor, old, new):
    statements = [UPDATE.format(table=table) for table in ("forecasting_forecast", "forecasting_indexforecast")]
    with schema_editor.connection.cursor() as cursor:
        for statement in [*statements, UPDATE_CHOSEN]:
            for part in filter(str.strip, statement.split(";\n")):
                cursor.execute(part, [old, new] if "%s" in part else None)


def to_codes(apps, schema_editor):
    rename(schema_editor, list(CODES), list(CODES.values()))


def to_labels(apps, schema_editor):
    rename(schema_editor, list(CODES.values()), list(CODES))


class Migration(migrations.Migration):

    dependencies = [("forecasting", "0014_cutoff_and_naive_error")]

    operations = [
        migrations.AlterField(
            model_name="forecast",
            name="advice",
            field=forecasting.models.published.AdviceField(blank=True, default=forecasting.policy.advice.Advice),
        ),
        migrations.AlterField(
            model_name="forecast",
            name="skill",
            field=forecasting.models.published.SkillField(
                blank=True,
                default=forecasting.product_forecast.ForecastSkill,
                help_text="measured against the last price, by horizon",
            ),
        ),
        migrations.AlterField(
            model_name="indexforecast",
            name="skill",
            field=forecasting.models.published.SkillField(
                blank=True,
                default=forecasting.product_forecast.ForecastSkill,
                help_text="measured against the last value, by horizon",
            ),
        ),
        migrations.AlterField(
            model_name="training",
            name="refused",
            field=models.JSONField(blank=True, default=dict, help_text="product id -> codes of why it has no forecast"),
        ),
        migrations.RunPython(to_codes, to_labels),
    ]
