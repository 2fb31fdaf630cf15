"""The design app."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, template tags and static files shared by every app."""

    name = "hled.web.design"
    label = "design"
