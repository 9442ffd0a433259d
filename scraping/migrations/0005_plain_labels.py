"""Labels and help texts in plain words; no column changes."""

import datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scraping', '0004_cancelled_visits'),
    ]

    operations = [
        migrations.AlterField(
            model_name='pricespell',
            name='seller_kind',
            field=models.CharField(choices=[('shop', 'the shop itself'), ('third_party', 'another seller'), ('unknown', 'unknown')], default='unknown', max_length=16),
        ),
        migrations.AlterField(
            model_name='product',
            name='identity',
            field=models.JSONField(blank=True, default=dict, help_text='title, brand and litres when the series began'),
        ),
        migrations.AlterField(
            model_name='product',
            name='proposal',
            field=models.CharField(blank=True, choices=[('waiting', 'waiting for review'), ('accepted', 'accepted'), ('declined', 'declined')], help_text='set if a saved search found it', max_length=16),
        ),
        migrations.AlterField(
            model_name='product',
            name='series_since',
            field=models.DateTimeField(blank=True, help_text='earlier price spells belong to another product with this SKU', null=True),
        ),
        migrations.AlterField(
            model_name='product',
            name='watched',
            field=models.BooleanField(default=True, help_text='checked on schedule'),
        ),
        migrations.AlterField(
            model_name='quarantinedoffer',
            name='confirmable',
            field=models.BooleanField(default=False, help_text='accepted when a later check finds the same'),
        ),
        migrations.AlterField(
            model_name='quarantinedoffer',
            name='decision',
            field=models.CharField(choices=[('waiting', 'waiting for review'), ('accepted', 'accepted'), ('refused', 'refused'), ('confirmed', 'confirmed by a later check')], default='waiting', max_length=16),
        ),
        migrations.AlterField(
            model_name='quarantinedoffer',
            name='new_identity',
            field=models.BooleanField(default=False, help_text='another product: accepting it starts a new series'),
        ),
        migrations.AlterField(
            model_name='shop',
            name='accepts_discoveries',
            field=models.BooleanField(default=False, help_text='watch what a saved search finds without review'),
        ),
        migrations.AlterField(
            model_name='shop',
            name='adapter',
            field=models.CharField(choices=[('amazon', 'Amazon pages over HTTPS'), ('demo', 'the simulated shop on loopback'), ('import', 'no pages: prices are imported from files')], max_length=16),
        ),
        migrations.AlterField(
            model_name='shop',
            name='delivery_place',
            field=models.CharField(blank=True, help_text='delivery postcode for prices, for example 28008', max_length=32),
        ),
        migrations.AlterField(
            model_name='shop',
            name='max_gap',
            field=models.DurationField(default=datetime.timedelta(days=2), help_text='a longer time without a check ends a price spell'),
        ),
        migrations.AlterField(
            model_name='shop',
            name='name',
            field=models.CharField(help_text='amazon.es, demo, or an import source such as facua', max_length=64),
        ),
        migrations.AlterField(
            model_name='visit',
            name='dispatch_at',
            field=models.DateTimeField(help_text='when the reconciler resends the message if no worker has started'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='reason',
            field=models.TextField(blank=True, help_text='the reason for this status'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='status',
            field=models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('ok', 'read and saved'), ('blocked', 'the shop showed a robot check or refused'), ('gone', 'the page no longer exists'), ('unreadable', 'the page could not be read'), ('wrong_location', 'prices for another place or in another currency'), ('wrong_product', 'the page shows another product'), ('implausible', 'the price is held for review'), ('unreachable', 'no complete answer within the time and size limits'), ('forbidden', "not allowed by robots.txt or by this server's settings"), ('cancelled', 'cancelled before it began'), ('dead', 'failed after too many attempts')], default='queued', max_length=16),
        ),
    ]
