"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the projection of meetings."""

    name = "hled.web.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register the projection."""
        from hled.web.meetings import projection  # noqa: F401  # registers itself
