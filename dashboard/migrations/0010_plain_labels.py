"""Labels and help texts in plain words; no column changes."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboard', '0009_standard_names'),
        ('scraping', '0005_plain_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='mailaddress',
            options={'ordering': ['email'], 'verbose_name_plural': 'e-mail addresses'},
        ),
        migrations.AlterField(
            model_name='alert',
            name='days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='the number of days', null=True),
        ),
        migrations.AlterField(
            model_name='alert',
            name='email',
            field=models.EmailField(blank=True, help_text="if empty and no channel is chosen, the user's own address is used", max_length=254),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('price_below', 'the price falls to or below'), ('per_litre_below', 'the price per litre falls to or below'), ('price_change', 'the price changes by a percentage'), ('lowest_in_days', 'the price is the lowest in a number of days'), ('back_in_stock', 'it is back in stock'), ('advice_buy', 'the advice changes to buy now')], max_length=20),
        ),
        migrations.AlterField(
            model_name='alert',
            name='once',
            field=models.BooleanField(default=False, help_text='send one message, then switch the alert off'),
        ),
        migrations.AlterField(
            model_name='alert',
            name='percent',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='the size of the change in percent', max_digits=6, null=True),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='before',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='the price that a change or a low is compared with', max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='event',
            field=models.CharField(help_text='what triggered it; the same for repeated checks of one event', max_length=64),
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='price',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='the price that was compared, per pack or per litre', max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='error',
            field=models.TextField(blank=True, help_text='why it failed and what to change'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('queued', 'queued'), ('held', 'held until later: quiet hours or the daily limit'), ('sending', 'sending'), ('sent', 'sent'), ('failed', 'failed'), ('unknown', 'may have arrived'), ('stopped', 'stopped before sending')], default='queued', max_length=16),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='wanted',
            field=models.BooleanField(default=True, help_text='no: the alert was stopped, so it is not retried'),
        ),
        migrations.AlterField(
            model_name='mailaddress',
            name='confirmed_by',
            field=models.CharField(blank=True, choices=[('link', 'the confirmation link'), ('operator', 'an operator'), ('earlier', 'in use before confirmation was required')], max_length=16),
        ),
        migrations.AlterConstraint(
            model_name='alert',
            name='a_person_sets_a_rule_once',
            constraint=models.UniqueConstraint(fields=('user', 'product', 'kind', 'threshold', 'percent', 'direction', 'days'), name='a_person_sets_a_rule_once', nulls_distinct=False, violation_error_message='This user already has this alert.'),
        ),
    ]
