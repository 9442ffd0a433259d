"""Cancelled visits have a status of their own; they were filed as forbidden before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scraping', '0003_standard_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='visit',
            name='a_visits_status_is_known',
        ),
        migrations.AlterField(
            model_name='visit',
            name='status',
            field=models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('ok', 'read and recorded'), ('blocked', 'the shop showed a robot check or refused'), ('gone', 'the page is not there any more'), ('unreadable', 'a page came, but no offer could be read from it'), ('wrong_location', 'priced for another place or in another currency'), ('wrong_product', 'the page shows another product'), ('implausible', 'the price is held back until somebody has checked it'), ('unreachable', 'no whole answer came in time and size'), ('forbidden', "not asked: robots.txt or the operator's settings forbid it"), ('cancelled', 'cancelled before it began'), ('dead', 'given up after too many attempts')], default='queued', max_length=16),
        ),
        migrations.RunSQL(
            """
            UPDATE scraping_visit SET status = 'cancelled' WHERE status = 'forbidden'
            AND reason IN ('cancelled by the operator', 'the product is no longer watched')
            """,
            "UPDATE scraping_visit SET status = 'forbidden' WHERE status = 'cancelled'",
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'ok', 'blocked', 'gone', 'unreadable', 'wrong_location', 'wrong_product', 'implausible', 'unreachable', 'forbidden', 'cancelled', 'dead'])), name='a_visits_status_is_known'),
        ),
    ]
