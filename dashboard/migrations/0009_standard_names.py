"""The names of the glossary for tables and columns; rows stay."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0008_a_rule_is_set_once")]
    operations = [
        migrations.RenameModel("Manners", "NotificationPreferences"),
        migrations.RenameModel("Firing", "AlertEvent"),
        migrations.RemoveConstraint("delivery", "a_channel_is_told_once"),
        migrations.RemoveConstraint("delivery", "an_address_is_written_to_once"),
        migrations.RenameField("delivery", "firing", "alert_event"),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=["alert_event", "channel"],
                condition=models.Q(channel__isnull=False),
                name="a_channel_is_told_once",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=["alert_event", "email"], condition=~models.Q(email=""), name="an_address_is_written_to_once"
            ),
        ),
        migrations.AlterModelOptions(
            name='notificationpreferences',
            options={'verbose_name_plural': 'notification preferences'},
        ),
        migrations.AlterField(
            model_name='alertevent',
            name='alert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alert_events', to='dashboard.alert'),
        ),
        migrations.AlterField(
            model_name='notificationpreferences',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL),
        ),
    ]
