"""A load knows when it was, so that the order in which two logs arrive does not matter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_official_publications")]
    operations = [
        migrations.AddField(
            model_name="loadrow",
            name="at",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
    ]
