"""Every entry has its place in a log; the same act may stand in several logs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_local_log")]

    operations = [
        migrations.AlterField(
            model_name="entryrow",
            name="log",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="record.logrow",
            ),
        ),
        migrations.AlterField(
            model_name="entryrow",
            name="index",
            field=models.BigIntegerField(db_column="leaf_index"),
        ),
        migrations.AlterField(
            model_name="entryrow",
            name="leaf_hash",
            field=models.CharField(max_length=64),
        ),
        migrations.RemoveIndex(model_name="entryrow", name="record_entry_object"),
        migrations.AddIndex(
            model_name="entryrow",
            index=models.Index(fields=["object_id", "log", "index"], name="record_entry_of_object"),
        ),
        migrations.AddConstraint(
            model_name="entryrow",
            constraint=models.UniqueConstraint(fields=["log", "index"], name="record_entry_place"),
        ),
    ]
