"""E-mail addresses that people name, and whether their holders said yes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboard', '0004_firings_without_telling'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.CharField(blank=True, choices=[('link', 'the link in the message that asked'), ('operator', 'an operator, who vouches for it'), ('earlier', 'in use before addresses were confirmed')], max_length=16)),
                ('ask_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=255)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_addresses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'mail addresses',
                'ordering': ['email'],
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', True)), fields=['ask_at'], name='addresses_to_be_asked')],
                'constraints': [models.UniqueConstraint(fields=('user', 'email'), name='a_person_names_an_address_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by', '')), models.Q(('confirmed_at__isnull', False), ('confirmed_by__in', ['link', 'operator', 'earlier'])), _connector='OR'), name='a_confirmed_address_says_by_whom')],
            },
        ),
    ]
