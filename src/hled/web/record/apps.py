"""The record app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers the start-up checks."""

    name = "hled.web.record"
    label = "record"

    def ready(self) -> None:
        """Register the database checks."""
        from hled.web.record import checks  # noqa: F401  # registers itself
