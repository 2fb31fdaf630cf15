"""The directory app."""

from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the projection of agencies and bodies."""

    name = "hled.web.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the projection."""
        import_module("hled.web.directory.projection")
