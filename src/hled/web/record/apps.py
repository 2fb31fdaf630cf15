"""The record app."""

from importlib import import_module

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers the start-up checks and the projection of redactions."""

    name = "hled.web.record"
    label = "record"

    def ready(self) -> None:
        """Register the database checks and the record's own projection."""
        import_module("hled.web.record.checks")
        import_module("hled.web.record.erasing")
