"""The ledger keeps what was said: PostgreSQL itself refuses to change a published forecast."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_to_change_a_forecast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published forecast is never changed (forecast %)', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER a_published_forecast_never_changes BEFORE UPDATE ON forecasting_forecast
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_forecast();
"""
ALLOW = """
DROP TRIGGER a_published_forecast_never_changes ON forecasting_forecast;
DROP FUNCTION refuse_to_change_a_forecast();
"""


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("forecasting", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
