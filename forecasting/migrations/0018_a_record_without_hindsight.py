"""Forecasts count from when they were first served; scores are kept, and nothing can be emptied or moved away.

The database writes `served_from` by its own clock. Scores that the earlier rule let count are removed here, once; the
next night scores those forecasts by the new rule.
"""

from django.db import migrations, models

# When an operator served what had been held back was not written down: such a training counts from today on.
EARLIER = """
UPDATE forecasting_training
SET served_from = CASE WHEN standing_reason LIKE 'served by %' THEN now() ELSE coalesce(finished_at, now()) END
WHERE standing IN ('served', 'rolled_back');
"""

SERVED_FROM = """
CREATE FUNCTION write_down_when_it_was_served() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.served_from IS NOT NULL THEN
        NEW.served_from := OLD.served_from;
    ELSIF NEW.standing = 'served' THEN
        NEW.served_from := clock_timestamp();
    ELSE
        NEW.served_from := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_training_counts_from_when_it_was_first_served BEFORE INSERT OR UPDATE ON forecasting_training
    FOR EACH ROW EXECUTE FUNCTION write_down_when_it_was_served();
"""
SERVED_FROM_BACK = """
DROP TRIGGER a_training_counts_from_when_it_was_first_served ON forecasting_training;
DROP FUNCTION write_down_when_it_was_served();
"""

LATE_OR_CLAIMED = """
SELECT forecast.id FROM forecasting_forecast AS forecast
JOIN forecasting_training AS training ON training.id = forecast.training_id
JOIN scraping_product AS product ON product.id = forecast.product_id
JOIN scraping_shop AS shop ON shop.id = product.shop_id
WHERE training.source = 'import' OR cardinality(forecast.point) < 28
   OR (greatest(forecast.created_at, training.served_from) AT TIME ZONE shop.timezone)::date > forecast.cutoff
"""
LATE_INDEX = """
SELECT forecast.id FROM forecasting_indexforecast AS forecast
JOIN forecasting_training AS training ON training.id = forecast.training_id
WHERE (greatest(forecast.created_at, training.served_from) AT TIME ZONE 'UTC')::date > forecast.cutoff
"""
SCORES = {
    "forecasting_forecastscore": LATE_OR_CLAIMED,
    "forecasting_advicescore": LATE_OR_CLAIMED,
    "forecasting_indexscore": LATE_INDEX,
}


def removed(table: str) -> str:
    """The SQL that removes what the earlier rule scored and the new one would not."""
    return f"""
ALTER TABLE {table} DISABLE TRIGGER the_published_record_is_kept;
DELETE FROM {table} WHERE forecast_id IN ({SCORES[table]});
ALTER TABLE {table} ENABLE TRIGGER the_published_record_is_kept;
"""


SCORES_STAY = """
CREATE FUNCTION refuse_to_change_a_score() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.due_on >= current_date - 14 AND (NEW.id, NEW.forecast_id, NEW.days, NEW.due_on)
            IS NOT DISTINCT FROM (OLD.id, OLD.forecast_id, OLD.days, OLD.due_on) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a score is not changed two weeks after its last day (% %)', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
"""

EMPTY = """
CREATE FUNCTION refuse_to_empty_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('oilwatch.test_database', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the published record is never deleted (TRUNCATE %)', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
RECORD = ("forecasting_forecast", "forecasting_indexforecast", "forecasting_training", *SCORES)

# What is simulated can be removed: so nothing real may become simulated.
STAY = """
CREATE FUNCTION keep_a_product_with_its_shop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM forecasting_forecast WHERE product_id = OLD.id) THEN
        RAISE EXCEPTION 'a product with published forecasts stays with its shop (product %)', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_product_with_forecasts_stays_with_its_shop BEFORE UPDATE OF shop_id ON scraping_product FOR EACH ROW
    WHEN (NEW.shop_id IS DISTINCT FROM OLD.shop_id) EXECUTE FUNCTION keep_a_product_with_its_shop();

CREATE FUNCTION keep_a_shop_real_or_simulated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM forecasting_forecast AS forecast
        JOIN scraping_product AS product ON product.id = forecast.product_id WHERE product.shop_id = OLD.id
    ) THEN
        RAISE EXCEPTION 'a shop with published forecasts stays real or simulated (shop %)', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_shop_with_forecasts_stays_real_or_simulated BEFORE UPDATE OF adapter ON scraping_shop FOR EACH ROW
    WHEN ((NEW.adapter = 'demo') IS DISTINCT FROM (OLD.adapter = 'demo'))
    EXECUTE FUNCTION keep_a_shop_real_or_simulated();
"""
STAY_BACK = """
DROP TRIGGER a_product_with_forecasts_stays_with_its_shop ON scraping_product;
DROP FUNCTION keep_a_product_with_its_shop();
DROP TRIGGER a_shop_with_forecasts_stays_real_or_simulated ON scraping_shop;
DROP FUNCTION keep_a_shop_real_or_simulated();
"""


def on(tables: tuple[str, ...], trigger: str, event: str, function: str) -> tuple[str, str]:
    """The SQL that adds a trigger to each table, and the SQL that takes it away."""
    add = "".join(f"CREATE TRIGGER {trigger} BEFORE {event} EXECUTE FUNCTION {function}();\n".format(t) for t in tables)
    return add, "".join(f"DROP TRIGGER {trigger} ON {table};\n" for table in tables) + f"DROP FUNCTION {function}();"


UPDATES = on(tuple(SCORES), "a_score_stays", "UPDATE ON {} FOR EACH ROW", "refuse_to_change_a_score")
EMPTYING = on(RECORD, "the_published_record_is_not_emptied", "TRUNCATE ON {}", "refuse_to_empty_the_record")


class Migration(migrations.Migration):
    dependencies = [("forecasting", "0017_plain_labels"), ("scraping", "0003_standard_names")]

    operations = [
        migrations.AddField(
            "training",
            "served_from",
            models.DateTimeField(
                null=True,
                blank=True,
                editable=False,
                help_text="when it was first served, by the database's clock: its forecasts count from then on",
            ),
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        *(migrations.RunSQL(removed(table), migrations.RunSQL.noop) for table in SCORES),
        migrations.RunSQL(SERVED_FROM, SERVED_FROM_BACK),
        migrations.RunSQL(SCORES_STAY + UPDATES[0], UPDATES[1]),
        migrations.RunSQL(EMPTY + EMPTYING[0], EMPTYING[1]),
        migrations.RunSQL(STAY, STAY_BACK),
    ]
