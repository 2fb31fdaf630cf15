"""Tables of the record: the logs with their tree heads, entries as canonical bytes, checkpoints, disclosures.

Hashes and roots are 64 hex digits. Migrations add triggers: entries can only be inserted, logs only grow.
"""

from django.db import models

HASH = 64
AT = 20


class LogRow(models.Model):
    """A log with its tree head, which every append brings up to date in its own transaction.

    `frontier` holds the roots of the full subtrees on the right edge, largest first, separated by spaces.
    """

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=20, unique=True)
    origin = models.CharField(max_length=255, unique=True)
    own = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    root = models.CharField(max_length=HASH)
    frontier = models.TextField(blank=True)
    last_at = models.CharField(max_length=AT, blank=True)

    class Meta:
        db_table = "record_log"
        constraints = [
            models.UniqueConstraint(
                fields=["own"], condition=models.Q(own=True), name="record_log_at_most_one_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.size}"


class EntryRow(models.Model):
    """An entry: `seq` is this node's order of arrival, `index` the leaf index in its log.

    `data` is canonical JSON (RFC 8785), `leaf_hash` its RFC 6962 leaf hash.
    """

    seq = models.BigIntegerField(primary_key=True)
    log = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="entries", db_index=False)
    index = models.BigIntegerField(db_column="leaf_index")
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=200)
    at = models.CharField(max_length=AT)
    data = models.TextField()
    leaf_hash = models.CharField(max_length=HASH)

    class Meta:
        db_table = "record_entry"
        indexes = [
            models.Index(fields=["object_id", "log", "index"], name="record_entry_of_object"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["log", "index"], name="record_entry_place"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type} {self.object_id}"


class WaitingRow(models.Model):
    """An entry that arrived before what it refers to: `needs` is the first URN that is not there yet.

    An empty `needs` says that this version of the platform cannot read the entry.
    """

    seq = models.BigIntegerField(primary_key=True)
    object_id = models.CharField(max_length=200, db_index=True)
    needs = models.CharField(max_length=200, blank=True, db_index=True)

    class Meta:
        db_table = "record_waiting"

    def __str__(self) -> str:
        return f"{self.seq} {self.needs}"


class CheckpointRow(models.Model):
    """A signed checkpoint of a log; `complete` says that its cosignatures satisfy the policy."""

    log = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField()
    root = models.CharField(max_length=HASH)
    note = models.TextField()
    complete = models.BooleanField()
    made_at = models.CharField(max_length=AT)

    class Meta:
        db_table = "record_checkpoint"
        constraints = [
            models.UniqueConstraint(fields=["log", "size"], name="record_checkpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.log_id} {self.size}"


class DisclosureRow(models.Model):
    """What a commitment in an entry hides: salt (base64) and value (canonical JSON) of one field.

    Erasing a person's data deletes these rows and nothing else.
    """

    commitment = models.CharField(primary_key=True, max_length=HASH)
    object_id = models.CharField(max_length=200, db_index=True)
    field = models.CharField(max_length=80)
    salt = models.CharField(max_length=44)
    value = models.TextField()

    class Meta:
        db_table = "record_disclosure"

    def __str__(self) -> str:
        return f"{self.object_id} {self.field}"


class RedactionRow(models.Model):
    """A commitment whose salt and value are erased, with the legal basis: a projection of redactions."""

    commitment = models.CharField(max_length=HASH)
    seq = models.BigIntegerField()
    object_id = models.CharField(max_length=200)
    field = models.CharField(max_length=80)
    basis = models.CharField(max_length=20)
    authority = models.CharField(max_length=4)
    at = models.CharField(max_length=AT)

    class Meta:
        db_table = "record_erasure"
        constraints = [
            models.UniqueConstraint(fields=["object_id", "commitment"], name="record_erasure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.object_id} {self.field}"
