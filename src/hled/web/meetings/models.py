"""The table of meetings."""

from django.db import models


class MeetingRow(models.Model):
    """A meeting or review; `event` and `source` are ids of the agenda, `date_last` its last possible day."""

    id = models.CharField(primary_key=True, max_length=100)
    seq = models.BigIntegerField()
    level = models.CharField(max_length=20, db_index=True)
    date = models.CharField(max_length=10, db_index=True)
    date_last = models.DateField()
    title_en = models.TextField()
    title_es = models.TextField()
    place_en = models.TextField()
    place_es = models.TextField()
    chairs_us_en = models.TextField(blank=True)
    chairs_us_es = models.TextField(blank=True)
    chairs_mx_en = models.TextField(blank=True)
    chairs_mx_es = models.TextField(blank=True)
    summary_en = models.TextField()
    summary_es = models.TextField()
    event = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=100, db_index=True)

    class Meta:
        db_table = "meetings_meeting"

    def __str__(self) -> str:
        return self.id
