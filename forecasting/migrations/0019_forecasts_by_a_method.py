"""Forecasts by a named method, kept like the published ones: the database refuses to change, delete or empty them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


# The functions are those of the published forecasts and scores (0002, 0013, 0018); only who is simulated is new.
KEEP = """
CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('oilwatch.removing_simulated', true) = 'on' AND {simulated} THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the published record is never deleted (% %)', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER the_published_record_is_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{table}();
CREATE TRIGGER the_published_record_is_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_to_empty_the_record();
CREATE TRIGGER {stays} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {refuse}();
"""
RELEASE = """
DROP TRIGGER {stays} ON {table};
DROP TRIGGER the_published_record_is_not_emptied ON {table};
DROP TRIGGER the_published_record_is_kept ON {table};
DROP FUNCTION keep_{table}();
"""
FORECASTS = {
    "table": "forecasting_methodforecast",
    "stays": "a_published_method_forecast_never_changes",
    "refuse": "refuse_to_change_a_forecast",
    "simulated": """EXISTS (
        SELECT 1 FROM scraping_product AS product JOIN scraping_shop AS shop ON shop.id = product.shop_id
        WHERE product.id = OLD.product_id AND shop.adapter = 'demo')""",
}
SCORES = {
    "table": "forecasting_methodscore",
    "stays": "a_score_stays",
    "refuse": "refuse_to_change_a_score",
    "simulated": """EXISTS (
        SELECT 1 FROM forecasting_methodforecast AS forecast JOIN scraping_product AS product ON product.id = forecast.product_id
        JOIN scraping_shop AS shop ON shop.id = product.shop_id
        WHERE forecast.id = OLD.forecast_id AND shop.adapter = 'demo')""",
}


class Migration(migrations.Migration):

    dependencies = [
        ('forecasting', '0018_a_record_without_hindsight'),
        ('scraping', '0008_captures'),
    ]

    operations = [
        migrations.CreateModel(
            name='MethodForecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(max_length=64)),
                ('cutoff', models.DateField(help_text='the last day whose price was known')),
                ('last_price', models.FloatField()),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ('quantiles', django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None), size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-cutoff', '-id'],
            },
        ),
        migrations.CreateModel(
            name='MethodScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(help_text='the horizon: days 1 to this one are scored together')),
                ('due_on', models.DateField(help_text='the last of those days')),
                ('days_seen', models.PositiveSmallIntegerField(help_text='days with an observed price')),
                ('error', models.FloatField(blank=True, null=True)),
                ('naive_error', models.FloatField(blank=True, null=True)),
                ('crps', models.FloatField(blank=True, help_text='twice the mean pinball loss', null=True)),
                ('inside_80', models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 80% interval')),
                ('inside_95', models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 95% interval')),
                ('last_step', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('outcome', models.FloatField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-due_on', '-id'],
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='trainingpart',
            name='a_parts_kind_is_known',
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='kind',
            field=models.CharField(choices=[('cross_validate', 'cross-validate past cutoffs'), ('propose', "make today's candidate forecasts"), ('forecast', 'forecast a shop'), ('prophet', 'fit Prophet'), ('indices', "forecast the grades' indices"), ('publish', 'compare with the champion and publish')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='trainingpart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cross_validate', 'propose', 'forecast', 'prophet', 'indices', 'publish'])), name='a_parts_kind_is_known'),
        ),
        migrations.AddField(
            model_name='methodforecast',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='method_forecasts', to='scraping.product'),
        ),
        migrations.AddField(
            model_name='methodforecast',
            name='training',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='method_forecasts', to='forecasting.training'),
        ),
        migrations.AddField(
            model_name='methodscore',
            name='forecast',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='forecasting.methodforecast'),
        ),
        migrations.AddConstraint(
            model_name='methodforecast',
            constraint=models.UniqueConstraint(fields=('product', 'cutoff', 'training', 'method'), name='a_training_forecasts_a_product_once_a_day_by_a_method'),
        ),
        migrations.AddConstraint(
            model_name='methodforecast',
            constraint=models.CheckConstraint(condition=models.Q(('last_price__gt', 0)), name='a_method_forecast_starts_from_a_price'),
        ),
        migrations.AddConstraint(
            model_name='methodforecast',
            constraint=models.CheckConstraint(condition=models.Q(('method', ''), _negated=True), name='a_method_forecast_names_its_method'),
        ),
        migrations.AddIndex(
            model_name='methodscore',
            index=models.Index(fields=['due_on'], name='method_score_by_due_day'),
        ),
        migrations.AddConstraint(
            model_name='methodscore',
            constraint=models.UniqueConstraint(fields=('forecast', 'days'), name='a_method_forecast_is_scored_once_a_horizon'),
        ),
        migrations.AddConstraint(
            model_name='methodscore',
            constraint=models.CheckConstraint(condition=models.Q(('days__in', (7, 14, 30))), name='a_scored_method_horizon_is_known'),
        ),
        migrations.AddConstraint(
            model_name='methodscore',
            constraint=models.CheckConstraint(condition=models.Q(('days_seen__lte', models.F('days'))), name='no_more_method_days_seen_than_passed'),
        ),
        migrations.AddConstraint(
            model_name='methodscore',
            constraint=models.CheckConstraint(condition=models.Q(('inside_80__lte', models.F('inside_95')), ('inside_95__lte', models.F('days_seen'))), name='the_80_interval_of_a_method_lies_within_the_95'),
        ),
        migrations.AddConstraint(
            model_name='methodscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('crps__isnull', True), ('days_seen', 0), ('error__isnull', True), ('last_step__isnull', True), ('naive_error__isnull', True), ('outcome__isnull', True)), models.Q(('crps__gte', 0), ('crps__isnull', False), ('days_seen__gt', 0), ('error__gte', 0), ('error__isnull', False), ('last_step__gte', 1), ('last_step__isnull', False), ('naive_error__gte', 0), ('naive_error__isnull', False), ('outcome__gt', 0), ('outcome__isnull', False)), _connector='OR'), name='a_method_score_rests_on_seen_days'),
        ),
        *(migrations.RunSQL(KEEP.format(**names), RELEASE.format(**names)) for names in (FORECASTS, SCORES)),
    ]
