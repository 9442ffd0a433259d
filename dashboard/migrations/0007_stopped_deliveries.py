"""A telling whose alert was stopped before it went out."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboard', '0006_earlier_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='a_deliverys_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='what_may_be_on_its_way_was_claimed',
        ),
        migrations.AddField(
            model_name='delivery',
            name='wanted',
            field=models.BooleanField(default=True, help_text='no: its alert was stopped, so it is not tried again'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('queued', 'waits to be sent'), ('held', 'held back: quiet hours, or enough for one day'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'could not be sent'), ('unknown', 'may have been sent'), ('stopped', 'stopped before it was sent')], default='queued', max_length=16),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'sending', 'sent', 'failed', 'unknown', 'stopped'])), name='a_deliverys_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'failed', 'sent', 'stopped']), ('claimed_at__isnull', False), _connector='OR'), name='what_may_be_on_its_way_was_claimed'),
        ),
    ]
