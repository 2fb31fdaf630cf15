"""The table of meetings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="MeetingRow",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("level", models.CharField(db_index=True, max_length=20)),
                ("date", models.CharField(db_index=True, max_length=10)),
                ("date_last", models.DateField()),
                ("title_en", models.TextField()),
                ("title_es", models.TextField()),
                ("place_en", models.TextField()),
                ("place_es", models.TextField()),
                ("chairs_us_en", models.TextField(blank=True)),
                ("chairs_us_es", models.TextField(blank=True)),
                ("chairs_mx_en", models.TextField(blank=True)),
                ("chairs_mx_es", models.TextField(blank=True)),
                ("summary_en", models.TextField()),
                ("summary_es", models.TextField()),
                ("event", models.CharField(blank=True, max_length=100)),
                ("source", models.CharField(db_index=True, max_length=100)),
            ],
            options={
                "db_table": "meetings_meeting",
            },
        ),
    ]
