"""The names of the glossary for columns; rows stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forecasting", "0011_a_scope_waits_once")]

    operations = [
        migrations.RenameField("training", "ring_at", "dispatch_at"),
        migrations.RemoveIndex("trainingpart", "the_open_parts"),
        migrations.RenameField("trainingpart", "ring_at", "dispatch_at"),
        migrations.AddIndex(
            "trainingpart",
            models.Index(
                fields=["dispatch_at"], condition=models.Q(status__in=["queued", "running"]), name="the_open_parts"
            ),
        ),
    ]
