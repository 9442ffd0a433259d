"""An alert may watch every product of a scope; an event names its product."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dashboard", "0013_an_alert_watches_a_kind_of_price"),
        ("scraping", "0009_pictures_of_products"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("armed", models.BooleanField(default=False)),
                ("seen_until", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "alert matches",
            },
        ),
        migrations.CreateModel(
            name="TakenIn",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="taken_in",
                        serialize=False,
                        to="scraping.product",
                    ),
                ),
                (
                    "spell",
                    models.BigIntegerField(
                        help_text="the id of the price spell; the spell may be gone since", null=True
                    ),
                ),
                ("grade", models.CharField(max_length=16)),
                ("litres", models.DecimalField(decimal_places=4, help_text="0 where it is not known", max_digits=9)),
            ],
            options={
                "verbose_name_plural": "taken in",
            },
        ),
        migrations.RemoveConstraint(
            model_name="alert",
            name="a_person_sets_a_rule_once",
        ),
        migrations.RemoveConstraint(
            model_name="alertevent",
            name="an_alert_fires_once_for_an_event",
        ),
        migrations.AddField(
            model_name="alert",
            name="currency",
            field=models.CharField(
                blank=True, help_text="scope: the currency of the prices, ISO 4217", max_length=3, null=True
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="grade",
            field=models.CharField(
                blank=True,
                choices=[
                    ("extra_virgin", "extra virgin"),
                    ("virgin", "virgin"),
                    ("olive", "olive"),
                    ("pomace", "pomace"),
                    ("sunflower", "sunflower"),
                    ("other", "other"),
                ],
                help_text="scope: the oil; empty for every oil",
                max_length=16,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="most_litres",
            field=models.DecimalField(
                blank=True, decimal_places=4, help_text="scope: the largest pack, in litres", max_digits=9, null=True
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="percent_under",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="how far the threshold lies under `relative_to`, in percent",
                max_digits=4,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="relative_to",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                editable=False,
                help_text="the price of the day when the threshold was set in percent",
                max_digits=14,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="shop",
            field=models.ForeignKey(
                blank=True,
                help_text="scope: the shop; empty for every shop of the currency",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerts",
                to="scraping.shop",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="simulated",
            field=models.BooleanField(
                blank=True, help_text="scope: products of the demo shop; otherwise only real ones", null=True
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="product",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scraping.product"
            ),
        ),
        migrations.RunSQL(
            # The check of the foreign key is made at once, so that the table can be altered afterwards.
            """
            SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE dashboard_alertevent SET product_id = alert.product_id
            FROM dashboard_alert AS alert WHERE alert.id = alert_id;
            SET CONSTRAINTS ALL DEFERRED
            """,
            # What watched a scope had no place before.
            """
            SET CONSTRAINTS ALL IMMEDIATE;
            DELETE FROM dashboard_delivery USING dashboard_alertevent AS event, dashboard_alert AS alert
            WHERE event.id = alert_event_id AND alert.id = event.alert_id AND alert.product_id IS NULL;
            DELETE FROM dashboard_alertevent USING dashboard_alert AS alert
            WHERE alert.id = alert_id AND alert.product_id IS NULL;
            DELETE FROM dashboard_alert_channels USING dashboard_alert AS alert
            WHERE alert.id = alert_id AND alert.product_id IS NULL;
            DELETE FROM dashboard_alert WHERE product_id IS NULL;
            SET CONSTRAINTS ALL DEFERRED
            """,
        ),
        migrations.AlterField(
            model_name="alertevent",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scraping.product"
            ),
        ),
        migrations.AlterField(
            model_name="alert",
            name="product",
            field=models.ForeignKey(
                blank=True,
                help_text="empty: the rule watches every product of its scope",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerts",
                to="scraping.product",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("active", True), ("product__isnull", True)),
                fields=["currency", "simulated", "grade"],
                name="active_alerts_by_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=(
                    "user",
                    "product",
                    "grade",
                    "most_litres",
                    "shop",
                    "currency",
                    "simulated",
                    "kind",
                    "threshold",
                    "percent",
                    "direction",
                    "days",
                    "price_kind",
                ),
                name="a_person_sets_a_rule_once",
                nulls_distinct=False,
                violation_error_message="This user already has this alert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("product__isnull", False),
                        ("currency__isnull", True),
                        ("grade__isnull", True),
                        ("most_litres__isnull", True),
                        ("shop__isnull", True),
                        ("simulated__isnull", True),
                    ),
                    models.Q(
                        ("currency__isnull", False),
                        ("currency__regex", "^[A-Z]{3}$"),
                        ("kind__in", ["per_litre_below", "price_below"]),
                        ("product__isnull", True),
                        ("simulated__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_alert_has_a_product_or_a_scope",
                violation_error_message="Choose a product, or a currency, demo or real, and a price per pack or litre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grade__isnull", True),
                    ("grade__in", ["extra_virgin", "virgin", "olive", "pomace", "sunflower", "other"]),
                    _connector="OR",
                ),
                name="an_alerts_grade_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_litres__isnull", True), ("most_litres__gt", 0), _connector="OR"),
                name="an_alerts_pack_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("percent_under__isnull", True), ("relative_to__isnull", True)),
                    models.Q(
                        ("kind__in", ["per_litre_below", "price_below"]),
                        ("percent_under__gt", 0),
                        ("percent_under__lt", 100),
                        ("product__isnull", False),
                        ("relative_to__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="a_threshold_in_percent_names_its_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertevent",
            constraint=models.UniqueConstraint(
                fields=("alert", "product", "event"), name="an_alert_triggers_once_for_an_event"
            ),
        ),
        migrations.AddField(
            model_name="alertmatch",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="matches", to="dashboard.alert"
            ),
        ),
        migrations.AddField(
            model_name="alertmatch",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="scraping.product"
            ),
        ),
        migrations.AddIndex(
            model_name="alertmatch",
            index=models.Index(condition=models.Q(("armed", False)), fields=["alert"], name="what_a_rule_finds_met"),
        ),
        migrations.AddConstraint(
            model_name="alertmatch",
            constraint=models.UniqueConstraint(
                fields=("alert", "product"), name="a_rule_has_a_state_once_for_a_product"
            ),
        ),
    ]
