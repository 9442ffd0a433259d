"""Labels and help texts in plain words; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forecasting', '0016_sources_of_trainings'),
    ]

    operations = [
        migrations.AlterField(
            model_name='advicescore',
            name='lowest',
            field=models.FloatField(help_text='the lowest possible price, known afterwards'),
        ),
        migrations.AlterField(
            model_name='forecastscore',
            name='days',
            field=models.PositiveSmallIntegerField(help_text='the horizon: days 1 to this one are scored together'),
        ),
        migrations.AlterField(
            model_name='forecastscore',
            name='days_seen',
            field=models.PositiveSmallIntegerField(help_text='days with an observed price'),
        ),
        migrations.AlterField(
            model_name='forecastscore',
            name='inside_80',
            field=models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 80% interval'),
        ),
        migrations.AlterField(
            model_name='forecastscore',
            name='inside_95',
            field=models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 95% interval'),
        ),
        migrations.AlterField(
            model_name='indexscore',
            name='days',
            field=models.PositiveSmallIntegerField(help_text='the horizon: days 1 to this one are scored together'),
        ),
        migrations.AlterField(
            model_name='indexscore',
            name='days_seen',
            field=models.PositiveSmallIntegerField(help_text='days with an observed price'),
        ),
        migrations.AlterField(
            model_name='indexscore',
            name='inside_80',
            field=models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 80% interval'),
        ),
        migrations.AlterField(
            model_name='indexscore',
            name='inside_95',
            field=models.PositiveSmallIntegerField(default=0, help_text='observed days inside the 95% interval'),
        ),
        migrations.AlterField(
            model_name='marketseries',
            name='name',
            field=models.CharField(help_text='name on charts', max_length=255),
        ),
        migrations.AlterField(
            model_name='marketseries',
            name='role',
            field=models.CharField(choices=[('origin', 'producer price')], default='origin', max_length=16),
        ),
        migrations.AlterField(
            model_name='marketseries',
            name='unit',
            field=models.CharField(default='kg', help_text='the unit of one price', max_length=16),
        ),
        migrations.AlterField(
            model_name='training',
            name='baseline',
            field=models.JSONField(blank=True, default=dict, help_text='shop -> the baseline of later trainings'),
        ),
        migrations.AlterField(
            model_name='training',
            name='because',
            field=models.CharField(blank=True, help_text='why it was started ahead of schedule', max_length=200),
        ),
        migrations.AlterField(
            model_name='training',
            name='dispatch_at',
            field=models.DateTimeField(help_text='when the reconciler resends the message if no worker has started'),
        ),
        migrations.AlterField(
            model_name='training',
            name='parameters',
            field=models.JSONField(blank=True, default=dict, help_text='shop -> what was chosen on its history'),
        ),
        migrations.AlterField(
            model_name='training',
            name='reason',
            field=models.TextField(blank=True, help_text='the reason for this status'),
        ),
        migrations.AlterField(
            model_name='training',
            name='scope',
            field=models.CharField(default='all', help_text="'all', or a key for its products", max_length=64),
        ),
        migrations.AlterField(
            model_name='training',
            name='status',
            field=models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled'), ('dead', 'failed after too many attempts')], default='queued', max_length=16),
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='dispatch_at',
            field=models.DateTimeField(help_text='when the reconciler resends the message if no worker has started'),
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='reason',
            field=models.TextField(blank=True, help_text='the reason for this status'),
        ),
        migrations.AlterField(
            model_name='trainingpart',
            name='status',
            field=models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled'), ('dead', 'failed after too many attempts')], default='queued', max_length=16),
        ),
    ]
