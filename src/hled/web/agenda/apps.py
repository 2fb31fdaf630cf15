"""The agenda app."""

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the projection of actions, events and everything that they rest on."""

    name = "hled.web.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Register the projection."""
        import_module("hled.web.agenda.projection")
