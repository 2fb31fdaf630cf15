"""The table of the audit log. A migration adds triggers: rows can only be inserted."""

from django.db import models


class AuditRow(models.Model):
    """A private act. `detail` is canonical JSON; `hash` covers its columns and, by `prev`, all before."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=20)
    actor = models.CharField(max_length=200)
    act = models.CharField(max_length=80)
    object_id = models.CharField(max_length=200, blank=True)
    detail = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"
