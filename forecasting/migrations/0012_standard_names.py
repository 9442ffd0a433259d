"""The names of the glossary for columns; rows stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forecasting", "0011_a_scope_waits_once")]

    operations = [
        migrations.RenameField("training", "ring_at", "dispatch_at"),
        migrations.AlterField(
            "training",
            "dispatch_at",
            models.DateTimeField(help_text="when the reconciler sends the message again if nobody has begun"),
        ),
        migrations.RemoveIndex("trainingpart", "the_open_parts"),
        migrations.RenameField("trainingpart", "ring_at", "dispatch_at"),
        migrations.AlterField(
            "trainingpart",
            "dispatch_at",
            models.DateTimeField(help_text="when the reconciler sends the message again if nobody has begun"),
        ),
        migrations.AddIndex(
            "trainingpart",
            models.Index(
                fields=["dispatch_at"], condition=models.Q(status__in=["queued", "running"]), name="the_open_parts"
            ),
        ),
    ]
