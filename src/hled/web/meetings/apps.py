"""The meetings app."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the projection of meetings."""

    name = "hled.web.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register the projection."""
        import_module("hled.web.meetings.projection")
