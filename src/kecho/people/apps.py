"""Django's entry for the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people room."""

    name = "kecho.people"
    label = "people"
