"""The app of this node."""

from importlib import import_module

from django.apps import AppConfig


class NodesConfig(AppConfig):
    """Registers the start-up checks."""

    name = "hled.web.nodes"
    label = "nodes"

    def ready(self) -> None:
        """Register the checks of the node's own log."""
        import_module("hled.web.nodes.checks")
