"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Makes the questions of every built work-plan line known to the site."""

    name = "hled.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Register the questions; declarations only, no engine is loaded."""
        from hled.pillars import register_all

        register_all()
