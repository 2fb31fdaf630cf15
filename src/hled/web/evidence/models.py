"""The queue of calculations.

Runs are reproducible and no entries of the record: whoever loses this table asks again and gets the same run.
So the table is no public projection, and nothing public is derived from it. It names no person: `asked_by`
is a keyed hash that changes every day, and rows are deleted when they are no longer needed.
"""

from django.db import models


class State(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """A run that was asked for; `parameters` is canonical JSON of raw text.

    A running job not ended at `due_by` was lost by its worker.
    """

    run_id = models.CharField(max_length=64, unique=True)
    question = models.CharField(max_length=80)
    parameters = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    due_by = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=80, blank=True)
    error_en = models.TextField(blank=True)
    error_es = models.TextField(blank=True)

    class Meta:
        db_table = "evidence_job"
        indexes = [
            models.Index(fields=["state", "asked_at"], name="evidence_job_queue"),
            models.Index(fields=["asked_by", "asked_at"], name="evidence_job_asker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed"]),
                name="evidence_job_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id[:12]} {self.question} {self.state}"
