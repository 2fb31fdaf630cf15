"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Assembles the endpoints of every app."""

    name = "hled.web.api"
    label = "api"
