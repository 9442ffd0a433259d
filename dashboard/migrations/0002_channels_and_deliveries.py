"""Alerts of more kinds; a firing is kept apart from how it was told, and over which channel."""

import dashboard.models.notification_preferences
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboard', '0001_initial'),
        ('scraping', '0002_evidence_quarantine_discovery'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel('Delivery', 'Firing'),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64)),
                ('address', models.CharField(editable=False, max_length=1024)),
                ('enabled', models.BooleanField(default=True)),
                ('failing_since', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, editable=False, max_length=255)),
                ('last_success_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('state', models.CharField(choices=[('queued', 'waits to be sent'), ('held', 'held back: quiet hours, or enough for one day'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'could not be sent'), ('unknown', 'may have been sent')], default='queued', max_length=16)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('message', models.UUIDField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True, help_text='why not, in words that say what to change')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Manners',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('timezone', models.CharField(default='Europe/Madrid', max_length=64, validators=[dashboard.models.notification_preferences.is_timezone])),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('most_a_day', models.PositiveSmallIntegerField(default=10)),
                ('language', models.CharField(default='en', max_length=8)),
            ],
            options={
                'verbose_name_plural': 'manners',
            },
        ),
        migrations.AlterModelOptions(
            name='firing',
            options={'ordering': ['-id']},
        ),
        migrations.RemoveConstraint(
            model_name='alert',
            name='an_alerts_kind_is_known',
        ),
        migrations.AddField(
            model_name='alert',
            name='armed',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='alert',
            name='days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='the lowest in how many days', null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='direction',
            field=models.CharField(blank=True, choices=[('up', 'up'), ('down', 'down'), ('either', 'up or down')], max_length=8, null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='once',
            field=models.BooleanField(default=False, help_text='tell once, then switch the rule off'),
        ),
        migrations.AddField(
            model_name='alert',
            name='percent',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='how large a change', max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='reference',
            field=models.DecimalField(blank=True, decimal_places=4, editable=False, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='seen_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='firing',
            name='before',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='what a change or a low is measured against', max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='firing',
            name='happened_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='when the price, the stock or the advice changed'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='alert',
            name='email',
            field=models.EmailField(blank=True, help_text="where to write; empty, with no channel chosen: the user's own address", max_length=254),
        ),
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('price_below', 'the price falls to or below'), ('per_litre_below', 'the price per litre falls to or below'), ('price_change', 'the price changes by so many per cent'), ('lowest_in_days', 'the price is the lowest in so many days'), ('back_in_stock', 'it can be bought again'), ('advice_buy', 'the advice turns to buying')], max_length=20),
        ),
        migrations.AlterField(
            model_name='alert',
            name='threshold',
            field=models.DecimalField(blank=True, decimal_places=4, help_text="in the shop's currency", max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='firing',
            name='alert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='firings', to='dashboard.alert'),
        ),
        migrations.AlterField(
            model_name='firing',
            name='price',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='as the rule compared it: pack or litre', max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name='channel',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='alert',
            name='channels',
            field=models.ManyToManyField(blank=True, related_name='alerts', to='dashboard.channel'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(condition=models.Q(('active', True)), fields=['product'], name='active_alerts_by_product'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['price_below', 'per_litre_below', 'price_change', 'lowest_in_days', 'back_in_stock', 'advice_buy'])), name='an_alerts_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('price_below', 'per_litre_below')), models.Q(('threshold__isnull', True), _negated=True), ('threshold__gt', 0)), models.Q(models.Q(('kind__in', ('price_below', 'per_litre_below')), _negated=True), ('threshold__isnull', True)), _connector='OR'), name='an_alert_below_a_price_names_it'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('price_change',)), models.Q(('percent__isnull', True), _negated=True), ('percent__gt', 0), ('percent__lte', 1000)), models.Q(models.Q(('kind__in', ('price_change',)), _negated=True), ('percent__isnull', True)), _connector='OR'), name='an_alert_for_a_change_names_how_large'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('price_change',)), models.Q(('direction__isnull', True), _negated=True), ('direction__in', ['up', 'down', 'either'])), models.Q(models.Q(('kind__in', ('price_change',)), _negated=True), ('direction__isnull', True)), _connector='OR'), name='an_alert_for_a_change_names_which_way'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('lowest_in_days',)), models.Q(('days__isnull', True), _negated=True), ('days__gte', 2), ('days__lte', 1000)), models.Q(models.Q(('kind__in', ('lowest_in_days',)), _negated=True), ('days__isnull', True)), _connector='OR'), name='an_alert_for_a_low_names_its_days'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='channel',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='dashboard.channel'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='firing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='dashboard.firing'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='manners',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='manners', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='a_persons_channels_have_names_of_their_own'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='a_channel_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_channel_has_a_name'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'held', 'sending'])), fields=['due_at'], name='open_deliveries'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['user', 'claimed_at'], name='deliveries_of_a_persons_day'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('channel__isnull', False)), fields=('firing', 'channel'), name='a_channel_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('firing', 'email'), name='an_address_is_written_to_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'sending', 'sent', 'failed', 'unknown'])), name='a_deliverys_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='what_was_sent_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'failed', 'sent']), ('claimed_at__isnull', False), _connector='OR'), name='what_may_be_on_its_way_was_claimed'),
        ),
        migrations.AddConstraint(
            model_name='manners',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='quiet_hours_have_both_ends'),
        ),
        migrations.AddConstraint(
            model_name='manners',
            constraint=models.CheckConstraint(condition=models.Q(('quiet_from__isnull', True), models.Q(('quiet_from', models.F('quiet_until')), _negated=True), _connector='OR'), name='quiet_hours_leave_some_of_the_day'),
        ),
        migrations.AddConstraint(
            model_name='manners',
            constraint=models.CheckConstraint(condition=models.Q(('most_a_day__gte', 1), ('most_a_day__lte', 100)), name='a_day_has_1_to_100'),
        ),
    ]
