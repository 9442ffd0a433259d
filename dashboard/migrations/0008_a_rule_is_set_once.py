"""One alert of a rule a person: exact duplicates become one, with the events and channels of all."""

from collections import defaultdict

from django.db import migrations, models

RULE = ("user_id", "product_id", "kind", "threshold", "percent", "direction", "days")


def _channel_of(apps, kept, email):
    """The other alert's own e-mail address, as a channel of its person."""
    if not email or email.casefold() == kept.email.casefold():
        return []
    Channel = apps.get_model("dashboard", "Channel")
    address = f"mailto:{email}"
    channel = Channel.objects.filter(user=kept.user, address=address).first()
    return [channel or Channel.objects.create(user=kept.user, name=f"{email[:50]} ({kept.pk})", address=address)]


def merge_duplicates(apps, schema_editor):
    Alert, Firing = apps.get_model("dashboard", "Alert"), apps.get_model("dashboard", "Firing")
    by_rule = defaultdict(list)
    for alert in Alert.objects.order_by("pk"):
        by_rule[tuple(getattr(alert, name) for name in RULE)].append(alert)
    for kept, *others in by_rule.values():
        for other in others:
            told_by_default = not kept.email and not kept.channels.exists()
            ways = [*other.channels.all(), *_channel_of(apps, kept, other.email)]
            if ways and told_by_default and kept.user.email:
                kept.email = kept.user.email  # a channel of its own would otherwise end the default
                kept.save()
            kept.channels.add(*ways)
            known = Firing.objects.filter(alert=kept).values("event")
            Firing.objects.filter(alert=other).exclude(event__in=known).update(alert=kept)
            if other.active and not kept.active:
                kept.active, kept.armed, kept.reference = True, other.armed, other.reference
                kept.seen_until = other.seen_until
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
