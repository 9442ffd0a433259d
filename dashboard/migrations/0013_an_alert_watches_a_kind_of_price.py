"""An alert names the kind of price it watches; earlier ones watch the price, as before."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0012_permissions_follow_their_models"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="alert",
            name="a_person_sets_a_rule_once",
        ),
        migrations.AddField(
            model_name="alert",
            name="price_kind",
            field=models.CharField(
                choices=[
                    ("regular", "the price"),
                    ("prime", "the price for Prime members"),
                    ("subscription", "the price with Subscribe & Save"),
                    ("coupon", "the price with the coupon"),
                    ("used", "the lowest used price"),
                ],
                default="regular",
                help_text="which price is compared; regular is the price by the shop's setting",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("user", "product", "kind", "threshold", "percent", "direction", "days", "price_kind"),
                name="a_person_sets_a_rule_once",
                nulls_distinct=False,
                violation_error_message="This user already has this alert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_kind", "regular"),
                    models.Q(
                        ("kind__in", ["lowest_in_days", "per_litre_below", "price_below", "price_change"]),
                        ("price_kind__in", ["regular", "prime", "subscription", "coupon", "used"]),
                    ),
                    _connector="OR",
                ),
                name="an_alert_watches_a_known_price",
            ),
        ),
    ]
