"""How a firing was told is said by its deliveries alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0003_earlier_firings")]
    operations = [
        migrations.RemoveField(model_name="firing", name="error"),
        migrations.RemoveField(model_name="firing", name="sent_at"),
    ]
