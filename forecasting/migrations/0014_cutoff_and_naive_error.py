"""The names of the glossary for columns of the published record; rows stay."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forecasting', '0013_the_record_is_kept'),
        ('scraping', '0003_standard_names'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='forecast',
            options={'ordering': ['-cutoff', '-id']},
        ),
        migrations.AlterModelOptions(
            name='indexforecast',
            options={'ordering': ['-cutoff', '-id']},
        ),
        migrations.RemoveConstraint(
            model_name='forecast',
            name='a_training_forecasts_a_product_once_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='forecastscore',
            name='a_score_rests_on_seen_days',
        ),
        migrations.RemoveConstraint(
            model_name='indexforecast',
            name='a_training_forecasts_an_index_once_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='indexscore',
            name='an_index_score_rests_on_seen_days',
        ),
        migrations.RenameField(
            model_name='forecast',
            old_name='origin',
            new_name='cutoff',
        ),
        migrations.RenameField(
            model_name='forecastscore',
            old_name='standing_error',
            new_name='naive_error',
        ),
        migrations.RenameField(
            model_name='indexforecast',
            old_name='origin',
            new_name='cutoff',
        ),
        migrations.RenameField(
            model_name='indexscore',
            old_name='standing_error',
            new_name='naive_error',
        ),
        migrations.RenameField(
            model_name='training',
            old_name='bar',
            new_name='baseline',
        ),
        migrations.RemoveConstraint(model_name='trainingpart', name='a_parts_kind_is_known'),
        migrations.RunSQL(
            "UPDATE forecasting_trainingpart SET kind = 'cross_validate' WHERE kind = 'rehearse'",
            "UPDATE forecasting_trainingpart SET kind = 'rehearse' WHERE kind = 'cross_validate'",
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='kind',
            field=models.CharField(choices=[('cross_validate', 'cross-validate past cutoffs'), ('propose', "make today's candidate forecasts"), ('forecast', 'forecast a shop'), ('indices', "forecast the grades' indices"), ('publish', 'compare with the champion and publish')], max_length=16),
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='share',
            field=models.PositiveSmallIntegerField(default=0, help_text='which of `shares` slices of the past cutoffs'),
        ),
        migrations.AddConstraint(
            model_name='forecast',
            constraint=models.UniqueConstraint(fields=('product', 'cutoff', 'training'), name='a_training_forecasts_a_product_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='forecastscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('crps__isnull', True), ('days_seen', 0), ('error__isnull', True), ('last_step__isnull', True), ('naive_error__isnull', True), ('outcome__isnull', True)), models.Q(('crps__gte', 0), ('crps__isnull', False), ('days_seen__gt', 0), ('error__gte', 0), ('error__isnull', False), ('last_step__gte', 1), ('last_step__isnull', False), ('naive_error__gte', 0), ('naive_error__isnull', False), ('outcome__gt', 0), ('outcome__isnull', False)), _connector='OR'), name='a_score_rests_on_seen_days'),
        ),
        migrations.AddConstraint(
            model_name='indexforecast',
            constraint=models.UniqueConstraint(fields=('grade', 'currency', 'simulated', 'cutoff', 'training'), name='a_training_forecasts_an_index_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='indexscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('crps__isnull', True), ('days_seen', 0), ('error__isnull', True), ('last_step__isnull', True), ('naive_error__isnull', True), ('outcome__isnull', True)), models.Q(('crps__gte', 0), ('crps__isnull', False), ('days_seen__gt', 0), ('error__gte', 0), ('error__isnull', False), ('last_step__gte', 1), ('last_step__isnull', False), ('naive_error__gte', 0), ('naive_error__isnull', False), ('outcome__gt', 0), ('outcome__isnull', False)), _connector='OR'), name='an_index_score_rests_on_seen_days'),
        ),
        migrations.AddConstraint(
            model_name='trainingpart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cross_validate', 'propose', 'forecast', 'indices', 'publish'])), name='a_parts_kind_is_known'),
        ),
    ]
