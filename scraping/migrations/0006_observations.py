"""How many observations a price spell holds, under the glossary's name; rows stay."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("scraping", "0005_plain_labels")]

    operations = [migrations.RenameField("pricespell", "looks", "observations")]
