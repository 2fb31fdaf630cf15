"""Tables of the directory: agencies, bodies, and the actions that a body takes part in."""

from django.db import models


class AgencyRow(models.Model):
    """A public body of one party."""

    id = models.CharField(primary_key=True, max_length=100)
    seq = models.BigIntegerField()
    party = models.CharField(max_length=2)
    short_en = models.CharField(max_length=100)
    short_es = models.CharField(max_length=100)
    name_en = models.TextField()
    name_es = models.TextField()

    class Meta:
        db_table = "directory_agency"

    def __str__(self) -> str:
        return self.id


class BodyRow(models.Model):
    """A working group, committee or forum; `sources` lists source ids in the order of the record."""

    id = models.CharField(primary_key=True, max_length=100)
    seq = models.BigIntegerField()
    name_en = models.TextField()
    name_es = models.TextField()
    purpose_en = models.TextField()
    purpose_es = models.TextField()
    track_en = models.TextField()
    track_es = models.TextField()
    adjacent = models.BooleanField()
    sources = models.JSONField()

    class Meta:
        db_table = "directory_body"

    def __str__(self) -> str:
        return self.id


class BodyActionRow(models.Model):
    """An action that a body takes part in, by its id in the agenda."""

    body = models.ForeignKey(BodyRow, on_delete=models.CASCADE, related_name="links")
    action_id = models.CharField(max_length=100, db_index=True)
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "directory_body_action"
        constraints = [
            models.UniqueConstraint(fields=["body", "action_id"], name="directory_body_action_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.action_id}"
