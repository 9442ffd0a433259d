"""Take the addresses in use as confirmed: alerts that people rely on must not fall silent with an upgrade."""

from django.db import migrations
from django.utils import timezone


def take_in(apps, schema_editor):
    found = set()
    alerts = apps.get_model("dashboard", "Alert").objects.exclude(email="")
    found |= set(alerts.values_list("user_id", "email"))
    open_ones = apps.get_model("dashboard", "Delivery").objects.filter(state__in=["queued", "held"]).exclude(email="")
    found |= set(open_ones.values_list("user_id", "email"))
    channels = apps.get_model("dashboard", "Channel").objects.filter(address__istartswith="mailto:")
    for user_id, address in channels.values_list("user_id", "address"):
        found.add((user_id, address.split(":", 1)[1].removeprefix("//").strip()))
    small = {(user_id, "".join(sign.lower() if sign.isascii() else sign for sign in email)) for user_id, email in found}
    address = apps.get_model("dashboard", "MailAddress")
    now = timezone.now()
    rows = [
        address(user_id=user_id, email=email, confirmed_at=now, confirmed_by="earlier")
        for user_id, email in sorted(small)
        if len(email) <= 254
    ]
    address.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0005_mail_addresses")]
    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
