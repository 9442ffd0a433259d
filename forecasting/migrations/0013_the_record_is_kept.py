"""The database keeps the published record: forecasts, scores and finished trainings are not deleted or rewritten.

The one exception is the removal of simulated data, by a transaction that says so (`oilwatch.removing_simulated`).
"""

import django.db.models.deletion
from django.db import migrations, models

OF_A_DEMO_FORECAST = """EXISTS (
        SELECT 1 FROM forecasting_forecast AS forecast JOIN scraping_product AS product ON product.id = forecast.product_id
        JOIN scraping_shop AS shop ON shop.id = product.shop_id
        WHERE forecast.id = OLD.forecast_id AND shop.adapter = 'demo')"""
TABLES = {
    "forecasting_forecast": """EXISTS (
        SELECT 1 FROM scraping_product AS product JOIN scraping_shop AS shop ON shop.id = product.shop_id
        WHERE product.id = OLD.product_id AND shop.adapter = 'demo')""",
    "forecasting_indexforecast": "OLD.simulated",
    "forecasting_forecastscore": OF_A_DEMO_FORECAST,
    "forecasting_advicescore": OF_A_DEMO_FORECAST,
    "forecasting_indexscore": """EXISTS (
        SELECT 1 FROM forecasting_indexforecast AS forecast WHERE forecast.id = OLD.forecast_id AND forecast.simulated)""",
    "forecasting_training": "",
}
# A training that was not finished has published nothing and may be deleted by anybody.
FREE = {"forecasting_training": "OLD.status <> 'done'"}


def protect(table: str) -> str:
    free = FREE.get(table, "current_setting('oilwatch.removing_simulated', true) = 'on' AND " + TABLES[table])
    return f"""
CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {free} THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the published record is never deleted (% %)', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER the_published_record_is_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{table}();
"""


def release(table: str) -> str:
    return f"DROP TRIGGER the_published_record_is_kept ON {table}; DROP FUNCTION keep_{table}();"


TRAINING = """
CREATE FUNCTION refuse_to_change_a_training() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a finished training published is never changed (training %)', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER a_finished_training_never_changes BEFORE UPDATE ON forecasting_training FOR EACH ROW
    WHEN (OLD.status = 'done' AND (
        NEW.status IS DISTINCT FROM OLD.status OR NEW.scores IS DISTINCT FROM OLD.scores
        OR NEW.chosen IS DISTINCT FROM OLD.chosen OR NEW.parameters IS DISTINCT FROM OLD.parameters
        OR NEW.refused IS DISTINCT FROM OLD.refused OR NEW.bar IS DISTINCT FROM OLD.bar OR NEW.versions IS DISTINCT FROM OLD.versions
        OR NEW.fingerprint IS DISTINCT FROM OLD.fingerprint OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.artefact IS DISTINCT FROM OLD.artefact))
    EXECUTE FUNCTION refuse_to_change_a_training();
"""
TRAINING_BACK = """
DROP TRIGGER a_finished_training_never_changes ON forecasting_training;
DROP FUNCTION refuse_to_change_a_training();
"""


class Migration(migrations.Migration):
    """PROTECT on the way down, triggers underneath."""

    dependencies = [("forecasting", "0012_standard_names"), ("scraping", "0003_standard_names")]
    operations = [
        migrations.AlterField(
            "forecast",
            "product",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="forecasts", to="scraping.product"
            ),
        ),
        migrations.AlterField(
            "forecast",
            "training",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="forecasts", to="forecasting.training"
            ),
        ),
        migrations.AlterField(
            "indexforecast",
            "training",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="index_forecasts", to="forecasting.training"
            ),
        ),
        *(migrations.RunSQL(protect(table), release(table)) for table in TABLES),
        migrations.RunSQL(TRAINING, TRAINING_BACK),
    ]
