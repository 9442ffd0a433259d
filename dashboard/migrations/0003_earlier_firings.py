"""Give the firings of before their deliveries, and their events the names they have now, so that none is told again."""

from django.db import migrations


def move(apps, schema_editor):
    firings = apps.get_model("dashboard", "Firing").objects.select_related("alert__user")
    delivery = apps.get_model("dashboard", "Delivery")
    for firing in firings.iterator(chunk_size=1000):
        began = firing.event.removeprefix("spell from ")
        firing.event, firing.happened_at = f"{firing.alert.kind} {began}", firing.created_at
        firing.save(update_fields=["event", "happened_at"])
        state = "sent" if firing.sent_at else "failed" if firing.error else "queued"
        delivery.objects.create(
            firing=firing,
            user=firing.alert.user,
            email=firing.alert.email or firing.alert.user.email,
            state=state,
            due_at=firing.created_at,
            sent_at=firing.sent_at,
            claimed_at=firing.sent_at,
            error=firing.error,
        )


def back(apps, schema_editor):
    for firing in apps.get_model("dashboard", "Firing").objects.select_related("alert").iterator(chunk_size=1000):
        firing.event = firing.event.replace(f"{firing.alert.kind} ", "spell from ", 1)
        told = firing.deliveries.first()
        firing.sent_at, firing.error = (told.sent_at, told.error) if told else (None, "")
        firing.save(update_fields=["event", "sent_at", "error"])


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0002_channels_and_deliveries")]
    operations = [migrations.RunPython(move, back)]
