"""Tables of the agenda: actions, events, deliverables, sources, texts, claims, discrepancies, error reports.

Dates of the record are ISO text at the precision of their source (`2022`, `2022-09`, `2022-09-12`), which
orders as dates do; a `…_last` column beside one holds the last day that it may mean.
"""

from django.db import models

from hled.workplan.attachments import MAX_NAME

ID = 100
ISO = 10


class LoadRow(models.Model):
    """A record file and when it was loaded last; `notes` is a list of `{"en": …, "es": …}`."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=20, blank=True)
    checksum = models.CharField(max_length=64)
    compiled = models.CharField(max_length=ISO)
    title_en = models.TextField()
    title_es = models.TextField()
    notes = models.JSONField()

    class Meta:
        db_table = "agenda_load"

    def __str__(self) -> str:
        return self.checksum


class SourceRow(models.Model):
    """A published source."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    url = models.TextField(blank=True)
    publisher_en = models.TextField()
    publisher_es = models.TextField()
    published = models.CharField(max_length=ISO, blank=True)
    read = models.CharField(max_length=20)
    official = models.CharField(max_length=4, blank=True)  # US, MX or both; empty: of neither government

    class Meta:
        db_table = "agenda_source"

    def __str__(self) -> str:
        return self.id


class AttachmentRow(models.Model):
    """A copy of an official text attached to a source; the bytes lie beside the record under `sha256`."""

    id = models.CharField(primary_key=True, max_length=ID + 60)
    seq = models.BigIntegerField()
    source = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="attachments")
    at = models.CharField(max_length=20)
    language = models.CharField(max_length=2, blank=True)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=MAX_NAME)
    note_en = models.TextField(blank=True)
    note_es = models.TextField(blank=True)

    class Meta:
        db_table = "agenda_attachment"
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="agenda_attachment_once"),
        ]

    def __str__(self) -> str:
        return self.id


class ActionRow(models.Model):
    """An action and, below `adjacent`, what follows from its events: kept by the projection of each event."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    pillar = models.CharField(max_length=20)
    objective = models.CharField(max_length=ID)
    line = models.PositiveSmallIntegerField(null=True)
    title_en = models.TextField()
    title_es = models.TextField()
    summary_en = models.TextField()
    summary_es = models.TextField()
    origin_en = models.TextField()
    origin_es = models.TextField()
    adjacent = models.BooleanField()
    computed = models.CharField(max_length=20)
    recorded = models.CharField(max_length=20)
    event_count = models.PositiveIntegerField(default=0)
    reported = models.CharField(max_length=ISO, blank=True)
    reported_last = models.DateField(null=True)

    class Meta:
        db_table = "agenda_action"
        indexes = [
            models.Index(fields=["pillar", "position"], name="agenda_action_pillar"),
            models.Index(fields=["line", "position"], name="agenda_action_line"),
            models.Index(fields=["computed"], name="agenda_action_computed"),
            models.Index(fields=["reported_last"], name="agenda_action_reported"),
        ]

    def __str__(self) -> str:
        return self.id


class ActionAgencyRow(models.Model):
    """An agency that a source names as acting in an action, by its id in the directory."""

    action = models.ForeignKey(ActionRow, on_delete=models.CASCADE, related_name="links")
    agency_id = models.CharField(max_length=ID, db_index=True)
    party = models.CharField(max_length=2)
    position = models.PositiveIntegerField()

    class Meta:
        db_table = "agenda_action_agency"
        constraints = [
            models.UniqueConstraint(fields=["action", "agency_id"], name="agenda_action_agency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.agency_id}"


class EventRow(models.Model):
    """A dated event of an action, in the words of this project, with its source."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    action = models.ForeignKey(ActionRow, on_delete=models.CASCADE, related_name="events")
    date = models.CharField(max_length=ISO, blank=True)
    basis = models.CharField(max_length=20)
    reported = models.CharField(max_length=ISO, blank=True)
    kind = models.CharField(max_length=20)
    summary_en = models.TextField()
    summary_es = models.TextField()
    source = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="events")
    read = models.CharField(max_length=20)

    class Meta:
        db_table = "agenda_event"
        indexes = [
            models.Index(fields=["-date", "-position"], name="agenda_event_date"),
            models.Index(fields=["kind"], name="agenda_event_kind"),
        ]

    def __str__(self) -> str:
        return self.id


class DeliverableRow(models.Model):
    """Something promised for a date; no `outcome` means that none was found."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    action = models.ForeignKey(ActionRow, on_delete=models.CASCADE, related_name="deliverables")
    title_en = models.TextField()
    title_es = models.TextField()
    due = models.CharField(max_length=ISO)
    due_last = models.DateField(db_index=True)
    promised_by = models.ForeignKey(EventRow, on_delete=models.CASCADE, related_name="promises")
    outcome = models.ForeignKey(EventRow, on_delete=models.CASCADE, null=True, related_name="outcomes")
    note_en = models.TextField(blank=True)
    note_es = models.TextField(blank=True)

    class Meta:
        db_table = "agenda_deliverable"

    def __str__(self) -> str:
        return self.id


class ClaimRow(models.Model):
    """A published figure as published; `quantity` names what is measured and may repeat."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    quantity = models.CharField(max_length=ID, db_index=True)
    label_en = models.TextField()
    label_es = models.TextField()
    period = models.CharField(max_length=40, blank=True)
    value_en = models.TextField()
    value_es = models.TextField()
    unit_en = models.TextField()
    unit_es = models.TextField()
    is_target = models.BooleanField()
    source = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="claims")

    class Meta:
        db_table = "agenda_claim"

    def __str__(self) -> str:
        return self.id


class DiscrepancyRow(models.Model):
    """Published statements that disagree; `versions` lists `{statement_en, statement_es, source_id}`."""

    id = models.CharField(primary_key=True, max_length=ID)
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    title_en = models.TextField()
    title_es = models.TextField()
    explanation_en = models.TextField()
    explanation_es = models.TextField()
    versions = models.JSONField()

    class Meta:
        db_table = "agenda_discrepancy"

    def __str__(self) -> str:
        return self.id


class ErrorReport(models.Model):
    """An error that a person reports, kept for the officers: private, and no projection of the record."""

    about = models.CharField(max_length=200)
    text = models.TextField()
    source = models.TextField()
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "agenda_error_report"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.about}"
