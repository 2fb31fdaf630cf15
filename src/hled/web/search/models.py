"""The search table: one row per public object and language."""

from django.db import models


class SearchDocument(models.Model):
    """A public object as a person finds it, in one language.

    `folded_title` and `folded_text` hold the words without accents and case; the migration indexes them with
    FTS5 on SQLite and a generated `tsvector` on PostgreSQL. `url_name` and `url_key` name the page.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    title = models.TextField()
    text = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_text = models.TextField(blank=True)
    pillar = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=40, blank=True)
    date = models.CharField(max_length=10, blank=True)
    url_name = models.CharField(max_length=80)
    url_key = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "search_document"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="search_document_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"
