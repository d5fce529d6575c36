"""Django's entry for the room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan room."""

    name = "kecho.plan"
    label = "plan"
