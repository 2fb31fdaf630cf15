"""What was erased, on which legal basis."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0005_append_only")]
    operations = [
        migrations.CreateModel(
            name="RedactionRow",
            fields=[
                ("commitment", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("object_id", models.CharField(db_index=True, max_length=200)),
                ("field", models.CharField(max_length=80)),
                ("basis", models.CharField(max_length=20)),
                ("authority", models.CharField(max_length=4)),
                ("at", models.CharField(max_length=20)),
            ],
            options={"db_table": "record_redaction"},
        ),
    ]
