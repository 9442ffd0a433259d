"""Promotions that an operator enters, and what a method's curve was made with."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasting", "0024_advice_followed_from_day_to_day"),
        ("scraping", "0008_captures"),
    ]

    operations = [
        migrations.AddField(
            model_name="methodforecast",
            name="inputs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=32),
                blank=True,
                default=list,
                help_text="what was used beside prices and calendar, for example producer_price",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="PromotionPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="one name for all that work alike, for example 3x2", max_length=100),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(help_text="included")),
                (
                    "announced_on",
                    models.DateField(
                        blank=True,
                        help_text="the day it became known; forecasts use it from then on, empty: always known",
                        null=True,
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promotion_periods",
                        to="scraping.shop",
                    ),
                ),
            ],
            options={
                "ordering": ["-first_day", "shop", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "name", "first_day"), name="a_promotion_of_a_shop_begins_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="a_promotion_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_promotion_has_a_name"
                    ),
                ],
            },
        ),
    ]
