"""The names of the glossary for columns and tables; rows stay."""

from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scraping", "0002_evidence_quarantine_discovery")]

    operations = [
        migrations.RemoveIndex("visit", "open_visits"),
        migrations.RenameField("visit", "ring_at", "dispatch_at"),
        migrations.AlterField(
            "visit",
            "dispatch_at",
            models.DateTimeField(help_text="when the reconciler sends the message again if nobody has begun"),
        ),
        migrations.AddIndex(
            "visit",
            models.Index(fields=["dispatch_at"], condition=models.Q(status__in=["queued", "running"]), name="open_visits"),
        ),
        migrations.RenameField("product", "last_look_at", "last_visit_at"),
        migrations.RemoveConstraint("shop", "a_shop_is_looked_at_sometimes"),
        migrations.RenameField("shop", "look_every", "visit_interval"),
        migrations.AddConstraint(
            "shop",
            models.CheckConstraint(
                condition=models.Q(visit_interval__gt=timedelta(0)), name="a_shop_is_visited_sometimes"
            ),
        ),
        migrations.RenameModel("HeldOffer", "QuarantinedOffer"),
        migrations.AlterField(
            "quarantinedoffer",
            "visit",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="quarantined_offer", to="scraping.visit"
            ),
        ),
    ]
