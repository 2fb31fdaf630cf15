"""The entries of a home become the log `local`, its own, with its head computed from their leaf hashes."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from hled.record.merkle import Frontier


def forwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    entries = apps.get_model("record", "EntryRow")
    last = entries.objects.order_by("-seq").first()
    if last is None:
        return
    frontier = Frontier()
    for leaf in entries.objects.order_by("seq").values_list("leaf_hash", flat=True).iterator():
        frontier.append(bytes.fromhex(leaf))
    log = apps.get_model("record", "LogRow").objects.create(
        name="local",
        origin=f"demonstration.invalid/record/{secrets.token_hex(4)}",
        own=True,
        size=frontier.size,
        root=frontier.root().hex(),
        frontier=" ".join(item.hex() for item in frontier.hashes),
        last_at=last.at,
    )
    entries.objects.update(log=log, index=F("seq"))


def backwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("record", "EntryRow").objects.update(log=None, index=None)
    apps.get_model("record", "CheckpointRow").objects.all().delete()
    apps.get_model("record", "LogRow").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("record", "0002_logs")]
    operations = [migrations.RunPython(forwards, backwards)]
