from django.db import migrations

import forecasting.models.published
import forecasting.product_forecast


class Migration(migrations.Migration):

    dependencies = [
        ('forecasting', '0020_taxes_with_their_law'),
    ]

    operations = [
        migrations.AddField(
            model_name='forecast',
            name='odds',
            field=forecasting.models.published.OddsField(blank=True, default=forecasting.product_forecast.FallOdds, help_text='chances that the price falls, by size in % and days'),
        ),
    ]
