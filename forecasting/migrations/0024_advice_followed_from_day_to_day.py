"""A wait ends when a later day's published advice is to buy; the figure without later advice is kept beside it.

Scores of before were of the limit or the deadline alone: that figure stands in both columns.
"""

from django.db import migrations, models

KEPT = """
ALTER TABLE forecasting_advicescore DISABLE TRIGGER a_score_stays;
UPDATE forecasting_advicescore SET always = waited;
ALTER TABLE forecasting_advicescore ENABLE TRIGGER a_score_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("forecasting", "0023_advice_without_hurry")]

    operations = [
        migrations.RemoveConstraint("advicescore", "nobody_pays_less_than_who_knows_the_future"),
        migrations.AddField("advicescore", "always", models.FloatField(null=True)),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.AlterField(
            "advicescore",
            "always",
            models.FloatField(help_text="what waiting for the limit or the deadline would have cost"),
        ),
        migrations.AlterField(
            "advicescore",
            "waited",
            models.FloatField(help_text="what waiting cost, until a later advice to buy"),
        ),
        migrations.AddConstraint(
            "advicescore",
            models.CheckConstraint(
                condition=models.Q(
                    lowest__gt=0, lowest__lte=1, waited__gte=models.F("lowest"), always__gte=models.F("lowest")
                ),
                name="nobody_pays_less_than_who_knows_the_future",
            ),
        ),
    ]
