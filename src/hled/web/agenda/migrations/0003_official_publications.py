"""Which government's own publication a source is; earlier rows say neither until a load says more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_attachments")]

    operations = [
        migrations.AddField(
            model_name="sourcerow",
            name="official",
            field=models.CharField(blank=True, default="", max_length=4),
            preserve_default=False,
        ),
    ]
