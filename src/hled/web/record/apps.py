"""The record app."""

from importlib import import_module

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers the start-up checks."""

    name = "hled.web.record"
    label = "record"

    def ready(self) -> None:
        """Register the database checks."""
        import_module("hled.web.record.checks")
