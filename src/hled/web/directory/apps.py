"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the projection of agencies and bodies."""

    name = "hled.web.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the projection."""
        from hled.web.directory import projection  # noqa: F401  # registers itself
