"""Django's entry to the room."""

from django.apps import AppConfig


class OutlookConfig(AppConfig):
    """Label and name."""

    name = "kecho.outlook"
    label = "outlook"
