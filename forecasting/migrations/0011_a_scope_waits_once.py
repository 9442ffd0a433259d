from django.db import migrations, models
from django.db.models import Max
from django.utils import timezone


def cancel_orders_given_twice(apps, schema_editor):
    """Of several orders that wait for one scope the newest stays: it sees what the others would have seen."""
    trainings = apps.get_model("forecasting", "Training").objects.filter(status="queued")
    newest = trainings.order_by().values("scope").annotate(newest=Max("pk"))
    trainings.exclude(pk__in=list(newest.values_list("newest", flat=True))).update(
        status="cancelled", reason="ordered twice at once", finished_at=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("forecasting", "0010_trainings_propose_apart"),
    ]

    operations = [
        migrations.RunPython(cancel_orders_given_twice, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "queued")), fields=("scope",), name="a_scope_waits_once"
            ),
        ),
    ]
