"""Where a training's order came from is one of the known sources."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forecasting', '0015_codes_of_methods'),
    ]

    operations = [
        migrations.AlterField(
            model_name='training',
            name='source',
            field=models.CharField(choices=[('schedule', 'the schedule'), ('drift', 'prices that left the forecasts'), ('first start', 'the first start'), ('api', 'the API'), ('admin', 'the admin'), ('command', 'the command line'), ('predict', 'a request for a forecast (before 0.1)'), ('import', 'a training made outside the platform')], default='schedule', max_length=16),
        ),
        migrations.RunSQL(
            """
            UPDATE forecasting_training SET source = 'command'
            WHERE source NOT IN ('schedule', 'drift', 'first start', 'api', 'admin', 'command', 'predict', 'import')
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['schedule', 'drift', 'first start', 'api', 'admin', 'command', 'predict', 'import'])), name='a_trainings_source_is_known'),
        ),
    ]
