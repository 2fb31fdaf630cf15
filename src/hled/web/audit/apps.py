"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Holds this node's private log of acts; the web never shows it."""

    name = "hled.web.audit"
    label = "audit"
