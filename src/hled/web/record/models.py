"""The entry table: one row per public act, in order, as canonical bytes."""

from django.db import models


class EntryRow(models.Model):
    """An appended entry. `data` is canonical JSON (RFC 8785), `leaf_hash` its RFC 6962 leaf hash (hex)."""

    seq = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=200)
    at = models.CharField(max_length=20)
    data = models.TextField()
    leaf_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "record_entry"
        indexes = [models.Index(fields=["object_id", "-seq"], name="record_entry_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.type} {self.object_id}"
