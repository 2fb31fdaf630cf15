"""The agenda app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the projection of actions, events and everything that they rest on."""

    name = "hled.web.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Register the projection."""
        from hled.web.agenda import projection  # noqa: F401  # registers itself
