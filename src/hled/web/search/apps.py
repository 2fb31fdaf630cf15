"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Holds the index; the apps that own the objects fill it from their projections."""

    name = "hled.web.search"
    label = "search"
