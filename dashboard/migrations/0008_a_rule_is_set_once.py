"""One alert of a rule a person: exact duplicates become one, with the events and channels of all."""

from collections import defaultdict

from django.db import migrations, models

RULE = ("user_id", "product_id", "kind", "threshold", "percent", "direction", "days")


def _own_address(alert):
    """Where the alert writes by itself: its address, or the account's where it has no channel."""
    return alert.email or ("" if alert.channels.exists() else alert.user.email)


def _channel_of(apps, kept, email):
    """Another own address of the merged alerts, as a channel of its person."""
    Channel = apps.get_model("dashboard", "Channel")
    address = f"mailto:{email}"
    channel = Channel.objects.filter(user=kept.user, address=address).first()
    return channel or Channel.objects.create(user=kept.user, name=f"{email[:50]} ({kept.pk})", address=address)


def _merge_recipients(apps, kept, other):
    own, others_own = _own_address(kept), _own_address(other)
    kept.email = own or others_own
    kept.channels.add(*other.channels.all())
    if others_own and others_own.casefold() != kept.email.casefold():
        kept.channels.add(_channel_of(apps, kept, others_own))


def _merge_events(apps, kept, other):
    """Events of the other alert, and deliveries of an event that both have, unless the recipient is the same."""
    Firing, Delivery = apps.get_model("dashboard", "Firing"), apps.get_model("dashboard", "Delivery")
    known = dict(Firing.objects.filter(alert=kept).values_list("event", "pk"))
    Firing.objects.filter(alert=other).exclude(event__in=known).update(alert=kept)
    for delivery in Delivery.objects.filter(firing__alert=other).select_related("firing"):
        same = Delivery.objects.filter(firing=known[delivery.firing.event])
        same = same.filter(channel=delivery.channel_id) if delivery.channel_id else same.filter(email=delivery.email)
        if not same.exists():
            Delivery.objects.filter(pk=delivery.pk).update(firing=known[delivery.firing.event])


def merge_duplicates(apps, schema_editor):
    Alert = apps.get_model("dashboard", "Alert")
    by_rule = defaultdict(list)
    for alert in Alert.objects.order_by("pk"):
        by_rule[tuple(getattr(alert, name) for name in RULE)].append(alert)
    for kept, *others in by_rule.values():
        for other in others:
            _merge_recipients(apps, kept, other)
            _merge_events(apps, kept, other)
            if other.active and not kept.active:
                kept.active, kept.armed, kept.reference = True, other.armed, other.reference
                kept.seen_until, kept.once = other.seen_until, other.once
            elif other.active:
                kept.once = kept.once and other.once  # who wanted every message still gets every one
            kept.save()
            other.delete()


class Migration(migrations.Migration):
    dependencies = [("dashboard", "0007_stopped_deliveries")]
    operations = [
        migrations.RunPython(merge_duplicates, migrations.RunPython.noop, elidable=True),
        # the rows that were just merged have deferred checks waiting; the table is changed once they are done
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "alert",
            models.UniqueConstraint(
                fields=["user", "product", "kind", "threshold", "percent", "direction", "days"],
                nulls_distinct=False,
                name="a_person_sets_a_rule_once",
                violation_error_message="This person has another alert of just this rule.",
            ),
        ),
    ]
